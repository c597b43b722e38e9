"""Webhooks: what is signed is read, what is not signed is nothing; the fake and the real alike."""

import json
import time
from typing import Any

import pytest

from tests.fakes.payments import FakePayments
from tests.http.stripe import WEBHOOK_SECRET, event, signature, signed, signed_event
from tests.stripe_server import stripe_at
from training_credits.domain.model import Card
from training_credits.ports import PaymentNews, Payments, SignatureInvalid

FACTS: dict[str, Any] = {
    "program": "atlassian",
    "account": "acc-1",
    "order": "order-1",
    "amount_minor": 60_000,
}
INTENT: dict[str, Any] = {
    "id": "pi_1",
    "amount": 60_000,
    "currency": "usd",
    "metadata": {"program": "atlassian", "account": "acc-1", "order": "order-1"},
}
PAID = "payment_intent.succeeded"


@pytest.fixture(params=["memory", "stripe"])
def payments(request: pytest.FixtureRequest) -> Payments:
    """Neither asks anybody to read a webhook."""
    return FakePayments() if request.param == "memory" else stripe_at("http://127.0.0.1:1")


def test_what_is_signed_is_read(payments: Payments) -> None:
    said = signed_event(**FACTS, event_id="evt_1", payment_id="pi_1")
    assert payments.heard(*said) == PaymentNews(
        event_id="evt_1",
        payment_id="pi_1",
        program="atlassian",
        account_id="acc-1",
        order_id="order-1",
        succeeded=True,
        amount_minor=60_000,
        currency="USD",
        kept=None,
        problem=None,
    )


def test_a_kept_card_is_named(payments: Payments) -> None:
    news = payments.heard(*signed_event(**FACTS, customer="cus_1", method="pm_1", keep=True))
    assert news
    assert news.kept == Card(customer_id="cus_1", method_id="pm_1")


def test_a_kept_card_says_whose_it_is_if_it_was_said_when_it_was_charged(
    payments: Payments,
) -> None:
    by = "ann@acme.example"
    news = payments.heard(*signed_event(**FACTS, customer="cus_1", method="pm_1", keep=by))
    assert news is not None
    assert news.kept == Card(customer_id="cus_1", method_id="pm_1", kept_by=by)


def test_a_card_that_was_not_to_be_kept_is_not(payments: Payments) -> None:
    news = payments.heard(*signed_event(**FACTS, customer="cus_1", method="pm_1"))
    assert news
    assert news.kept is None


def test_a_card_without_its_customer_cannot_be_kept(payments: Payments) -> None:
    news = payments.heard(*signed_event(**FACTS, method="pm_1", keep=True))
    assert news
    assert news.kept is None


def test_a_failure_without_a_word_is_a_declined_card(payments: Payments) -> None:
    news = payments.heard(*signed_event(**FACTS, kind="payment_intent.payment_failed"))
    assert news
    assert (news.succeeded, news.problem) == (False, "card_declined")


def test_what_came_in_counts_and_not_what_was_asked_for(payments: Payments) -> None:
    body = event(INTENT | {"amount_received": 59_000}, PAID, "evt_1")
    news = payments.heard(*signed(body))
    assert news
    assert news.amount_minor == 59_000


def test_a_failure_has_its_problem_and_the_amount_that_was_asked_for(payments: Payments) -> None:
    failed = "payment_intent.payment_failed"
    news = payments.heard(
        *signed_event(
            **FACTS, kind=failed, problem="expired_card", keep=True, customer="c", method="p"
        )
    )
    assert news
    assert (news.succeeded, news.problem, news.kept) == (False, "expired_card", None)
    assert news.amount_minor == 60_000


@pytest.mark.parametrize(
    "body",
    [
        event(INTENT, "payment_intent.created", "evt_1"),
        event(INTENT, "charge.succeeded", "evt_1"),
        event({"id": "cus_1", "object": "customer"}, "customer.created", "evt_1"),
        event(INTENT | {"metadata": {}}, PAID, "evt_1"),
        event(INTENT | {"metadata": {"program": "atlassian", "order": "1"}}, PAID, "evt_1"),
        event({"id": "pi_1"}, PAID, "evt_1"),
        b'{"type": "payment_intent.succeeded"}',
        b"[]",
        b"no JSON",
        b"",
    ],
)
def test_what_is_not_about_a_payment_of_ours_is_no_news(payments: Payments, body: bytes) -> None:
    assert payments.heard(*signed(body)) is None


@pytest.mark.proves("T9")
def test_one_other_byte_breaks_the_signature(payments: Payments) -> None:
    body, header = signed_event(**FACTS)
    for tampered in (
        body.replace(b"60000", b"60001"),
        body + b"\n",
        json.dumps(json.loads(body)).encode(),
        b"",
        b"\xff" + body,
    ):
        with pytest.raises(SignatureInvalid):
            payments.heard(tampered, header)


def test_another_secret_is_nobodys(payments: Payments) -> None:
    with pytest.raises(SignatureInvalid):
        payments.heard(*signed_event(**FACTS, secret=f"{WEBHOOK_SECRET}."))


@pytest.mark.proves("T9")
@pytest.mark.parametrize("age", [0, 290])
def test_a_signature_of_the_last_five_minutes_counts(payments: Payments, age: int) -> None:
    assert payments.heard(*signed_event(**FACTS, at=time.time() - age))


@pytest.mark.proves("T9")
def test_an_old_signature_counts_no_more(payments: Payments) -> None:
    with pytest.raises(SignatureInvalid):
        payments.heard(*signed_event(**FACTS, at=time.time() - 302))


def test_a_signature_cannot_be_made_younger(payments: Payments) -> None:
    body, header = signed_event(**FACTS, at=time.time() - 302)
    _, _, digest = header.partition(",")
    with pytest.raises(SignatureInvalid):
        payments.heard(body, f"t={int(time.time())},{digest}")


def test_one_right_signature_of_several_is_enough(payments: Payments) -> None:
    body, header = signed_event(**FACTS)
    when, _, right = header.partition(",")
    assert payments.heard(body, f"{when},v1={'0' * 64},{right}")
    assert payments.heard(body, f"{when},{right},v0={'0' * 64}")
    with pytest.raises(SignatureInvalid):
        payments.heard(body, f"{when},v1={'0' * 64},v1={'1' * 64}")


def test_only_the_scheme_that_is_known_counts(payments: Payments) -> None:
    body, header = signed_event(**FACTS)
    with pytest.raises(SignatureInvalid):
        payments.heard(body, header.replace("v1=", "v0="))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        "t=,v1=",
        "t=now,v1=0",
        "v1=" + signature(b"{}").partition("v1=")[2],
        signature(b"{}").partition(",")[0],
        signature(b"{}").replace("v1=", "v1=é"),
    ],
    # A signature holds the second it was made in: as an id it would differ between processes.
    ids=["nothing", "nonsense", "empty", "no_time", "no_instant", "no_digest", "not_ascii"],
)
def test_what_is_no_signature_is_refused(payments: Payments, header: str) -> None:
    with pytest.raises(SignatureInvalid):
        payments.heard(b"{}", header)
