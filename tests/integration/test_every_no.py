"""Every code of every no, reached through the API; none of them writes anything."""

import io
import json
from typing import Any

import pytest

from tests.http.people import assert_is_problem, company
from tests.http.wire import Wire
from tests.integration import (
    refusals,
    refusals_of_bookings,
    refusals_of_budgets,
    refusals_of_cases,
    refusals_of_documents,
    refusals_of_orders,
    refusals_of_spending,
    refusals_of_vouchers,
    refusals_of_webhooks,
)
from tests.integration.bad_values import BAD
from tests.integration.conftest import Dumps, but_tries
from training_credits.domain.errors import Reason
from training_credits.edge import observability
from training_credits.edge.problems import BadInput

pytestmark = pytest.mark.proves("G15")

SCENARIOS = {
    **refusals.SCENARIOS,
    **refusals_of_bookings.SCENARIOS,
    **refusals_of_orders.SCENARIOS,
    **refusals_of_budgets.SCENARIOS,
    **refusals_of_documents.SCENARIOS,
    **refusals_of_cases.SCENARIOS,
    **refusals_of_spending.SCENARIOS,
    **refusals_of_vouchers.SCENARIOS,
    **refusals_of_webhooks.SCENARIOS,
}
# What the provider is not told: it has done its part, and would only say it again.
ONLY_LOGGED: dict[str, dict[str, Any]] = {
    Reason.PAYMENT_MISMATCH: {"amount_minor": 499},
    Reason.ORDER_NOT_FOUND: {"order": "0" * 16},
    Reason.PROGRAM_UNKNOWN: {"program": "northwind"},
}


@pytest.mark.parametrize("code", SCENARIOS)
def test_a_no_has_its_code_and_writes_nothing(
    own_wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    ask = SCENARIOS[code](refusals.Case(own_wire, monkeypatch))
    before = dump()
    reply = ask()
    assert reply.code == code
    assert 400 <= reply.status < 500 or code == Reason.BUSY
    assert_is_problem(reply)
    assert dump() == before


@pytest.mark.parametrize("code", ONLY_LOGGED)
def test_money_that_no_order_explains_is_logged_by_its_code_and_books_nothing(
    own_wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    acme = company(own_wire)
    placed = acme.orders(5).json
    before = but_tries(dump())
    lines = io.StringIO()
    monkeypatch.setattr(observability.logger.registered_handler, "stream", lines)
    reply = acme.pays(placed, **ONLY_LOGGED[code])
    assert (reply.status, reply.json) == (200, {"booked": False})
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [(line["level"], line["code"]) for line in logged] == [("ERROR", code)]
    assert dump() == before
    assert acme.pays(placed).json == {"booked": True}


def test_every_code_of_the_product_is_reached() -> None:
    reached = {*SCENARIOS, *ONLY_LOGGED, *(bad.code for bad in BAD)}
    assert {*Reason, *BadInput} - reached == set()
