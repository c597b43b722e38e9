import re
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import validate

from openapi import document, examples, refusals
from training_credits.domain.errors import Reason
from training_credits.edge.http import KEY
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import PATH_PATTERNS, ROUTES, Route

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = document.document()
CODES = {*Reason, *BadInput}

each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.operation))


def operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][route.path][route.method.lower()]
    return found


def codes(responses: dict[str, Any]) -> set[str]:
    """Of the problems among these responses."""
    found = set()
    for response in responses.values():
        problem = response.get("content", {}).get("application/problem+json")
        if problem:
            found |= set(problem["schema"]["allOf"][1]["properties"]["code"]["enum"])
    return found


def test_the_committed_document_is_the_generated_one(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_module("openapi", run_name="__main__")
    committed = (ROOT / "docs/openapi.yaml").read_text(encoding="utf-8")
    assert committed == capsys.readouterr().out, "docs/openapi.yaml is stale: run `make openapi`"


def test_the_document_is_valid_openapi() -> None:
    validate(DOCUMENT)


def test_every_route_is_documented_and_nothing_else() -> None:
    documented = {
        (method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item
    }
    assert documented == {(route.method, route.path) for route in ROUTES}


def test_every_code_is_documented_once() -> None:
    assert sorted(refusals.CODES) == sorted(CODES)
    assert set(DOCUMENT["components"]["schemas"]["ProblemCode"]["enum"]) == CODES


def test_every_code_can_come_from_some_operation() -> None:
    possible = codes(DOCUMENT["components"]["responses"])
    for route in ROUTES:
        possible |= codes(operation(route)["responses"])
    # The gateway matches routes before a function is called.
    assert possible == CODES - {BadInput.ROUTE_UNKNOWN}


@each_route
def test_the_idempotency_key_is_asked_for_where_it_is_needed(route: Route) -> None:
    reference = {"$ref": "#/components/parameters/IdempotencyKey"}
    assert (reference in operation(route)["parameters"]) == route.keyed


@each_route
def test_a_body_with_a_field_too_many_is_against_the_document(route: Route) -> None:
    if route.body is not None:
        schema = DOCUMENT["components"]["schemas"][route.body.__name__]
        assert schema["additionalProperties"] is False


@each_route
def test_an_example_is_what_would_be_sent(route: Route) -> None:
    if route.body is not None:
        content = operation(route)["requestBody"]["content"]["application/json"]
        assert msgspec.convert(content["example"], route.body) == examples.BODIES[route.operation]
    if route.answer is not None:
        answer = operation(route)["responses"][str(route.status.value)]
        content = answer["content"]["application/json"]
        assert (
            msgspec.convert(content["example"], route.answer) == examples.ANSWERS[route.operation]
        )


def test_the_example_of_each_parameter_would_be_let_in() -> None:
    assert KEY.fullmatch(examples.KEY)
    for name, pattern in PATH_PATTERNS.items():
        assert re.search(pattern, examples.PATH[name]), name


def test_the_example_statement_adds_up() -> None:
    statement = examples.statement
    changes = sum(line.change for line in statement.lines)
    assert statement.opening + changes == statement.closing == statement.lines[-1].balance
    assert sum(statement.sums.values()) == changes


def test_a_table_is_documented_beside_its_json() -> None:
    tables = {
        route.operation
        for route in ROUTES
        if "text/csv" in operation(route)["responses"][str(route.status.value)].get("content", {})
    }
    assert tables == {route.operation for route in ROUTES if route.csv}
