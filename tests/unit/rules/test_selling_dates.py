"""On which day a step may be dated, until when a price stands, and when credits are late."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import booked, day, instant, says, shown, trail, world_of
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import OrderState

APPROVED, INVOICED, ACTIVATED = OrderState.APPROVED, OrderState.INVOICED, OrderState.ACTIVATED
QUOTED, ACCEPTED = OrderState.QUOTED, OrderState.ACCEPTED
MOMENT = timedelta(microseconds=1)


# The day of a step


@pytest.mark.parametrize("on", ["2026-03-05", "2026-03-08", "2026-03-10"])
def test_a_step_is_dated_on_any_day_from_the_step_before_until_today(on: str) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    world.clock.at = instant("2026-03-10T20:00")
    world.move(order_id, APPROVED, on=day(on))
    step = world.order(order_id).step(APPROVED)
    assert step is not None
    assert (step.on, step.at) == (day(on), world.clock())


@pytest.mark.parametrize("on", ["2026-03-04", "2026-03-11", "2025-03-08", "2027-03-08"])
def test_a_step_is_neither_before_the_one_before_nor_in_the_future(on: str) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    world.clock.at = instant("2026-03-10T20:00")
    no = refused(lambda: world.move(order_id, APPROVED, on=day(on)))
    assert no.reason is Reason.DATE_NOT_POSSIBLE
    assert no.facts == {"earliest": "2026-03-05", "latest": "2026-03-10"}
    assert world.order(order_id).state is OrderState.BOOKED


def test_each_step_bounds_the_next() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    world.clock.at = instant("2026-03-10T20:00")
    world.move(order_id, APPROVED, on=day("2026-03-08"))
    no = refused(lambda: world.move(order_id, INVOICED, on=day("2026-03-07")))
    assert no.facts["earliest"] == "2026-03-08"


def test_today_is_the_programs_today() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    world.clock.at = instant("2026-03-11T06:59:59")
    no = refused(lambda: world.move(order_id, APPROVED, on=day("2026-03-11")))
    assert no.facts["latest"] == "2026-03-10"
    world.move(order_id, APPROVED)
    assert trail(world.order(order_id))[-1] == (APPROVED, day("2026-03-10"), "olga")


def test_an_order_was_booked_today_or_earlier() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    no = refused(lambda: booked(world, 100, booked_on=day("2026-03-06")))
    assert (no.reason, no.facts) == (Reason.DATE_NOT_POSSIBLE, {"latest": "2026-03-05"})
    order_id = booked(world, 100, booked_on=day("2026-02-20"))
    assert trail(world.order(order_id)) == [(OrderState.BOOKED, day("2026-02-20"), "olga")]
    assert world.order(order_id).placed_at == world.clock()


# How long a price stands


def quoted(world: World, on: str | None = None) -> str:
    order_id = world.place(500, channel="invoice")
    world.move(order_id, QUOTED, on=day(on) if on else None)
    return order_id


@pytest.mark.rule("AT-12")
def test_a_quote_stands_for_30_days_and_its_last_day_counts() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    on_time, late = quoted(world), quoted(world)
    assert shown(world, late).valid_until == day("2026-03-12")
    world.clock.at = instant("2026-03-13T00:00") - MOMENT
    world.move(on_time, ACCEPTED, "ann")
    world.clock.at = instant("2026-03-13T00:00")
    no = refused(lambda: world.move(late, ACCEPTED, "ann"))
    assert (no.reason, no.facts) == (Reason.QUOTE_EXPIRED, {"valid_until": "2026-03-12"})
    assert world.order(late).state is QUOTED


def test_a_quote_stands_from_its_own_day_on_and_not_from_the_request() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(500, channel="invoice")
    assert shown(world, order_id).valid_until is None
    world.clock.at = instant("2026-02-20T09:00")
    world.move(order_id, QUOTED, on=day("2026-02-15"))
    assert shown(world, order_id).valid_until == day("2026-03-17")


def test_a_quote_that_was_accepted_is_invoiced_and_paid_whenever() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = quoted(world)
    world.move(order_id, ACCEPTED, "ann")
    world.clock.at = instant("2026-09-01T09:00")
    world.move(order_id, INVOICED)
    world.move(order_id, OrderState.PAID)
    assert world.balance().available == 500


def test_a_program_says_how_long_a_price_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "atlassian", purchase={"quote_days": 7})
    world = world_of("atlassian", "2026-02-10T09:00")
    assert shown(world, quoted(world)).valid_until == day("2026-02-17")
    assert shown(world, world.place(500)).valid_until == day("2026-02-17")


# When credits are to be expected


def waiting(at: str, **more: Any) -> tuple[World, str]:
    world = world_of("cisco", at)
    return world, booked(world, 100, **more)


@pytest.mark.rule("CI-11")
@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-03-05T20:00", False),
        ("2026-03-16T20:00", False),
        ("2026-03-17T06:59:59", False),
        ("2026-03-17T07:00", True),
        ("2026-04-17T20:00", True),
    ],
)
def test_booked_on_5_march_expected_from_the_11th_to_the_16th_and_late_on_the_17th(
    now: str, *, late: bool
) -> None:
    world, order_id = waiting("2026-03-05T20:00")
    world.clock.at = instant(now)
    answer = shown(world, order_id)
    assert (answer.usable_from, answer.usable_by) == (day("2026-03-11"), day("2026-03-16"))
    assert answer.due_on == day("2026-03-16")
    assert answer.late is late


@pytest.mark.rule("CI-11")
def test_what_was_activated_or_cancelled_is_not_late_any_more() -> None:
    world, order_id = waiting("2026-03-05T20:00")
    other = booked(world, 100, "SO-5002")
    world.clock.at = instant("2026-03-17T20:00")
    for to in (APPROVED, INVOICED):
        world.move(order_id, to)
        assert shown(world, order_id).late
    world.move(order_id, ACTIVATED)
    world.move(other, OrderState.CANCELLED, note="Twice.")
    for known in (order_id, other):
        assert not shown(world, known).late
        assert shown(world, known).due_on is None


@pytest.mark.rule("CI-11")
@pytest.mark.parametrize(
    ("booked_on", "first", "last"),
    [
        ("2026-12-23", "2026-12-30", "2027-01-05"),
        ("2026-11-24", "2026-12-01", "2026-12-04"),
        ("2026-03-07", "2026-03-12", "2026-03-17"),
        ("2026-06-30", "2026-07-07", "2026-07-10"),
    ],
)
def test_weekends_and_the_vendors_holidays_are_no_business_days(
    booked_on: str, first: str, last: str
) -> None:
    world, order_id = waiting("2027-06-01T20:00", booked_on=day(booked_on))
    answer = shown(world, order_id)
    assert (answer.usable_from, answer.usable_by) == (day(first), day(last))
    world.clock.at = instant(f"{last}T20:00")
    assert not shown(world, order_id).late
    world.clock.advance(timedelta(days=1))
    assert shown(world, order_id).late


def test_the_window_is_counted_from_the_day_of_booking_and_moves_with_no_later_step() -> None:
    world, order_id = waiting("2026-03-09T20:00", booked_on=day("2026-03-05"))
    move = partial(world.move, order_id)
    move(APPROVED)
    move(INVOICED)
    assert shown(world, order_id).usable_by == day("2026-03-16")


def test_where_the_program_promises_nothing_no_order_is_late() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(100, channel="assisted")
    world.clock.advance(timedelta(days=300))
    answer = shown(world, order_id)
    assert (answer.usable_from, answer.usable_by, answer.late) == (None, None, False)
    assert answer.due_on == day("2026-07-01")
