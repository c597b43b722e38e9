"""Orders that are paid by card: one payment, heard of once, and never money without credits."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.payments import ASKS, DECLINED, GOOD, FakePayments
from tests.unit.rules.selling_tools import day, instant, page, told_by, world_of
from tests.world import World
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Problem, Reason
from training_credits.domain.model import Balance, Card, OrderState
from training_credits.ports import Payment, PaymentState
from training_credits.use_cases.payments import Means

ACCEPTED, ACTIVATED, CANCELLED = OrderState.ACCEPTED, OrderState.ACTIVATED, OrderState.CANCELLED
CARD = Card(customer_id="cus_1", method_id="pm_1")
BEGIN = "2026-02-10T09:00"


@pytest.fixture
def world() -> World:
    return world_of("atlassian", BEGIN)


@pytest.mark.rule("AT-09")
def test_a_webhook_that_comes_twice_for_payment_p1_makes_one_lot_of_500(world: World) -> None:
    order_id = world.place(500)
    assert told_by(world.settle(order_id, payment_id="P1")) == (500, None)
    again = world.ledger.kept()
    assert told_by(world.settle(order_id, payment_id="P1")) == (0, None)
    assert told_by(world.settle(order_id, payment_id="P1", event_id="evt-2")) == (0, None)
    assert world.ledger.kept() == again
    (lot,) = world.book().lots
    assert (lot.balance, lot.expires_on) == (Balance(available=500), day("2027-02-10"))


def test_a_webhook_that_is_delivered_twice_at_once_makes_one_lot(world: World) -> None:
    order_id = world.place(500)
    world.ledger.meanwhile.append(partial(world.settle, order_id))
    assert told_by(world.settle(order_id)) == (0, None)
    assert world.balance() == Balance(available=500)


@pytest.mark.rule("AT-10")
@pytest.mark.rule("AT-11")
def test_a_refill_of_1000_with_the_card_that_was_kept_is_a_second_lot(world: World) -> None:
    first = world.place(500)
    _, payment = world.pay(first, means=Means(method_id=GOOD, keep=True))
    assert payment.state is PaymentState.SUCCEEDED
    kept = next(iter(world.payments.kept))
    world.settle(first, kept=kept)
    world.clock.at = instant("2026-06-01T09:00")
    refill = world.place(1_000)
    _, payment = world.pay(refill, means=Means(kept=True))
    assert payment.state is PaymentState.SUCCEEDED
    assert world.payments.cards[payment.payment_id] == replace(kept, kept_by="ann@acme.example")
    world.settle(refill)
    shown = [(lot.balance.available, lot.expires_on) for lot in page(world).lots]
    assert shown == [(500, day("2027-02-10")), (1_000, day("2027-06-01"))]
    assert page(world).card_kept


@pytest.mark.rule("AT-33")
def test_the_header_says_500_end_next_on_10_february(world: World) -> None:
    world.buy(500)
    world.clock.at = instant("2026-06-01T09:00")
    world.buy(1_000)
    header = page(world).next_expiry
    assert header is not None
    assert (header.credits, header.expires_on) == (500, day("2027-02-10"))


def test_without_a_card_that_was_kept_none_can_be_charged(world: World) -> None:
    order_id = world.place(500)
    no = refused(lambda: world.pay(order_id, means=Means(kept=True)))
    assert no.reason is Reason.CARD_NOT_KEPT
    world.settle(order_id, kept=CARD)
    assert world.book().account.card == replace(CARD, kept_by="ann@acme.example")


# A card that is refused


@pytest.mark.rule("AT-09")
def test_an_order_whose_card_was_refused_says_why_and_is_paid_with_another(world: World) -> None:
    order_id = world.place(500)
    refused(lambda: world.pay(order_id, means=Means(method_id=DECLINED)))
    failed = world.settle(order_id, succeeded=False, problem="card_declined", event_id="evt-1")
    assert told_by(failed) == (0, None)
    order = world.order(order_id)
    assert (order.state, order.payment_problem) == (ACCEPTED, "card_declined")
    assert world.book().lots == ()
    _, payment = world.pay(order_id, means=Means(method_id=GOOD))
    assert (payment.state, payment.payment_id) == (PaymentState.SUCCEEDED, order.payment_id)
    assert told_by(world.settle(order_id, event_id="evt-2")) == (500, None)
    order = world.order(order_id)
    assert (order.state, order.payment_problem) == (ACTIVATED, None)


@pytest.mark.parametrize("end", [ACTIVATED, CANCELLED])
def test_a_refusal_that_comes_late_changes_nothing(world: World, end: OrderState) -> None:
    order_id = world.place(500)
    if end is ACTIVATED:
        world.settle(order_id)
    else:
        world.move(order_id, CANCELLED, "ann")
    before = world.order(order_id)
    for payment_id in ("pi_other", before.payment_id or "pi_none"):
        late = partial(world.settle, order_id, event_id=f"evt-late-{payment_id}")
        assert told_by(late(succeeded=False, problem="declined", payment_id=payment_id)) == (
            0,
            None,
        )
    assert world.order(order_id) == before


# One payment at a time


def test_whoever_pays_again_goes_on_with_the_same_payment(world: World) -> None:
    order_id = world.place(500)
    _, first = world.pay(order_id)
    _, again = world.pay(order_id)
    assert first == again
    assert (first.state, len(world.payments.requests)) == (PaymentState.WAITING, 1)
    _, asked = world.pay(order_id, means=Means(method_id=ASKS))
    assert asked.state is PaymentState.ACTION
    _, other = world.pay(order_id, means=Means(method_id=GOOD))
    assert other.state is PaymentState.ACTION


def test_a_payment_that_was_cancelled_is_replaced_by_a_new_one(world: World) -> None:
    order_id = world.place(500)
    _, first = world.pay(order_id)
    world.payments.cancel(first.payment_id)
    order, second = world.pay(order_id, means=Means(method_id=GOOD))
    assert second.payment_id != first.payment_id
    assert order.payment_id == second.payment_id == world.order(order_id).payment_id
    assert world.payments.requests[second.payment_id].replaces == first.payment_id
    assert told_by(world.settle(order_id)) == (500, None)


def test_the_name_of_a_payment_is_known_before_anybody_can_confirm_it(world: World) -> None:
    order_id = world.place(500)
    known: list[str | None] = []

    class Watched(FakePayments):
        def pay(self, payment_id: str, card: Card) -> Payment:
            known.append(world.order(order_id).payment_id)
            return super().pay(payment_id, card)

    world.payments = Watched()
    _, payment = world.pay(order_id, means=Means(method_id=GOOD))
    assert known == [payment.payment_id]


@pytest.mark.parametrize("channel", ["card", "invoice"])
def test_only_an_order_that_waits_for_a_card_is_paid_by_card(world: World, channel: str) -> None:
    order_id = world.place(500, channel=channel)
    if channel == "card":
        world.settle(order_id)
    else:
        world.move(order_id, OrderState.QUOTED)
        world.move(order_id, ACCEPTED, "ann")
    no = refused(lambda: world.pay(order_id), Conflict)
    assert (no.reason, no.facts) == (Reason.ORDER_MOVED, {"state": world.order(order_id).state})
    assert world.payments.requests == {}


def test_an_order_waits_30_days_for_its_card_and_the_last_day_counts(world: World) -> None:
    order_id = world.place(500)
    world.clock.at = instant("2026-03-12T23:59:59")
    world.pay(order_id)
    world.clock.advance(timedelta(seconds=1))
    no = refused(lambda: world.pay(order_id))
    assert (no.reason, no.facts) == (Reason.QUOTE_EXPIRED, {"valid_until": "2026-03-12"})
    assert told_by(world.settle(order_id)) == (500, None)


@pytest.mark.parametrize(("who", "kind"), [("eve", NotFound), ("olga", Forbidden)])
def test_nobody_pays_who_may_not_buy(world: World, who: str, kind: type[Problem]) -> None:
    order_id = world.place(500)
    refused(lambda: world.pay(order_id, who), kind)
    assert world.payments.requests == {}
