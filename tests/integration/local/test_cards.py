"""Card payments over HTTP, through localstripe and its signed webhook, to a lot."""

import time
from datetime import timedelta
from typing import Any

import pytest

from local import cards
from tests.integration.local.conftest import Caller

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")
CARD, DECLINED = "pm_card_visa", "pm_card_chargeCustomerFail"


def state(call: Caller, path: str, email: str) -> Any:
    return call("GET", path, **call.as_(email))[1]


def test_a_card_pays_an_order_and_the_provider_activates_it(call: Caller) -> None:
    account = call.opened("amy@acme.example")
    order = call.ordered(account, "amy@acme.example", 20_000)
    status, payment = call.paid(order, "amy@acme.example", method=CARD)
    assert (status, payment["state"]) == (200, "succeeded")
    bought = state(call, order, "amy@acme.example")
    assert [step["state"] for step in bought["steps"]] == ["accepted", "paid", "activated"]
    [lot] = state(call, account, "amy@acme.example")["lots"]
    assert (lot["lot"], lot["credits"], lot["paid_minor"]) == (bought["lot"], 20_000, 1_600_000)


def test_a_declined_card_leaves_a_visible_order_that_another_card_pays(call: Caller) -> None:
    account = call.opened("bea@acme.example")
    order = call.ordered(account, "bea@acme.example", 300)
    status, problem = call.paid(order, "bea@acme.example", method=DECLINED)
    assert (status, problem["code"]) == (422, "payment_declined")
    waiting = state(call, order, "bea@acme.example")
    assert (waiting["state"], waiting["payment_problem"]) == ("accepted", "card_declined")
    assert "lots" not in state(call, account, "bea@acme.example")
    assert call.paid(order, "bea@acme.example", method=CARD)[0] == 200
    after = state(call, order, "bea@acme.example")
    assert after["state"] == "activated"
    assert "payment_problem" not in after
    mails = [m["subject"] for m in call.cloud.inbox if m["to"] == ["bea@acme.example"]]
    assert mails[-2:] == ["Your card was not accepted", "300 training credits are ready to use"]


def test_with_a_kept_card_the_refill_is_one_call(call: Caller) -> None:
    account = call.opened("cat@acme.example")
    first = call.ordered(account, "cat@acme.example", 500)
    status, problem = call.paid(first, "cat@acme.example", kept=True)
    assert (status, problem["code"]) == (422, "card_not_kept")
    call.paid(first, "cat@acme.example", method=CARD, keep=True)
    assert state(call, account, "cat@acme.example")["card_kept"]
    refill = call.ordered(account, "cat@acme.example", 250)
    assert call.paid(refill, "cat@acme.example", kept=True)[0] == 200
    balance = state(call, account, "cat@acme.example")["balances"]["TC"]
    assert balance["available"] == 750


def test_a_payment_is_booked_by_the_moved_clock_and_signed_by_the_true_one(call: Caller) -> None:
    account = call.opened("dee@acme.example")
    call.cloud.clock.advance(timedelta(days=2))
    order = call.ordered(account, "dee@acme.example", 100)
    call.paid(order, "dee@acme.example", method=CARD)
    paid = state(call, order, "dee@acme.example")["steps"][-1]
    today = call.cloud.clock.now().date().isoformat()
    assert (paid["state"], paid["at"][:10]) == ("activated", today)


def test_before_the_clock_moves_on_what_was_paid_is_booked(call: Caller) -> None:
    account = call.opened("eve@acme.example")
    order = call.ordered(account, "eve@acme.example", 100)
    call.cloud.flush()
    before = call.cloud.clock.now()
    paying = call("POST", f"{order}/payment", {"method": CARD}, **call.as_("eve@acme.example"))
    assert paying[0] == 200
    call.cloud.clock.advance(timedelta(days=30))
    paid = state(call, order, "eve@acme.example")["steps"][-1]
    assert (paid["state"], paid["at"][:10]) == ("activated", before.date().isoformat())


def test_the_route_of_the_webhook_needs_no_token_and_believes_nobody(call: Caller) -> None:
    status, problem = call("POST", "/v1/payment-events", {"id": "evt_1"})
    assert (status, problem["code"]) == (400, "signature_invalid")


def test_a_webhook_that_is_lost_does_not_hold_the_cloud_up(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "LATE_SECONDS", 2)
    order = call.ordered(call.opened("fay@acme.example"), "fay@acme.example", 100)
    call.paid(order, "fay@acme.example", method=CARD)
    call.cloud._cards._heard.clear()  # noqa: SLF001 - as if it had never come
    before = time.monotonic()
    call.cloud.flush()
    assert time.monotonic() - before < 4
