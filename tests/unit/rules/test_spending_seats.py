"""Seats are taken when somebody says yes, and the class is judged as it is then."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import refused
from tests.unit.rules import selling_tools
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import (
    atlassian,
    code,
    line,
    offers,
    runs,
    salesforce,
    taken,
)
from tests.world import World
from training_credits.domain.change import BookSeat, EditAccount
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Approval, Balance, Mode, RedemptionState
from training_credits.domain.program import HoldAt

PENDING = RedemptionState.PENDING


def shop(approval: Approval = Approval.MANUAL, seats: int | None = 2) -> World:
    """A course of 300 credits, on the day after the account was opened."""
    world = atlassian(approval=approval)
    offers(world, "C", "course", price_minor=30_000)
    runs(world, "C", "2026-02-11", seats=seats)
    return world


def asks(world: World, who: str = "lee", session: str | None = "S1", quantity: int = 1) -> str:
    lines = [line(code(world), offering="C", session=session, quantity=quantity)]
    return world.redeem(who=who, lines=lines)


def test_a_seat_is_taken_with_the_yes_and_not_before() -> None:
    world = shop()
    asked = asks(world)
    assert taken(world) == 0
    world.approve(asked)
    assert (taken(world), world.balance().redeemed) == (1, 300)


def test_a_no_takes_no_seat_and_gives_none_back() -> None:
    world = shop()
    asked, other = asks(world), asks(world, "kim")
    world.approve(asked)
    world.deny(other)
    assert taken(world) == 1


@pytest.mark.parametrize("approval", list(Approval))
def test_a_full_class_is_refused_and_says_how_many_seats_are_left(approval: Approval) -> None:
    world = shop(approval, seats=2)
    session = world.ledger.place(world.program).shelf.sessions["C", "S1"]
    world.commit(BookSeat(session=session))
    no = refused(lambda: asks(world, quantity=2))
    assert (no.reason, no.facts) == (Reason.SESSION_FULL, {"session": "S1", "seats_left": 1})
    assert world.balance() == Balance(available=1_000)
    asks(world)


def test_a_class_that_has_filled_up_since_is_refused_at_the_decision() -> None:
    world = shop(seats=1)
    first, second = asks(world), asks(world, "kim")
    world.approve(first)
    no = refused(lambda: world.approve(second))
    assert (no.reason, no.facts) == (Reason.SESSION_FULL, {"session": "S1", "seats_left": 0})
    assert (world.redemption(second).state, taken(world)) == (PENDING, 1)


@pytest.mark.parametrize("approval", list(Approval))
def test_of_two_who_want_the_last_seat_at_once_one_gets_it(approval: Approval) -> None:
    world = shop(approval, seats=1)
    if approval is Approval.AUTOMATIC:
        world.ledger.meanwhile.append(lambda: asks(world, "kim"))
        no = refused(lambda: asks(world))
    else:
        mine, other = asks(world), asks(world, "kim")
        world.ledger.meanwhile.append(lambda: world.approve(other))
        no = refused(lambda: world.approve(mine))
    assert no.reason is Reason.SESSION_FULL
    assert (taken(world), world.balance().redeemed) == (1, 300)


def test_two_lines_of_one_class_take_two_seats_or_none() -> None:
    world = shop(Approval.AUTOMATIC, seats=3)
    two = [line(code(world), offering="C", session="S1") for _ in range(2)]
    world.redeem(lines=two)
    assert taken(world) == 2
    no = refused(lambda: world.redeem(lines=two))
    assert (no.reason, no.facts) == (
        *(Reason.SESSION_FULL, {"session": "S1", "seats_left": 0, "line": 2}),
    )
    assert (taken(world), world.balance()) == (2, Balance(available=400, redeemed=600))


def test_a_class_without_a_limit_has_room_for_all() -> None:
    world = shop(Approval.AUTOMATIC, seats=None)
    asks(world, quantity=3)
    assert (taken(world), world.balance().redeemed) == (3, 900)


def test_what_has_no_days_is_approved_beside_what_has() -> None:
    world = shop()
    lines = [line(code(world), offering="C", session="S1"), line(code(world), credits=200)]
    world.approve(world.redeem(lines=lines))
    assert (taken(world), world.balance().redeemed) == (1, 500)


# The class has moved


def test_a_class_that_has_begun_is_refused_when_it_is_asked_for() -> None:
    world = shop()
    world.clock.at = instant("2026-02-11T23:59:59+00:00")
    asks(world)
    world.clock.at = instant("2026-02-12T00:00:00+00:00")
    no = refused(lambda: asks(world))
    assert (no.reason, no.facts) == (Reason.SESSION_PAST, {"starts_on": "2026-02-11"})


def test_a_class_that_has_begun_since_is_refused_at_the_decision() -> None:
    world = shop()
    asked = asks(world)
    world.clock.at = instant("2026-02-12T00:00:00+00:00")
    no = refused(lambda: world.approve(asked))
    assert (no.reason, no.facts) == (Reason.SESSION_PAST, {"starts_on": "2026-02-11"})
    assert (world.redemption(asked).state, taken(world)) == (PENDING, 0)
    world.deny(asked)


@pytest.mark.rule("SF-18")
@pytest.mark.parametrize("hold_at", list(HoldAt))
def test_a_class_moved_beyond_the_end_of_its_credits_is_refused_at_the_decision(
    hold_at: HoldAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = salesforce(1_500, at="2027-05-10T18:00")
    approvals = replace(world.rules.approvals, hold_at=hold_at)
    selling_tools.says(monkeypatch, "salesforce", approvals=approvals)
    offers(world, "C", "class", credits=1_500)
    runs(world, "C", "2027-06-28", ends_on=date(2027, 7, 1), mode=Mode.VIRTUAL)
    world.commit(EditAccount(approval=Approval.MANUAL))
    asked = asks(world)
    assert world.balance().held == (1_500 if hold_at is HoldAt.REQUEST else 0)
    runs(world, "C", "2027-06-29", ends_on=date(2027, 7, 2), mode=Mode.VIRTUAL)
    no = refused(lambda: world.approve(asked))
    assert (no.reason, no.facts["latest_start"]) == (Reason.DEADLINE_MISSED, "2027-06-28")
    runs(world, "C", "2027-06-21", ends_on=date(2027, 6, 24), mode=Mode.VIRTUAL)
    world.approve(asked)
    (kept,) = world.redemption(asked).lines
    assert kept.item is not None
    assert kept.item.starts_on == date(2027, 6, 21)
    assert (world.balance(), taken(world)) == (Balance(redeemed=1_500), 1)


def test_a_class_that_is_moved_while_it_is_booked_is_looked_at_again() -> None:
    world = shop(Approval.AUTOMATIC)
    world.ledger.meanwhile.append(lambda: runs(world, "C", "2026-02-20", seats=2))
    asked = asks(world)
    (kept,) = world.redemption(asked).lines
    assert kept.item is not None
    assert (kept.item.starts_on, taken(world)) == (date(2026, 2, 20), 1)


# What is named


def test_what_is_attended_needs_its_session_and_one_that_is_there() -> None:
    world = shop()
    assert refused(lambda: asks(world, session=None)).reason is Reason.SESSION_NEEDED
    no = refused(lambda: asks(world, session="S9"), NotFound)
    assert (no.reason, no.facts) == (
        *(Reason.OFFERING_NOT_FOUND, {"offering": "C", "session": "S9"}),
    )


def test_a_class_without_sessions_that_says_how_it_is_delivered_needs_none() -> None:
    world = shop()
    offers(world, "C", "course", price_minor=30_000, mode=Mode.VIRTUAL)
    world.approve(asks(world, session=None))
    assert world.balance().redeemed == 300
