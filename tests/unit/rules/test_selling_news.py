"""What the provider says of money, true or not; and what becomes of it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import refused
from tests.fakes.payments import GOOD
from tests.unit.rules.selling_tools import lot_of_order, told_by, trail, world_of
from tests.world import World
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import Balance, OrderState
from training_credits.ports import PaymentState
from training_credits.use_cases import payments
from training_credits.use_cases.payments import Booked, Means

ACCEPTED, ACTIVATED, CANCELLED = OrderState.ACCEPTED, OrderState.ACTIVATED, OrderState.CANCELLED
PAID = OrderState.PAID


@pytest.fixture
def world() -> World:
    return world_of("atlassian", "2026-02-10T09:00")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"amount_minor": 49_999}, Reason.PAYMENT_MISMATCH),
        ({"amount_minor": 50_001}, Reason.PAYMENT_MISMATCH),
        ({"currency": "EUR"}, Reason.PAYMENT_MISMATCH),
        ({"order_id": "O-unknown"}, Reason.ORDER_NOT_FOUND),
        ({"account_id": "A-unknown"}, Reason.ORDER_NOT_FOUND),
        ({"program": "acme"}, Reason.PROGRAM_UNKNOWN),
        ({"program": "cisco"}, Reason.ORDER_NOT_FOUND),
    ],
)
def test_money_that_no_order_explains_is_told_and_nothing_is_booked(
    world: World, said: dict[str, Any], reason: Reason
) -> None:
    order_id = world.place(500)
    before = world.ledger.kept()
    assert told_by(hear(world, order_id, **said)) == (0, reason)
    assert world.ledger.kept() == before
    assert told_by(world.settle(order_id)) == (500, None)


def test_money_for_an_order_by_invoice_or_a_second_payment_is_told_too(world: World) -> None:
    invoice, card = world.place(500, channel="invoice"), world.place(500)
    assert told_by(world.settle(invoice)) == (0, Reason.PAYMENT_MISMATCH)
    world.settle(card, payment_id="P1")
    assert told_by(world.settle(card, payment_id="P2", event_id="evt-P2")) == (
        0,
        Reason.ORDER_MOVED,
    )
    assert world.balance() == Balance(available=500)


def hear(world: World, paid: str, /, **said: Any) -> Booked:
    """News of an order, some of them not true."""
    return payments.hear(world.ledger, world.clock, replace(world.news(paid), **said), "")


# Withdrawn, and paid all the same


def test_an_order_that_is_withdrawn_closes_its_payment_first(world: World) -> None:
    order_id = world.place(500)
    _, payment = world.pay(order_id)
    world.move(order_id, CANCELLED, "ann")
    assert world.payments.payments[payment.payment_id].state is PaymentState.CANCELLED
    no = refused(lambda: world.pay(order_id), Conflict)
    assert (no.reason, no.facts["state"]) == (Reason.ORDER_MOVED, CANCELLED)


def test_an_order_whose_money_is_taken_is_not_withdrawn(world: World) -> None:
    order_id = world.place(500)
    world.pay(order_id, means=Means(method_id=GOOD))
    no = refused(lambda: world.move(order_id, CANCELLED, "ann"), Conflict)
    assert no.reason is Reason.PAYMENT_UNDER_WAY
    assert world.order(order_id).state is ACCEPTED
    assert told_by(world.settle(order_id)) == (500, None)


def test_an_order_that_was_withdrawn_and_paid_all_the_same_has_its_credits(world: World) -> None:
    order_id = world.place(500)
    world.move(order_id, CANCELLED, "ann")
    assert told_by(world.settle(order_id)) == (500, None)
    assert [state for state, _, _ in trail(world.order(order_id))] == [
        ACCEPTED,
        CANCELLED,
        PAID,
        ACTIVATED,
    ]
    assert lot_of_order(world, order_id).balance == Balance(available=500)


def test_a_card_order_is_not_reversed_its_money_would_stay_where_it_is(world: World) -> None:
    order_id = world.buy(500)
    no = refused(lambda: world.move(order_id, CANCELLED, note="Entered in error."), Forbidden)
    assert no.reason is Reason.NOT_REFUNDABLE
    assert told_by(world.settle(order_id, event_id="evt-again")) == (0, None)
    other = world.settle(order_id, event_id="evt-other", payment_id="P2")
    assert told_by(other) == (0, Reason.ORDER_MOVED)
    assert world.balance() == Balance(available=500)
