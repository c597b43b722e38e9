"""What one operator does alone, and what takes a second one."""

from functools import partial
from typing import Any

import pytest

from tests.builders import refused, staff
from tests.unit.rules.selling_tools import booked, lot_of_order, world_of
from tests.world import World
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import Balance, OrderState

PAID, ACTIVATED, CANCELLED = OrderState.PAID, OrderState.ACTIVATED, OrderState.CANCELLED
BEGIN = "2026-02-10T09:00"


def invoiced(credits: int, total: int | None = None) -> tuple[World, str]:
    """An order by invoice that olga quoted and invoiced, and that only has to be paid."""
    world = world_of("atlassian", BEGIN)
    order_id = world.place(credits, channel="invoice")
    world.move(order_id, OrderState.QUOTED, total_minor=total)
    world.move(order_id, OrderState.ACCEPTED, "ann")
    world.move(order_id, OrderState.INVOICED)
    return world, order_id


@pytest.mark.parametrize(
    ("credits", "total"),
    [(49_999, None), (10_000, 800_000), (20_000, 1_600_000), (100, 10_000), (19_999, 1_599_920)],
)
def test_up_to_its_limits_one_operator_is_enough(credits: int, total: int | None) -> None:
    world, order_id = invoiced(credits, total)
    world.move(order_id, PAID)
    assert world.balance() == Balance(available=credits)


@pytest.mark.proves("T7")
@pytest.mark.parametrize(
    ("credits", "total"),
    [(50_000, None), (50_000, 5_000_000)],
)
def test_from_50000_dollars_on_a_second_one_is_needed(credits: int, total: int | None) -> None:
    world, order_id = invoiced(credits, total)
    before = world.ledger.kept()
    no = refused(lambda: world.move(order_id, PAID), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED
    assert no.facts == {"from_minor": 5_000_000, "percent_max": 20, "currency": "USD"}
    assert world.ledger.kept() == before
    world.move(order_id, PAID, "otto")
    assert world.balance() == Balance(available=credits)


@pytest.mark.parametrize(("credits", "total"), [(10_000, 799_999), (20_000, 1_599_999), (100, 1)])
def test_a_quote_more_than_20_percent_below_the_list_stands_once_two_have_said_it(
    credits: int, total: int
) -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(credits, channel="invoice")
    accepts = partial(world.move, order_id, OrderState.ACCEPTED, "ann")
    for who, price in (("olga", total), ("olga", total), ("otto", total - 1 or 2)):
        world.move(order_id, OrderState.QUOTED, who, total_minor=price)
        no = refused(accepts, Forbidden)
        assert no.reason is Reason.SECOND_OPERATOR_NEEDED
        assert no.facts == {"from_minor": 5_000_000, "percent_max": 20, "currency": "USD"}
    world.move(order_id, OrderState.QUOTED, "otto", total_minor=total)
    accepts()
    quotes = [step.total_minor for step in world.order(order_id).trail if step.total_minor]
    assert quotes == [total, total, total - 1 or 2, total]
    for to in (OrderState.INVOICED, PAID):
        world.move(order_id, to)
    assert lot_of_order(world, order_id).paid_minor == total


def test_a_quote_is_corrected_until_it_is_accepted() -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(1_000, channel="invoice")
    for price in (90_000, 95_000):
        world.move(order_id, OrderState.QUOTED, total_minor=price)
        assert world.order(order_id).total_minor == price
    world.move(order_id, OrderState.ACCEPTED, "ann")
    no = refused(partial(world.move, order_id, OrderState.QUOTED, total_minor=1), Conflict)
    assert no.reason is Reason.STEP_NOT_NEXT


@pytest.mark.parametrize(("credits", "alone"), [(2_499, True), (2_500, False)])
def test_the_limit_is_money_and_each_programs_own(credits: int, *, alone: bool) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, credits)
    for to in (OrderState.APPROVED, OrderState.INVOICED):
        world.move(order_id, to)
    if not alone:
        no = refused(lambda: world.move(order_id, ACTIVATED), Forbidden)
        assert no.facts["from_minor"] == 25_000_000
    world.move(order_id, ACTIVATED, "olga" if alone else "otto")
    assert world.balance() == Balance(available=credits)


@pytest.mark.proves("T7")
@pytest.mark.parametrize("other", [OrderState.BOOKED, OrderState.APPROVED, OrderState.INVOICED])
def test_two_operators_are_enough_and_one_is_not_whoever_took_which_step(
    other: OrderState,
) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    steps = (OrderState.BOOKED, OrderState.APPROVED, OrderState.INVOICED)
    alone = booked(world, 2_500, "SO-1", who="olga")
    both = booked(world, 2_500, "SO-2", who="otto" if other is OrderState.BOOKED else "olga")
    for to in steps[1:]:
        world.move(alone, to, "olga")
        world.move(both, to, "otto" if other is to else "olga")
    no = refused(partial(world.move, alone, ACTIVATED, "olga"), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED
    world.move(both, ACTIVATED, "olga")
    world.move(alone, ACTIVATED, "otto")


def test_a_deep_price_that_was_entered_takes_a_second_one_too() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(1_000, channel="assisted", total_minor=79_999)
    assert refused(lambda: world.move(order_id, ACTIVATED), Forbidden).facts["percent_max"] == 20
    world.move(order_id, ACTIVATED, "otto")
    assert lot_of_order(world, order_id).paid_minor == 79_999


def test_cards_wait_for_nobody() -> None:
    world = world_of("atlassian", BEGIN)
    world.buy(50_000)
    assert world.balance() == Balance(available=50_000)


@pytest.mark.parametrize("more", [{}, {"total_minor": 1}, {"total_minor": 100_000}])
def test_no_operator_orders_for_somebodys_card_at_whatever_price(more: dict[str, Any]) -> None:
    world = world_of("atlassian", BEGIN)
    before = world.ledger.kept()
    no = refused(lambda: world.enter(1_000, channel="card", **more))
    assert (no.reason, no.facts["offered"]) == (Reason.CHANNEL_NOT_OFFERED, ["invoice"])
    assert world.ledger.kept() == before


@pytest.mark.rule("SF-14")
@pytest.mark.parametrize("credits", [50_000, 60_000])
def test_credits_of_such_an_order_are_not_unmade_by_whoever_made_them(credits: int) -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(credits, channel="assisted")
    world.move(order_id, ACTIVATED, "otto")
    for who in ("olga", "otto"):
        no = refused(partial(world.move, order_id, CANCELLED, who, note="Wrong."), Forbidden)
        assert no.reason is Reason.SECOND_OPERATOR_NEEDED
    assert world.balance() == Balance(available=credits)
    asking = world.intent(staff("ida", "salesforce"), "move")
    world.move(order_id, CANCELLED, note="Wrong.", asking=asking)
    assert world.balance() == Balance(voided=credits)


@pytest.mark.rule("SF-14")
def test_below_the_limit_whoever_made_credits_in_error_takes_them_back() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(49_999, channel="assisted")
    world.move(order_id, ACTIVATED)
    world.move(order_id, CANCELLED, note="Wrong.")
    assert world.balance() == Balance(voided=49_999)
