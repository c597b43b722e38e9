"""Whatever is wrong with a request has its own code, and nothing is written."""

import base64
import json
from typing import Any

import pytest

from tests.http.asking import route_to
from tests.http.audit import violations
from tests.http.people import BILLING, V1, Company, assert_is_problem, company
from tests.http.wire import Wire
from tests.integration.bad_requests import SENT, Bad
from tests.integration.bad_values import BAD
from tests.integration.conftest import Dumps, but_tries
from tests.integration.matrix_requests import OPERATIONS
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import ROUTES


@pytest.fixture(scope="module")
def acme(wire: Wire) -> Company:
    return company(wire, credits=100)


@pytest.mark.proves("T18")
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.says)
def test_bad_input_is_refused_by_its_code_and_writes_nothing(
    acme: Company, dump: Dumps, bad: Bad
) -> None:
    who = acme.owner
    if bad.also is not None:
        who = type(who)(name=who.name, wire=who.wire, also=bad.also)
    before = but_tries(dump())
    path, body = (part.replace("{account}", acme.account) for part in (bad.path, bad.body))
    reply = who.send(bad.method, path, body, headers=bad.headers, query=bad.query)
    assert (reply.code, reply.status) == (bad.code, bad.status)
    assert_is_problem(reply)
    assert but_tries(dump()) == before


def test_every_body_is_tried() -> None:
    tried = [route_to(bad.method, bad.path)[0] for bad in BAD if bad.body]
    bodies = {name for name, (_, _, op) in OPERATIONS.items() if "requestBody" in op}
    assert {route.operation for route in tried if route} == bodies


@pytest.mark.parametrize("depth", [200, 900, 940, 980, 1_000, 4_900])
@pytest.mark.parametrize(("start", "end"), ["[]", ('{"a":', "}")])
def test_however_deep_a_body_is_nested_it_is_refused(
    acme: Company, depth: int, start: str, end: str
) -> None:
    body = f"{start * depth}1{end * depth}"
    reply = acme.owner.send("POST", f"{acme.path}/orders", body, headers=SENT)
    assert reply.status == 400
    assert_is_problem(reply)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (base64.b64encode(json.dumps({"credits": 5, "billing": BILLING}).encode()).decode(), 201),
        ("not base64!", 400),
        (base64.b64encode(b"\xff").decode(), 400),
        (base64.b64encode(b'{"credits": 1.5}').decode(), 400),
    ],
)
def test_a_body_may_come_in_base64_as_api_gateway_sends_what_is_not_text(
    wire: Wire, text: str, status: int
) -> None:
    acme = company(wire)
    event = {
        "version": "2.0",
        "routeKey": "POST /v1/accounts/{account}/orders",
        "rawPath": f"{acme.path}/orders",
        "rawQueryString": "",
        "headers": {"content-type": "application/json; charset=utf-8", "idempotency-key": "k" * 8},
        "pathParameters": {"account": acme.account},
        "requestContext": {
            "http": {"method": "POST", "path": f"{acme.path}/orders"},
            "stage": "$default",
            "requestId": "1",
            "authorizer": {"jwt": {"claims": acme.owner.claims()}},
        },
        "body": text,
        "isBase64Encoded": True,
    }
    assert acme.owner.deliver(event, "purchase").status == status


@pytest.mark.parametrize("function", sorted({route.function for route in ROUTES}))
def test_a_route_that_is_not_the_function_s_is_unknown(acme: Company, function: str) -> None:
    reply = acme.owner.send("GET", "/v1/nothing", function=function)
    assert (reply.code, reply.status) == (BadInput.ROUTE_UNKNOWN, 404)
    assert_is_problem(reply)


def test_without_claims_nobody_is_let_in(acme: Company) -> None:
    contexts: list[dict[str, Any]] = [{}, {"authorizer": {}}, {"authorizer": {"jwt": {}}}]
    for context in contexts:
        event: dict[str, Any] = {
            "version": "2.0",
            "routeKey": "GET /v1/accounts",
            "rawPath": V1,
            "headers": {},
            "requestContext": {
                "http": {"method": "GET", "path": V1},
                "stage": "$default",
                **context,
            },
        }
        reply = acme.owner.deliver(event, "accounts")
        assert (reply.code, reply.status, reply.heard) == (BadInput.NOT_SIGNED_IN, 401, [])


def test_nothing_of_all_this_has_unsettled_a_credit(acme: Company, dump: Dumps) -> None:
    assert violations(dump()) == []
    assert acme.balance()["available"] == 100
