"""What is sent to Stripe, and what its noes become. What localstripe cannot show is shown here."""

import json
import socket
import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
import stripe

from tests.contract.providers import order
from tests.stripe_server import listening, mute, stripe_at
from training_credits.domain.errors import Conflict, Reason, Refused, Unavailable
from training_credits.domain.model import Card
from training_credits.payments import stripe as adapter
from training_credits.ports import PaymentState

OPEN = "POST /v1/payment_intents"
UPDATE, CONFIRM, SHOW = f"{OPEN}/pi_1", f"{OPEN}/pi_1/confirm", "GET /v1/payment_intents/pi_1"
CARD = Card(customer_id="", method_id="pm_1")


def intent(status: str = "requires_payment_method") -> tuple[int, bytes]:
    made = {"id": "pi_1", "object": "payment_intent", "status": status, "client_secret": "s"}
    return 200, json.dumps(made).encode()


def error(status: int, **facts: str) -> tuple[int, bytes]:
    return status, json.dumps({"error": {"message": "No.", **facts}}).encode()


def form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


def test_an_order_is_opened_under_its_own_id() -> None:
    wanted = order(amount_minor=500)
    with listening({OPEN: intent()}) as there:
        stripe_at(there.url).open(wanted)
        heard = there.next()
    assert heard.headers["idempotency-key"] == wanted.order_id
    assert heard.headers["stripe-version"] == adapter.API_VERSION
    assert form(heard.body) == {
        "amount": "500",
        "currency": "usd",
        "metadata[account]": "acc-1",
        "metadata[order]": wanted.order_id,
        "metadata[program]": "atlassian",
        "payment_method_types[0]": "card",
    }


def test_the_customer_is_no_part_of_what_makes_a_payment_the_same() -> None:
    wanted = order()
    with listening({OPEN: intent(), UPDATE: intent()}) as there:
        for customer in (None, "cus_1"):
            stripe_at(there.url).open(replace(wanted, customer_id=customer))
        before, after, named = there.next(), there.next(), there.next()
    assert (before.what, before.body) == (after.what, after.body) == (OPEN, before.body)
    assert before.headers["idempotency-key"] == after.headers["idempotency-key"]
    assert (named.what, form(named.body)) == (UPDATE, {"customer": "cus_1"})


def test_a_payment_that_replaces_another_has_a_key_of_its_own() -> None:
    wanted = order()
    with listening({OPEN: intent()}) as there:
        for replaced in (None, "pi_1", "pi_1", "pi_2"):
            stripe_at(there.url).open(replace(wanted, replaces=replaced))
        keys = [there.next().headers["idempotency-key"] for _ in range(4)]
    assert keys[0] == wanted.order_id
    assert keys[1] == keys[2]
    assert len(set(keys)) == 3


def test_an_account_has_one_customer() -> None:
    answers = {
        "POST /v1/customers": (200, b'{"id": "cus_1", "object": "customer"}'),
        "POST /v1/payment_methods/pm_1/attach": (200, b'{"id": "pm_1"}'),
    }
    with listening(answers) as there:
        kept = stripe_at(there.url).keep("acc-1", "atlassian", None, "pm_1")
        heard = there.next()
        stripe_at(there.url).keep("acc-1", "cisco", None, "pm_1")
        there.next()
        other = there.next()
    assert kept == Card(customer_id="cus_1", method_id="pm_1")
    assert heard.headers["idempotency-key"] == "customer-atlassian-acc-1"
    assert form(heard.body) == {"metadata[account]": "acc-1", "metadata[program]": "atlassian"}
    assert other.headers["idempotency-key"] == "customer-cisco-acc-1"


def test_stripe_learns_nothing_about_this_machine() -> None:
    with listening({OPEN: intent(), SHOW: intent()}) as there:
        payments = stripe_at(there.url)
        payments.open(order())
        payments.show("pi_1")
        heard = [there.next(), there.next()]
    for request in heard:
        assert "x-stripe-client-telemetry" not in request.headers
        told = json.loads(request.headers["x-stripe-client-user-agent"])
        assert not told.keys() & {"platform", "telemetry_id", "uname"}


@pytest.mark.parametrize(("said", "state"), adapter.STATES.items())
def test_every_state_has_its_word(said: str, state: PaymentState) -> None:
    with listening({SHOW: intent(said)}) as there:
        assert stripe_at(there.url).show("pi_1").state is state


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"code": "card_declined", "decline_code": "insufficient_funds"}, "insufficient_funds"),
        ({"code": "expired_card"}, "expired_card"),
        ({"code": "card_declined", "decline_code": "stolen_card"}, "generic_decline"),
        ({}, "card_declined"),
    ],
)
def test_a_declined_card_says_as_much_as_its_bank_wants(facts: dict[str, str], code: str) -> None:
    with (
        listening({UPDATE: intent(), CONFIRM: error(402, type="card_error", **facts)}) as there,
        pytest.raises(Refused) as refusal,
    ):
        stripe_at(there.url).pay("pi_1", CARD)
    assert refusal.value.reason is Reason.PAYMENT_DECLINED
    assert refusal.value.facts == {"decline_code": code}


@pytest.mark.parametrize(
    "facts",
    [
        {"code": "resource_missing", "param": "payment_method"},
        {"code": "resource_missing", "param": "customer"},
        {"code": "payment_intent_unexpected_state"},
    ],
)
def test_a_card_that_cannot_be_used_is_refused(facts: dict[str, str]) -> None:
    with (
        listening({UPDATE: error(400, **facts), SHOW: intent()}) as there,
        pytest.raises(Refused) as refusal,
    ):
        stripe_at(there.url).pay("pi_1", CARD)
    assert refusal.value.facts == {"decline_code": facts["code"]}


def test_a_parameter_that_stripe_does_not_know_is_our_defect_and_no_declined_card() -> None:
    answers = {
        UPDATE: error(400, code="parameter_unknown", param="colour"),
        SHOW: intent(),
        "POST /v1/payment_methods/pm_1/attach": error(400, param="colour"),
    }
    with listening(answers) as there:
        with pytest.raises(stripe.InvalidRequestError):
            stripe_at(there.url).pay("pi_1", CARD)
        with pytest.raises(stripe.InvalidRequestError):
            stripe_at(there.url).keep("acc-1", "atlassian", "cus_1", "pm_1")


def test_a_cancellation_that_is_refused_for_no_known_reason_is_a_defect() -> None:
    with (
        listening({f"{UPDATE}/cancel": error(400), SHOW: intent()}) as there,
        pytest.raises(stripe.InvalidRequestError),
    ):
        stripe_at(there.url).cancel("pi_1")


def test_an_order_with_other_facts_is_a_conflict() -> None:
    with (
        listening({OPEN: error(400, type="idempotency_error")}) as there,
        pytest.raises(Conflict) as refusal,
    ):
        stripe_at(there.url).open(order())
    assert refusal.value.reason is Reason.ORDER_MOVED


def test_a_wrong_key_of_ours_is_a_defect() -> None:
    with listening({OPEN: error(401)}) as there, pytest.raises(stripe.AuthenticationError):
        stripe_at(there.url).open(order())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "READ_SECONDS", 0.2)
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)


def assert_unavailable(url: str) -> None:
    payments = stripe_at(url)
    asked: list[Any] = [
        lambda: payments.open(order()),
        lambda: payments.show("pi_1"),
        lambda: payments.pay("pi_1", CARD),
        lambda: payments.keep("acc-1", "atlassian", None, "pm_1"),
        lambda: payments.cancel("pi_1"),
    ]
    for ask in asked:
        with pytest.raises(Unavailable) as refusal:
            ask()
        assert refusal.value.reason is Reason.BUSY


@pytest.mark.usefixtures("impatient")
def test_who_does_not_answer_is_out_of_reach() -> None:
    began = time.monotonic()
    with mute() as url:
        assert_unavailable(url)
    assert time.monotonic() - began < 20


@pytest.mark.usefixtures("impatient")
def test_where_nobody_listens_nobody_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert_unavailable(f"http://127.0.0.1:{port}")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_that_is_ill_or_busy_is_out_of_reach(status: int) -> None:
    with listening(default=error(status)) as there:
        assert_unavailable(there.url)


def test_a_second_try_is_the_same_request() -> None:
    with listening(default=error(500)) as there:
        with pytest.raises(Unavailable):
            stripe_at(there.url).pay("pi_1", CARD)
        first, second = there.next(), there.next()
        assert there.heard.empty()
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
