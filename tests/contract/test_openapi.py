import itertools
import re
import runpy
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from openapi_spec_validator import validate

from openapi import about, document, examples, kinds
from openapi.examples import spending
from tests.contract.raised import raised
from training_credits.domain.columns import COLUMNS
from training_credits.domain.errors import Reason
from training_credits.edge import decoding, forms, http, routes, schemas
from training_credits.edge.http import KEY
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.edge.routes import PATH_PATTERNS, ROUTES, Route

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = document.document()
CODES = {*Reason, *BadInput}
# Named in tables instead of where they are raised.
BY_TABLE = {
    *((str(code), "BadRequest") for _, code in decoding.MEANINGS),
    *((str(code), "NotFound") for code in http.NOT_FOUND.values()),
}
# Between our own parts: no caller without a program comes as far as this.
WITHIN = {(Reason.PROGRAM_UNKNOWN, "NotFound")}

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
    assert sorted(kinds.CODES) == sorted(CODES)
    assert set(DOCUMENT["components"]["schemas"]["ProblemCode"]["enum"]) == CODES


def test_every_code_can_come_from_some_operation() -> None:
    possible = codes(DOCUMENT["components"]["responses"])
    for route in ROUTES:
        possible |= codes(operation(route)["responses"])
    assert possible == CODES - kinds.NEVER_ANSWERED


def test_each_code_is_raised_as_one_kind_and_so_has_one_status() -> None:
    documented = {str(code): kind.__name__ for kind, codes in kinds.KINDS.items() for code in codes}
    found = {*((str(one.code), one.kind) for one in raised()), *BY_TABLE}
    assert found - documented.items() == WITHIN
    assert {code for code, _ in found} == documented.keys()


@each_route
def test_the_idempotency_key_is_asked_for_where_it_is_needed(route: Route) -> None:
    reference = {"$ref": "#/components/parameters/IdempotencyKey"}
    assert (reference in operation(route)["parameters"]) == route.keyed


@each_route
def test_a_body_with_a_field_too_many_is_against_the_document(route: Route) -> None:
    if route.body is not None:
        schema = DOCUMENT["components"]["schemas"][route.body.__name__]
        assert schema["additionalProperties"] is False


TOPS: tuple[dict[str, str], ...] = (
    {},
    {"code": "C"},
    {"sales_order": "S"},
    {"lot": "L"},
    {"code": "C", "sales_order": "S"},
    {"lot": "L", "sales_order": "S"},
    {"account": "A"},
    {"account": "A", "lot": "L"},
)
SINGLES: tuple[dict[str, Any], ...] = (
    {},
    {"title": "J"},
    {"credits": 1},
    {"title": "J", "credits": 1},
)
LINES: tuple[dict[str, Any], ...] = (
    {},
    {"title": "J", "credits": 1},
    {"title": "J"},
    {"title": "J", "credits": 1, "session": "S"},
    {"title": "J", "credits": 1, "quantity": 2},
    {"offering": "O"},
    {"offering": "O", "session": "S", "quantity": 2, "credits": 3, "title": None},
    {"offering": "O", "title": "J"},
    {"offering": "O", "title": "J", "credits": 1},
    {"offering": "O", "pay": [{"code": "C"}, {"lot": "L", "credits": 2}]},
    {"offering": "O", "pay": [{}]},
    {"offering": "O", "pay": [{"code": "C", "lot": "L"}]},
)


@pytest.mark.parametrize("top", TOPS, ids=str)
def test_the_document_says_what_a_request_to_spend_must_say(top: dict[str, str]) -> None:
    schema = {
        "$ref": "#/components/schemas/NewRedemption",
        "components": {"schemas": DOCUMENT["components"]["schemas"]},
    }
    valid = jsonschema_rs.validator_for(schema)
    for single, line in itertools.product(SINGLES, (None, *LINES)):
        body = top | single | ({} if line is None else {"lines": [line]})
        try:
            forms.form(msgspec.convert(body, schemas.NewRedemption))
        except BadRequest:
            assert not valid.is_valid(body), body
        else:
            assert valid.is_valid(body), body


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


@each_route
def test_who_must_sign_in_and_who_must_sign(route: Route) -> None:
    found = operation(route)
    headers = {one["name"] for one in found["parameters"] if one.get("in") == "header"}
    assert ("Stripe-Signature" in headers) == route.public
    assert found.get("security") == ([] if route.public else None)
    assert {"401", "403"}.isdisjoint(found["responses"]) == route.public
    asks_itself = route in (routes.REDEEM, routes.CART)
    assert ("terms_required" in codes(found["responses"])) == (route.gated or asks_itself)


def test_an_operation_on_an_account_says_which_permission_it_needs() -> None:
    on_accounts = {route.operation for route in ROUTES if "{account}" in route.path}
    assert on_accounts <= about.NEEDS.keys() <= {route.operation for route in ROUTES}
    for operation_id, permission in about.NEEDS.items():
        route = next(route for route in ROUTES if route.operation == operation_id)
        assert f"Needs `{permission}`." in operation(route)["description"]


def test_the_example_of_each_parameter_would_be_let_in() -> None:
    assert KEY.fullmatch(examples.KEY)
    for name, pattern in PATH_PATTERNS.items():
        assert re.search(pattern, examples.PATH[name]), name


def test_the_example_statement_adds_up() -> None:
    statement = spending.statement
    (product,) = statement.products
    (lot,) = statement.lots
    changes = sum(line.change for line in statement.lines)
    assert product.opening + changes == product.closing == statement.lines[-1].balance
    for one in (product, lot):
        assert sum(getattr(one, column) for column in COLUMNS) == changes
    assert (lot.opening.available, lot.closing.available) == (product.opening, product.closing)
    assert product.paid_minor == {lot.currency: lot.unspent_paid_minor}


def test_a_table_is_documented_beside_its_json() -> None:
    tables = {
        route.operation
        for route in ROUTES
        if "text/csv" in operation(route)["responses"][str(route.status.value)].get("content", {})
    }
    assert tables == {route.operation for route in ROUTES if route.csv}
