"""What one operator makes alone in a day: no more in parts than at once."""

from datetime import timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import booked, day, instant, world_of
from tests.world import World
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Balance, OrderState

ACTIVATED = OrderState.ACTIVATED
NOON = "2026-07-01T19:00"


@pytest.fixture
def world() -> World:
    """Where from 50,000 dollars on two operators are needed."""
    return world_of("salesforce", NOON)


def entered(world: World, credits: int, who: str = "olga") -> str:
    """An order of as many dollars, which its operator has only to activate."""
    return world.enter(credits, who, channel="assisted")


def makes(world: World, credits: int, who: str = "olga") -> str:
    """An order that one operator enters and activates."""
    order_id = entered(world, credits, who)
    world.move(order_id, ACTIVATED, who)
    return order_id


def assert_too_much(world: World, order_id: str, who: str = "olga") -> None:
    before = world.ledger.kept()
    no = refused(partial(world.move, order_id, ACTIVATED, who), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED
    assert no.facts == {"from_minor": 5_000_000, "percent_max": 20, "currency": "USD"}
    assert world.ledger.kept() == before


@pytest.mark.proves("T7")
def test_the_third_order_of_20000_dollars_on_one_day_takes_a_second_one(world: World) -> None:
    makes(world, 20_000)
    makes(world, 20_000)
    third = entered(world, 20_000)
    assert_too_much(world, third)
    world.move(third, ACTIVATED, "otto")
    assert world.balance() == Balance(available=60_000)


@pytest.mark.parametrize(("credits", "alone"), [(19_999, True), (20_000, False)])
def test_what_was_made_before_counts_to_the_dollar(
    world: World, credits: int, *, alone: bool
) -> None:
    makes(world, 30_000)
    order_id = entered(world, credits)
    if not alone:
        assert_too_much(world, order_id)
    world.move(order_id, ACTIVATED, "olga" if alone else "otto")
    assert world.balance() == Balance(available=30_000 + credits)


def test_the_next_day_begins_at_nothing_and_its_midnight_is_the_programs(world: World) -> None:
    makes(world, 49_999)
    world.clock.at = world.rules.expires_at(day("2026-07-01")) - timedelta(seconds=1)
    waits = entered(world, 49_999)
    assert_too_much(world, waits)
    world.clock.advance(timedelta(seconds=1))
    world.move(waits, ACTIVATED)
    assert world.balance() == Balance(available=99_998)


def test_a_step_that_is_dated_back_is_still_of_the_day_it_is_taken(world: World) -> None:
    world.clock.at = instant("2026-07-03T19:00")
    makes(world, 49_999)
    order_id = world.enter(49_999, channel="assisted", booked_on=day("2026-07-01"))
    no = refused(partial(world.move, order_id, ACTIVATED, on=day("2026-07-02")), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED


def test_what_two_have_made_or_another_one_counts_for_nobody_else(world: World) -> None:
    for _ in range(3):
        both = entered(world, 49_999)
        world.move(both, ACTIVATED, "otto")
    makes(world, 49_999, "otto")
    makes(world, 49_999, "olga")
    assert world.balance() == Balance(available=5 * 49_999)


def test_cards_are_not_counted() -> None:
    world = world_of("atlassian", NOON)
    for _ in range(3):
        world.buy(49_999)
    order_id = world.place(49_999, channel="invoice")
    for to, who in (("quoted", "olga"), ("accepted", "ann"), ("invoiced", "olga")):
        world.move(order_id, OrderState(to), who)
    world.move(order_id, OrderState.PAID)
    second = world.place(49_999, channel="invoice")
    for to, who in (("quoted", "olga"), ("accepted", "ann"), ("invoiced", "olga")):
        world.move(second, OrderState(to), who)
    no = refused(partial(world.move, second, OrderState.PAID), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED


def test_credits_that_are_taken_back_were_made_all_the_same(world: World) -> None:
    made = makes(world, 49_999)
    world.move(made, OrderState.CANCELLED, note="Wrong.")
    assert_too_much(world, entered(world, 49_999))


def test_of_two_that_are_activated_at_once_the_later_is_refused(world: World) -> None:
    first, second = entered(world, 30_000), entered(world, 30_000)
    world.ledger.meanwhile.append(partial(world.move, first, ACTIVATED))
    no = refused(partial(world.move, second, ACTIVATED), Forbidden)
    assert no.reason is Reason.SECOND_OPERATOR_NEEDED
    assert world.balance() == Balance(available=30_000)


def test_an_activation_that_is_sent_again_counts_once(world: World) -> None:
    order_id = entered(world, 30_000)
    asking = world.intent("olga", "move")
    for _ in range(3):
        world.move(order_id, ACTIVATED, asking=asking)
    makes(world, 19_999)
    assert world.balance() == Balance(available=49_999)


def test_the_limit_of_a_day_is_each_programs_own() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    orders = [booked(world, 1_250, f"SO-{number}") for number in range(2)]
    for order_id in orders:
        for to in (OrderState.APPROVED, OrderState.INVOICED):
            world.move(order_id, to)
    world.move(orders[0], ACTIVATED)
    no = refused(partial(world.move, orders[1], ACTIVATED), Forbidden)
    assert no.facts["from_minor"] == 25_000_000
