"""The vendor's own number of an order: one order's in the whole program, and for good."""

from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules.selling_tools import booked, world_of
from training_credits.domain.decisions.sales_orders import canonical
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import OrderState, Sale

APPROVED, INVOICED, ACTIVATED = OrderState.APPROVED, OrderState.INVOICED, OrderState.ACTIVATED


def test_a_number_is_one_however_it_is_typed() -> None:
    assert canonical(" so-50 01\t") == "SO-5001"


def test_a_sales_order_number_is_one_orders_in_the_whole_program() -> None:
    ledger = MemoryLedger()
    acme = world_of("cisco", "2026-03-05T20:00", ledger=ledger)
    other = world_of("cisco", "2026-03-05T20:00", ledger=ledger, requests=100)
    first = booked(acme, 100)
    for world in (acme, other):
        before = ledger.kept()
        no = refused(partial(booked, world, 50), Conflict)
        assert no.reason is Reason.SALES_ORDER_TAKEN
        assert no.facts == {}
        assert ledger.kept() == before
    assert ledger.place("cisco").numbers.get("SO-5001") == (acme.account, first)
    booked(world_of("cisco", "2026-03-05T20:00"), 50)


def test_of_two_orders_that_come_with_one_number_at_once_the_second_is_refused() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    world.ledger.meanwhile.append(lambda: booked(world, 100))
    no = refused(lambda: booked(world, 50), Conflict)
    assert no.reason is Reason.SALES_ORDER_TAKEN
    assert [o.credits for o in world.ledger.rows("cisco", world.account).orders.values()] == [100]


@pytest.mark.rule("CI-14")
def test_an_order_that_will_pay_by_its_number_needs_one() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    no = refused(lambda: world.enter(100))
    assert no.reason is Reason.SALES_ORDER_REQUIRED
    assert world.ledger.rows("cisco", world.account).orders == {}


@pytest.mark.parametrize("to", [APPROVED, INVOICED, ACTIVATED])
def test_the_number_of_an_order_is_never_another(to: OrderState) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = world.enter(100, sale=Sale(sales_order="SO-1", sku="PACK"))
    for before in (APPROVED, INVOICED)[: [APPROVED, INVOICED, ACTIVATED].index(to)]:
        world.move(order_id, before)
    no = refused(partial(world.move, order_id, to, sale=Sale(sales_order="SO-2")), Conflict)
    assert no.reason is Reason.SALES_ORDER_TAKEN
    world.move(order_id, to, sale=Sale(contact="J. Doe"))
    assert world.order(order_id).sale == Sale(sales_order="SO-1", sku="PACK", contact="J. Doe")
    assert world.ledger.place("cisco").numbers.get("SO-2") is None


def test_a_number_that_comes_with_a_later_step_is_taken_too() -> None:
    world = world_of("salesforce", "2026-03-05T20:00")
    one, other = (world.place(100, channel="assisted") for _ in range(2))
    world.move(one, OrderState.BOOKED, sale=Sale(sales_order="S-9"))
    no = refused(
        lambda: world.move(other, OrderState.BOOKED, sale=Sale(sales_order="S-9")), Conflict
    )
    assert no.reason is Reason.SALES_ORDER_TAKEN
    assert world.order(other).state is OrderState.REQUESTED


@pytest.mark.rule("SF-14")
@pytest.mark.parametrize("until", ["booked", "invoiced", "activated"])
def test_the_number_of_an_order_entered_in_error_is_free_for_the_right_one(until: str) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    wrong = booked(world, 1_000)
    steps = {"booked": (), "invoiced": (APPROVED, INVOICED)}
    for to in steps.get(until, (APPROVED, INVOICED, ACTIVATED)):
        world.move(wrong, to)
    world.move(wrong, OrderState.CANCELLED, note="One nought too many.")
    right = booked(world, 100)
    assert world.ledger.place("cisco").numbers.get("SO-5001") == (world.account, right)
    for to in (APPROVED, INVOICED, ACTIVATED):
        world.move(right, to)
    asked = world.redeem(100, "ann", sales_order="SO-5001")
    assert [draw.lot_id for draw in world.redemption(asked).draws] == [right]


def test_an_order_without_a_number_gives_none_back() -> None:
    world = world_of("salesforce", "2026-03-05T20:00")
    numbered = world.enter(100, channel="assisted", sale=Sale(sales_order="S-9"))
    other = world.enter(100, channel="assisted")
    world.move(other, OrderState.CANCELLED, note="Twice.")
    assert world.ledger.place("salesforce").numbers.get("S-9") == (world.account, numbered)


def test_a_customer_who_accepts_says_nothing_of_the_vendors_own_matters() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.place(900, channel="quote")
    world.move(order_id, OrderState.QUOTED)
    said = Sale(sales_order="SO-77", contact="forged")
    no = refused(lambda: world.move(order_id, OrderState.ACCEPTED, "ann", sale=said), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    assert world.order(order_id).sale == Sale()
