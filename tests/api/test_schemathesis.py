"""All that docs/openapi.yaml allows, and much that it does not, against the running local API."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import msgspec
import pytest

from local.cloud import Cloud
from openapi import examples
from tests.api.stage import BOUGHT, DOCUMENT, HERE, PERIOD, Person, Stage
from training_credits.edge import routes
from training_credits.edge.routes import ROUTES, Route

CASES_MIN = 5
NAMED = {
    "account": "accounts",
    "order": "orders",
    "offering": "offerings",
    "lot": "lots",
    "code": "code_ids",
    "budget": "budgets",
    "case": "cases",
    "voucher": "vouchers",
    "redemption": "redemptions",
    "email": "members",
    "month": "months",
}
ASKED = PERIOD | {"at": PERIOD["from"]}
# The owner of an account gets no further than their role.
OF_THE_VENDOR = (
    routes.NAME_CONTACT,
    routes.SET_AGREEMENT,
    routes.ENTER_ORDER,
    routes.MOVE_ORDER,
    routes.OPEN_ORDERS,
    routes.IMPORT,
    routes.FULFIL_LINE,
    routes.OPEN_CASES,
    *(route for route in ROUTES if route.function == "webhooks"),
)
# Whoever may not look after webhooks learns nothing of any; what is on sale is everybody's.
NOBODYS = (*(route for route in ROUTES if route.function == "webhooks"), routes.READ_OFFERING)

pytestmark = [pytest.mark.engine, pytest.mark.proves("G19")]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud(port=0, in_memory=True, engine="dynamodb-local") as running:
        yield running


@pytest.fixture(scope="module")
def stage(cloud: Cloud) -> Stage:
    made = Stage(
        cloud=cloud,
        owner=Person(cloud, "owner"),
        stranger=Person(cloud, "stranger"),
        operator=Person(cloud, "operator", "operator"),
    )
    made.set_up()
    return made


@pytest.fixture(scope="module")
def folder(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings, the people, and ids of things that exist."""
    made = tmp_path_factory.mktemp("schemathesis")
    stage.write(made)
    for name in ("schemathesis.toml", "hooks.py"):
        shutil.copy(HERE / name, made)
    return made


@pytest.mark.parametrize(
    ("phases", "cases"),
    [
        pytest.param("examples,fuzzing", 8, marks=pytest.mark.timeout(600)),
        # Every border of every value: thousands of requests.
        pytest.param(
            *("examples,coverage,fuzzing", 200),
            marks=[pytest.mark.proof, pytest.mark.timeout(3_600)],
        ),
    ],
)
def test_every_answer_is_documented_and_none_is_a_server_error(
    cloud: Cloud, folder: Path, phases: str, cases: int
) -> None:
    answered = _run(cloud, folder, f"--phases={phases}", f"--max-examples={cases}")
    called = Counter(label for label, _ in answered.elements())
    seldom = {f"{route.method} {route.path}" for route in ROUTES} - {
        label for label, times in called.items() if times >= CASES_MIN
    }
    assert not seldom, called


@pytest.mark.timeout(120)
def test_nor_is_one_to_the_vendor(cloud: Cloud, folder: Path) -> None:
    options = ("--auth-wfc-user=operator", "--phases=fuzzing", *_only(OF_THE_VENDOR))
    answered = _run(cloud, folder, *options)
    let_in = {label for label, status in answered if status not in {400, 401, 403, 404}}
    assert let_in == {f"{route.method} {route.path}" for route in OF_THE_VENDOR}


@pytest.mark.timeout(120)
def test_what_was_asked_for_is_shown_to_nobody_else(cloud: Cloud, folder: Path) -> None:
    asked = _only((routes.REDEEM, routes.READ_REDEMPTION))
    answered = _run(cloud, folder, "--phases=stateful", *asked)
    assert answered["GET /v1/redemptions/{redemption}", 200]


def _only(chosen: tuple[Route, ...]) -> list[str]:
    return [f"--include-operation-id={route.operation}" for route in chosen]


def _run(cloud: Cloud, folder: Path, *options: str) -> Counter[tuple[str, int]]:
    """How often each operation was answered with each status, if nothing was found."""
    report = folder / "report.ndjson"
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(DOCUMENT), "--url", cloud.url]
    options = ("--no-color", "--report-ndjson-path", str(report), *options)
    run = subprocess.run(
        [*command, *options], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert not cloud.failures
    return Counter(_answers(report))


def _answers(report: Path) -> Iterator[tuple[str, int]]:
    """Method, path and status of each case."""
    for line in report.read_text(encoding="utf-8").splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for name, case in recorder.get("cases", {}).items():
            response = recorder["interactions"].get(name, {}).get("response") or {}
            value = case["value"]
            yield f"{value['method']} {value['path']}", response.get("status_code", 0)


def test_after_all_that_every_credit_is_accounted_for(stage: Stage) -> None:
    page = stage.owner.call("readAccount", path={"account": stage.account})
    balances = page["balances"].values()
    assert min(credits for balance in balances for credits in balance.values()) >= 0
    held = sum(credits for balance in balances for credits in balance.values())
    assert held == sum(lot["credits"] for lot in page["lots"]) >= BOUGHT


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if "{" in route.path and route not in NOBODYS],
    ids=lambda one: str(one.operation),
)
def test_what_is_somebody_elses_does_not_exist(stage: Stage, route: Route) -> None:
    body = examples.BODIES.get(route.operation)
    where = {name: stage.values[of][0] for name, of in NAMED.items() if f"{{{name}}}" in route.path}
    problem = stage.stranger.call(
        route.operation,
        None if body is None else msgspec.to_builtins(body),
        path=where | ({"role": "advisor"} if "{role}" in route.path else {}),
        query={one.name: ASKED[one.name] for one in route.query if one.required},
    )
    assert (problem["status"], problem["code"]) in {
        (404, "account_not_found"),
        (404, "redemption_not_found"),
    }


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_a_method_that_no_route_has_is_not_found(cloud: Cloud, path: str) -> None:
    asked = path.replace("{", "").replace("}", "")
    used = {route.method for route in ROUTES if _fits(route.path, asked)}
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "TRACE"} - used:
        connection = HTTPConnection(cloud.url.removeprefix("http://"))
        connection.request(method, asked)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (404, b'{"message": "Not Found"}'), method
        connection.close()


def _fits(path: str, asked: str) -> bool:
    """Whether a path with an id in it stands for this one too."""
    return re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), asked) is not None
