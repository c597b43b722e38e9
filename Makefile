# One command a job; set-up happens by itself. PYTHON=… names the interpreter to set up with.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

BIN := .venv/bin
RUN := PYTHONPATH=layers/credits:. $(BIN)/python -m

# ENGINE=no leaves out the tests that need DynamoDB Local. WORKERS=0 runs the tests in one process.
ENGINE ?= yes
WORKERS ?= 3

export SAM_CLI_TELEMETRY := 0

##@ Use it

.PHONY: help
help: ## List what can be made
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: local
local: .venv/.local ## Serve the API on this machine: no cloud account, no container
	@tools/dynamodb-local || true
	@$(RUN) local

.PHONY: demo
demo: .venv/.local ## Play one year of three companies and check every figure
	@tools/dynamodb-local || true
	@$(RUN) demo

##@ Change it

.PHONY: test
test: .venv/.dev ## Run every test, then the coverage gates (ENGINE=no, WORKERS=0)
	@[[ "$(ENGINE)" = no ]] || tools/dynamodb-local || \
		{ echo "make test ENGINE=no leaves out the tests that need it." >&2; exit 1; }
	@mkdir -p build
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --junitxml build/tests.xml \
		--cov --cov-report term-missing:skip-covered \
		-m "not proof and not $(if $(filter no,$(ENGINE)),engine,twin)"
	@[[ "$(ENGINE)" = no ]] || grep -q '<testcase classname="tests\.engine\.[^>]*/>' build/tests.xml || \
		{ echo "No test of tests/engine ran." >&2; exit 1; }
	@[[ "$(ENGINE)" = no ]] || $(RUN) tests.rules --check
	@$(BIN)/coverage report --include='*/training_credits/domain/*' --fail-under=100 >build/domain.txt || \
		{ cat build/domain.txt; exit 1; }

.PHONY: proof
proof: .venv/.dev .venv-checkov/.done ## Every proof at its full size, and a table of its figures (up to an hour)
	@tools/dynamodb-local
	@mkdir -p build
	@rm -f build/proof.json
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --junitxml build/proof.xml \
		-m "proof or twin or proves" || { $(RUN) tests.proof --check; exit 1; }
	@$(RUN) tests.proof --write

.PHONY: rows
rows: .venv/.dev ## Each promise, its state and the tests that prove it (FIND=F4)
	@$(RUN) tests.proof $(FIND)

.PHONY: mutants
mutants: .venv/.dev ## Change the product a little, and see whether a test notices (FIND=domain.pricing)
	@nice env $(RUN) tests.proof.mutation $(FIND)

.PHONY: try
try: .venv/.dev ## Run some tests only, in one process (TESTS=tests/unit/rules)
	@$(BIN)/python -m pytest -q $(or $(TESTS),tests/unit)

.PHONY: rules
rules: .venv/.local ## Each rule of the programs, its state and its tests (FIND=expiry)
	@$(RUN) tests.rules $(FIND)

.PHONY: programs
programs: .venv/.dev ## Write docs/programs.md anew: run the tests of the rules, see which pass
	@mkdir -p build
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile -m rule --junitxml build/rules.xml
	@$(RUN) tests.rules --run build/rules.xml --write

.PHONY: check
check: .venv/.dev .venv-checkov/.done ## Format, lint, types, arrows, template, leaks
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@PYTHONPATH=layers/credits:. $(BIN)/lint-imports --no-logo
	@$(BIN)/cfn-lint
	@mkdir -p build
	@$(RUN) local.template >build/template.json
	@.venv-checkov/bin/checkov --config-file .checkov.yaml --file build/template.json
	@tools/leaks

.PHONY: format
format: .venv/.dev ## Format the code and mend what ruff can mend
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

.PHONY: build
build: .venv/.dev ## Build what is deployed: sam build, for arm64
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/sam build

.PHONY: openapi
openapi: .venv/.dev ## Write docs/openapi.yaml anew from routes and structs
	@mkdir -p build docs
	@$(RUN) openapi >build/openapi.yaml
	@mv build/openapi.yaml docs/openapi.yaml

.PHONY: lock
lock: .venv/.dev ## Take the newest packages: write every requirements*.txt anew
	@$(call compile,requirements-dev)
	@$(call compile,requirements-local,--constraints requirements-dev.txt)
	@$(call compile,layers/dependencies/requirements,--constraints requirements-dev.txt)
	@$(call compile,layers/documents/requirements,--constraints requirements-dev.txt)
	@$(call compile,layers/payments/requirements,--constraints requirements-dev.txt)
	@$(call compile,layers/webhooks/requirements,--constraints requirements-dev.txt)
	@$(call compile,requirements-checkov)

# Each lock holds for every platform and for Python 3.11 and later. The dev lock decides versions,
# so that what is deployed is what was tested.
compile = $(BIN)/uv pip compile $(1).in --output-file $(1).txt $(2) --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --annotation-style line --custom-compile-command "make lock" \
	--no-emit-index-url --no-emit-find-links

.PHONY: clean
clean: ## Remove everything made here, also the environments and the local cloud's data
	rm -rf .venv .venv-checkov .dynamodb-local .aws-sam .local build
	rm -rf .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis

# Set-up: each stamp is as new as the lock it was made from.

.venv/.local: requirements-local.txt
	@tools/venv .venv $<
	@touch $@

.venv/.dev: requirements-dev.txt
	@tools/venv .venv $<
	@touch $@ .venv/.local

.venv-checkov/.done: requirements-checkov.txt
	@tools/venv .venv-checkov $<
	@touch $@
