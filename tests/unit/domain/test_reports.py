"""Sums over entries, some of which fit no line of their request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.builders import pending
from training_credits.domain.model import Draw, Entry, EntryKind, Line, Movement, State
from training_credits.domain.reports import By, Report, report
from training_credits.domain.statement import Period
from training_credits.programs import program_named

NOW = datetime(2026, 7, 1, 19, tzinfo=UTC)
PERIOD = Period(start=NOW, end=NOW + timedelta(days=1))
TALK, COURSE = (
    Line(title=title, credits=10, draws=(Draw(lot_id="L", credits=10),))
    for title in ("Talk", "Course")
)
ASKED = replace(pending(20), lines=(TALK, COURSE), budgets=("TEAM",))
NUMBERS = count(1)


def entry(source: State, target: State, credits: int, learner: str | None = "lee") -> Entry:
    moved = Movement(lot_id="L", source=source, target=target, credits=credits)
    return Entry(
        entry_id=f"E{next(NUMBERS)}",
        account_id="A1",
        kind=EntryKind.REDEEM,
        at=NOW,
        movements=(moved,),
        reference=ASKED.redemption_id,
        title="Talk and 1 more",
        actor="ann",
        learner=learner,
    )


def spent(credits: int, learner: str | None = "lee") -> Entry:
    return entry(State.AVAILABLE, State.REDEEMED, credits, learner)


def returned(credits: int) -> Entry:
    return entry(State.REDEEMED, State.AVAILABLE, credits)


def delivered(credits: int) -> Entry:
    return entry(State.REDEEMED, State.DELIVERED, credits)


def reported(by: By, *entries: Entry) -> Report:
    program = program_named("atlassian", NOW)
    known = {ASKED.redemption_id: ASKED}
    return report(program, "A1", by, PERIOD, entries, known, as_of=NOW)


def test_what_comes_back_bit_by_bit_comes_back_of_each_line_to_what_was_paid_for_it() -> None:
    found = reported(By.COURSE, spent(20), returned(4), returned(4), returned(5))
    assert {row.name: row.returned for row in found.rows} == {"Talk": 10, "Course": 3}


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (By.COURSE, {"Talk": 10, "Course": 10, "Talk and 1 more": 2}),
        (By.TEAM, {"TEAM": 22}),
        (By.LEARNER, {"lee": 22}),
    ],
)
def test_what_fits_no_line_is_still_of_its_request(by: By, rows: dict[str, int]) -> None:
    assert {row.name: row.spent for row in reported(by, spent(22)).rows} == rows


@pytest.mark.parametrize("by", [By.LEARNER, By.MONTH])
def test_all_that_was_delivered_is_counted_and_how_often(by: By) -> None:
    found = reported(by, spent(20), delivered(4), delivered(5))
    (row,) = found.rows
    assert (row.delivered, row.completed) == (9, 2)
    assert (found.total.delivered, found.total.completed) == (9, 2)


def test_what_is_of_nobody_has_no_name_and_neither_has_the_sum() -> None:
    found = reported(By.LEARNER, spent(5, learner=None))
    (row,) = found.rows
    assert (row.key, row.name, row.learners) == ("", "", 0)
    assert (found.total.key, found.total.name) == ("", "")
