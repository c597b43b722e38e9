"""Payments: what the fake promises, Stripe's own library keeps at a real localstripe."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from local.localstripe import LocalStripe
from tests.contract.providers import AtLocalStripe, InMemory, Provider, order
from tests.fakes.payments import DECLINED, GOOD, NOT_KEPT, FakePayments
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.model import Card
from training_credits.ports import Payments, PaymentState

WAITING, SUCCEEDED = PaymentState.WAITING, PaymentState.SUCCEEDED
PAID, FAILED = "payment_intent.succeeded", "payment_intent.payment_failed"


@pytest.fixture(scope="module", params=["memory", "localstripe"])
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    if request.param == "memory":
        yield InMemory()
        return
    with LocalStripe.start() as server:
        yield AtLocalStripe(server)


@pytest.fixture
def payments(provider: Provider) -> Payments:
    return provider.payments


def once(method_id: str) -> Card:
    """A card that is not kept."""
    return Card(customer_id="", method_id=method_id)


def test_a_new_payment_waits_and_has_what_the_browser_needs(payments: Payments) -> None:
    opened = payments.open(order())
    assert opened.state is WAITING
    assert opened.client_secret
    assert payments.show(opened.payment_id) == opened


def test_two_orders_are_two_payments(payments: Payments) -> None:
    assert payments.open(order()).payment_id != payments.open(order()).payment_id


def test_an_order_opened_twice_is_one_payment() -> None:
    # localstripe knows no Idempotency-Key: that it is sent, tests/contract/test_stripe.py shows.
    payments, wanted = FakePayments(), order()
    assert payments.open(wanted) == payments.open(wanted)
    assert payments.open(replace(wanted, customer_id="cus_1")) == payments.open(wanted)
    with pytest.raises(Conflict) as refusal:
        payments.open(replace(wanted, currency="EUR"))
    assert refusal.value.reason is Reason.ORDER_MOVED


def test_a_good_card_pays_at_once(payments: Payments) -> None:
    opened = payments.open(order())
    paid = payments.pay(opened.payment_id, once(GOOD))
    assert paid.payment_id == opened.payment_id
    assert paid.state is SUCCEEDED
    assert payments.show(opened.payment_id).state is SUCCEEDED


def test_what_is_paid_is_not_paid_again(payments: Payments) -> None:
    opened = payments.open(order())
    payments.pay(opened.payment_id, once(GOOD))
    assert payments.pay(opened.payment_id, once(DECLINED)).state is SUCCEEDED


def test_after_a_declined_card_another_one_may_pay(payments: Payments) -> None:
    opened = payments.open(order())
    with pytest.raises(Refused) as refusal:
        payments.pay(opened.payment_id, once(DECLINED))
    assert refusal.value.reason is Reason.PAYMENT_DECLINED
    assert refusal.value.facts == {"decline_code": "card_declined"}
    assert payments.show(opened.payment_id).state is WAITING
    assert payments.pay(opened.payment_id, once(GOOD)).state is SUCCEEDED


def test_a_card_nobody_knows_is_declined(payments: Payments) -> None:
    opened = payments.open(order())
    with pytest.raises(Refused) as refusal:
        payments.pay(opened.payment_id, once("pm_nobodys"))
    assert refusal.value.reason is Reason.PAYMENT_DECLINED
    with pytest.raises(Refused) as refusal:
        payments.keep("acc-1", "atlassian", None, "pm_nobodys")
    assert refusal.value.reason is Reason.PAYMENT_DECLINED
    assert payments.show(opened.payment_id).state is WAITING


def test_a_kept_card_pays_the_next_order_with_one_click(payments: Payments) -> None:
    kept = payments.keep("acc-1", "atlassian", None, GOOD)
    assert kept.customer_id
    assert kept.method_id != GOOD
    for customer in (None, kept.customer_id):
        opened = payments.open(order(customer_id=customer))
        assert payments.pay(opened.payment_id, kept).state is SUCCEEDED


def test_a_second_card_is_kept_beside_the_first(payments: Payments) -> None:
    first = payments.keep("acc-1", "atlassian", None, GOOD)
    second = payments.keep("acc-1", "atlassian", first.customer_id, GOOD)
    assert second.customer_id == first.customer_id
    assert second.method_id != first.method_id
    assert payments.pay(payments.open(order()).payment_id, first).state is SUCCEEDED


def test_a_card_that_is_declined_is_not_kept(payments: Payments) -> None:
    with pytest.raises(Refused) as refusal:
        payments.keep("acc-1", "atlassian", None, NOT_KEPT)
    assert refusal.value.reason is Reason.PAYMENT_DECLINED
    assert refusal.value.facts == {"decline_code": "card_declined"}


def test_a_kept_card_can_be_declined_later(payments: Payments) -> None:
    kept = payments.keep("acc-1", "atlassian", None, DECLINED)
    with pytest.raises(Refused) as refusal:
        payments.pay(payments.open(order()).payment_id, kept)
    assert refusal.value.reason is Reason.PAYMENT_DECLINED


def test_the_bank_may_ask_the_buyer_first(provider: Provider) -> None:
    payments, card = provider.payments, once(provider.asking_card())
    opened = payments.open(order())
    assert payments.pay(opened.payment_id, card).state is PaymentState.ACTION
    assert payments.pay(opened.payment_id, card).state is PaymentState.ACTION
    provider.authenticate(opened.payment_id)
    assert payments.show(opened.payment_id).state is SUCCEEDED


def test_a_cancelled_payment_stays_cancelled(payments: Payments) -> None:
    opened = payments.open(order())
    payments.cancel(opened.payment_id)
    payments.cancel(opened.payment_id)
    assert payments.pay(opened.payment_id, once(GOOD)).state is PaymentState.CANCELLED
    assert payments.show(opened.payment_id).state is PaymentState.CANCELLED


def test_a_cancelled_payment_is_replaced_by_a_new_one(payments: Payments) -> None:
    wanted = order()
    first = payments.open(wanted)
    payments.cancel(first.payment_id)
    second = payments.open(replace(wanted, replaces=first.payment_id))
    assert second.payment_id != first.payment_id
    assert payments.pay(second.payment_id, once(GOOD)).state is SUCCEEDED
    assert payments.show(first.payment_id).state is PaymentState.CANCELLED


def test_a_payment_the_provider_does_not_know_is_as_good_as_cancelled(payments: Payments) -> None:
    """Of another account there, say; or of a server that forgot."""
    elsewhere = "pi_0000000000000000elsewhere"
    assert payments.show(elsewhere).state is PaymentState.CANCELLED
    assert payments.pay(elsewhere, once(GOOD)).state is PaymentState.CANCELLED
    payments.cancel(elsewhere)
    known = payments.open(replace(order(), replaces=elsewhere))
    assert payments.pay(known.payment_id, once(GOOD)).state is SUCCEEDED


def test_a_customer_the_provider_does_not_know_pays_like_a_new_one(payments: Payments) -> None:
    opened = payments.open(replace(order(), customer_id="cus_elsewhere"))
    assert payments.pay(opened.payment_id, once(GOOD)).state is SUCCEEDED


def test_a_card_is_kept_for_a_customer_the_provider_has_lost(payments: Payments) -> None:
    kept = payments.keep("acc-lost", "atlassian", "cus_elsewhere", GOOD)
    assert kept.customer_id not in {"", "cus_elsewhere"}
    opened = payments.open(replace(order(), customer_id=kept.customer_id))
    assert payments.pay(opened.payment_id, kept).state is SUCCEEDED


def test_what_is_paid_cannot_be_cancelled(payments: Payments) -> None:
    opened = payments.open(order())
    payments.pay(opened.payment_id, once(GOOD))
    with pytest.raises(Conflict) as refusal:
        payments.cancel(opened.payment_id)
    assert refusal.value.reason is Reason.PAYMENT_UNDER_WAY
    assert payments.show(opened.payment_id).state is SUCCEEDED


def test_the_webhook_of_a_payment_says_whose_it_is_and_which_card_was_kept(
    provider: Provider,
) -> None:
    payments, wanted = provider.payments, order(amount_minor=12_345)
    kept = payments.keep("acc-1", "atlassian", None, GOOD)
    opened = payments.open(wanted)
    payments.pay(opened.payment_id, kept)
    news = payments.heard(*provider.said_of(opened.payment_id, PAID))
    assert news is not None
    assert news.event_id
    assert (news.payment_id, news.order_id) == (opened.payment_id, wanted.order_id)
    assert (news.program, news.account_id) == ("atlassian", "acc-1")
    assert (news.amount_minor, news.currency) == (12_345, "USD")
    assert (news.succeeded, news.kept, news.problem) == (True, kept, None)


def test_the_webhook_of_a_declined_card_says_so(provider: Provider) -> None:
    payments, wanted = provider.payments, order(amount_minor=700)
    opened = payments.open(wanted)
    with pytest.raises(Refused):
        payments.pay(opened.payment_id, once(DECLINED))
    news = payments.heard(*provider.said_of(opened.payment_id, FAILED))
    assert news is not None
    assert (news.payment_id, news.order_id) == (opened.payment_id, wanted.order_id)
    assert (news.amount_minor, news.currency) == (700, "USD")
    assert (news.succeeded, news.kept, news.problem) == (False, None, "card_declined")


def test_a_card_that_replaces_a_kept_one_is_not_kept(provider: Provider) -> None:
    payments = provider.payments
    opened = payments.open(order())
    with pytest.raises(Refused):
        payments.pay(opened.payment_id, payments.keep("acc-1", "atlassian", None, DECLINED))
    payments.pay(opened.payment_id, once(GOOD))
    paid = payments.heard(*provider.said_of(opened.payment_id, PAID))
    assert paid
    assert paid.kept is None
