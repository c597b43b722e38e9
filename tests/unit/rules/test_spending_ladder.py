"""Giving a booking up, or moving it: the ladder, and the deadline that is asked again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import lot_of, refused
from training_credits.domain.calendar import business_days_between
from training_credits.domain.decisions.bookings import documented
from training_credits.domain.eligibility import obstacle
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Audience,
    Draw,
    Item,
    Line,
    Lot,
    Mode,
    Offering,
    Session,
)
from training_credits.domain.program import Cancelling, Program, Rung
from training_credits.domain.returns import check_movable, percent_back, returned
from training_credits.programs import program_named

NOW = datetime(2026, 7, 10, tzinfo=UTC)
SALESFORCE = program_named("salesforce", NOW)
START = date(2027, 6, 10)


def class_on(starts: date, ends: date | None = None, audience: Audience = Audience.PUBLIC) -> Item:
    offering = Offering(offering_id="O1", type="class", title="Admin", audience=audience)
    run = Session(
        session_id="S1",
        offering_id="O1",
        starts_on=starts,
        ends_on=ends or starts,
        mode=Mode.VIRTUAL,
        country="US",
    )
    return Item(offering=offering, session=run)


def booked(*draws: tuple[str, int], item: Item | None = None) -> Line:
    drawn = tuple(Draw(lot_id=lot_id, credits=credits) for lot_id, credits in draws)
    return Line(title="Admin", credits=sum(d.credits for d in drawn), draws=drawn, item=item)


def laddered(*rungs: tuple[int, int], **facts: Any) -> Program:
    steps = tuple(Rung(days_before=days, percent=percent) for days, percent in rungs)
    ladder = Cancelling(rungs=steps, **facts)
    return replace(SALESFORCE, spending=replace(SALESFORCE.spending, cancelling=(ladder,)))


def back(program: Program, line: Line, days: int) -> list[tuple[str, int]]:
    percent = percent_back(program, line, START - timedelta(days=days))
    return [(draw.lot_id, draw.credits) for draw in returned(line, percent)]


@pytest.mark.rule("SF-19")
def test_a_class_is_not_moved_beyond_the_end_of_the_credits_that_pay_for_it() -> None:
    lot: Lot = replace(
        lot_of("L1", 3_000, SALESFORCE.expires_at(date(2027, 7, 1))),
        product="LC",
        expires_on=date(2027, 7, 1),
    )
    assert obstacle(SALESFORCE, class_on(START), lot) is None
    late = obstacle(SALESFORCE, class_on(date(2027, 7, 5)), lot)
    assert late is not None
    assert late.reason is Reason.DEADLINE_MISSED
    assert obstacle(SALESFORCE, class_on(date(2027, 6, 25)), lot) is None


@pytest.mark.parametrize(
    ("days", "credits"), [(365, 1_001), (10, 1_001), (9, 500), (4, 500), (3, 0), (0, 0), (-5, 0)]
)
def test_each_rung_counts_from_its_day_on(days: int, credits: int) -> None:
    program = laddered((10, 100), (4, 50))
    line = booked(("L1", 1_001), item=class_on(START))
    assert sum(c for _, c in back(program, line, days)) == credits


def test_what_comes_back_goes_first_to_the_lot_that_ends_last() -> None:
    program = laddered((10, 100), (4, 50))
    line = booked(("first", 300), ("last", 100), item=class_on(START))
    assert back(program, line, 10) == [("last", 100), ("first", 300)]
    assert back(program, line, 4) == [("last", 100), ("first", 100)]


def test_public_and_private_classes_have_ladders_of_their_own() -> None:
    line = booked(("L1", 100), item=class_on(START))
    private = booked(("L1", 100), item=class_on(START, audience=Audience.PRIVATE))
    fifteen_business_days = 21
    assert back(SALESFORCE, line, fifteen_business_days) == [("L1", 100)]
    assert back(SALESFORCE, private, fifteen_business_days) == [("L1", 50)]


def test_without_a_ladder_nothing_comes_back() -> None:
    none = replace(SALESFORCE, spending=replace(SALESFORCE.spending, cancelling=()))
    line = booked(("L1", 100), item=class_on(START))
    assert back(none, line, 365) == []
    no = refused(lambda: check_movable(none, line, 0, NOW.date()))
    assert (no.reason, no.facts["most"]) == (Reason.NOT_MOVABLE, 0)


def test_what_has_no_days_is_given_back_whole() -> None:
    assert back(laddered((10, 100)), booked(("L1", 7)), 0) == [("L1", 7)]


def test_a_booking_is_moved_so_often_and_while_it_would_cost_nothing_to_give_it_up() -> None:
    program = laddered((10, 100), (4, 50), moves=2)
    line = booked(("L1", 100), item=class_on(START))
    early, late = START - timedelta(days=10), START - timedelta(days=9)
    for moves in (0, 1):
        check_movable(program, line, moves, early)
    for moves, today in ((2, early), (0, late)):
        no = refused(lambda m=moves, t=today: check_movable(program, line, m, t))  # type: ignore[misc]
        assert (no.reason, no.facts["moves"], no.facts["most"]) == (Reason.NOT_MOVABLE, moves, 2)


@pytest.mark.rule("SF-41")
def test_a_refusal_leads_to_the_vendors_own_text() -> None:
    line = booked(("L1", 100), item=class_on(START))
    with pytest.raises(Refused) as refusal, documented(SALESFORCE):
        check_movable(SALESFORCE, line, 9, NOW.date())
    no = refusal.value
    assert no.facts["document"] == SALESFORCE.spending.documents["cancellation"]


@pytest.mark.parametrize(
    ("later", "days"),
    [("2026-07-10", 0), ("2026-07-11", 0), ("2026-07-13", 1), ("2026-07-17", 5), ("2026-07-01", 0)],
)
def test_business_days_between_leave_out_weekends_and_holidays(later: str, days: int) -> None:
    friday, end = date(2026, 7, 10), date.fromisoformat(later)
    assert business_days_between(friday, end, ()) == days
    assert business_days_between(friday, end, {date(2026, 7, 13)}) == max(days - 1, 0)


@pytest.mark.parametrize("rungs", [[(4, 50), (10, 100)], [(10, 50), (4, 100)], [(4, 50), (4, 20)]])
def test_a_ladder_that_goes_up_is_refused(rungs: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="not so"):
        laddered(*rungs)
