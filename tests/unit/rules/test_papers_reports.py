"""Reports add up to the ledger, whatever makes their rows."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.bookings_tools import LOT, Booked, world
from training_credits.domain.change import Record
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import EntryKind, Movement, Role, State
from training_credits.domain.reports import By, Report, Row
from training_credits.use_cases import reports

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
FIGURES = ("spent", "returned", "delivered", "completed")


def reported(
    made: Booked, by: By, start: datetime = BEFORE, end: datetime = LATER, who: str = "ann"
) -> Report:
    return reports.report(
        made.ledger, made.clock, made.caller(who), made.account, by, start=start, end=end
    )


def shown(made: Booked, by: By) -> dict[str, tuple[int, ...]]:
    """Of each row its requests and learners, and what was spent, returned and delivered."""
    return {
        row.name: (row.requests, row.learners, row.spent, row.returned, row.delivered)
        for row in reported(made, by).rows
    }


def sums(row: Row) -> dict[str, int]:
    return {name: getattr(row, name) for name in FIGURES}


def booked(made: Booked, kind: EntryKind) -> int:
    """What the ledger says."""
    return sum(movement.credits for entry in made.of_kind(kind) for movement in entry.movements)


@pytest.fixture
def summer() -> Booked:
    """Two courses, three learners, two teams; one seat came back, one was completed."""
    made = world("atlassian", credits=5_000)
    made.clock.advance(timedelta(hours=1))
    made.lists("JIRA", title="Jira for all", credits=200)
    made.runs("J-1", date(2027, 3, 1), offering="JIRA")
    made.cap("Support", 1_500, "lee", "kim")
    made.cap("Berlin", 1_000, "kim")
    both = made.books(("ADM-201", "JUN-10"), ("JIRA", "J-1"))
    made.on(date(2026, 8, 3))
    made.books(("JIRA", "J-1"), who="kim")
    made.clock.advance(timedelta(hours=1))
    made.approve(made.redeem(50, "mia", title="A talk"))
    made.on(date(2026, 9, 1))
    made.back(both, line=1)
    made.reports(both, line=2)
    return made


@pytest.mark.rule("AT-34")
def test_by_course_each_line_counts_where_it_belongs(summer: Booked) -> None:
    assert shown(summer, By.COURSE) == {
        "Jira for all": (2, 2, 400, 0, 200),
        "Administration": (1, 1, 300, 300, 0),
        "A talk": (1, 1, 50, 0, 0),
    }
    first, second, third = reported(summer, By.COURSE).rows
    assert (first.key, second.key, third.key) == ("JIRA", "ADM-201", "A talk")
    assert [(row.net, row.completed) for row in (first, second, third)] == [
        (400, 1),
        (0, 0),
        (50, 0),
    ]


@pytest.mark.rule("AT-34")
def test_by_learner_whoever_asked_is_named(summer: Booked) -> None:
    assert shown(summer, By.LEARNER) == {
        "lee@acme.example": (1, 1, 500, 300, 200),
        "kim@acme.example": (1, 1, 200, 0, 0),
        "mia@acme.example": (1, 1, 50, 0, 0),
    }


def test_by_team_who_is_in_two_budgets_is_in_one_row_and_who_is_in_none_too(
    summer: Booked,
) -> None:
    assert shown(summer, By.TEAM) == {
        "Support": (1, 1, 500, 300, 200),
        "Berlin, Support": (1, 1, 200, 0, 0),
        "": (1, 1, 50, 0, 0),
    }
    keys = {row.name: row.key for row in reported(summer, By.TEAM).rows}
    ids = [summer.budget(name).budget_id for name in ("Berlin", "Support")]
    assert keys == {"Berlin, Support": "+".join(ids), "Support": ids[1], "": ""}


def test_by_month_those_of_the_program_follow_each_other() -> None:
    made = world("cisco", credits=100)
    made.lists(credits=10)
    for hour in (6, 8):
        made.clock.at = datetime(2026, 8, 1, hour, tzinfo=UTC)
        made.books(("ADM-201", "JUN-10"))
    found = [(row.key, row.spent) for row in reported(made, By.MONTH).rows]
    assert found == [("2026-07", 10), ("2026-08", 10)]


@pytest.mark.rule("AT-34")
@pytest.mark.parametrize("by", By)
def test_the_rows_add_up_to_the_ledger(summer: Booked, by: By) -> None:
    found = reported(summer, by)
    total = Counter[str]()
    for row in found.rows:
        total.update(sums(row))
    spent, back = booked(summer, EntryKind.REDEEM), booked(summer, EntryKind.RETURN)
    assert (total["spent"], total["returned"]) == (spent, back) == (750, 300)
    assert total["delivered"] == booked(summer, EntryKind.DELIVER) == 200
    assert sums(found.total) == total
    assert (found.total.net, found.total.requests, found.total.learners) == (450, 3, 3)


@pytest.mark.parametrize("by", By)
def test_what_belongs_to_a_period_is_in_it_and_in_no_other(summer: Booked, by: By) -> None:
    cut = summer.of_kind(EntryKind.REDEEM)[1].at
    parts = [(BEFORE, cut), (cut, cut + MOMENT), (cut + MOMENT, LATER)]
    seen = [reported(summer, by, *part).total for part in parts]
    assert [row.spent for row in seen] == [500, 200, 50]
    assert [row.returned for row in seen] == [0, 0, 300]
    assert [row.completed for row in seen] == [0, 0, 1]
    before, _, after = (reported(summer, by, *part) for part in parts)
    assert (before.as_of, after.as_of) == (cut, summer.clock())


def test_credits_of_several_lots_and_several_instruments_are_counted_once() -> None:
    made = world("atlassian", credits=200)
    made.buy(400)
    made.books(("ADM-201", "JUN-10"))
    assert shown(made, By.COURSE) == {"Administration": (1, 1, 300, 0, 0)}


def test_a_hold_is_no_spending_and_neither_is_what_ends() -> None:
    made = world("cisco", credits=1_000)
    made.lists("SOLO", title="Alone", credits=40)
    made.redeem(40, sales_order=LOT, title="Asked for")
    assert reported(made, By.COURSE).rows == ()
    made.clock.advance(timedelta(days=400))
    assert reported(made, By.COURSE).rows == ()


def test_what_is_unknown_is_reported_under_the_title_of_its_entry(
    summer: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request is never deleted; were one lost, its credits would not be."""
    monkeypatch.setattr(type(summer.ledger), "redemptions", lambda *_: ())
    assert shown(summer, By.COURSE) == {
        "Administration and 1 more": (1, 1, 500, 0, 0),
        "Jira for all": (1, 1, 200, 0, 200),
        "A talk": (1, 1, 50, 0, 0),
        "Administration": (0, 0, 0, 300, 0),
    }


def test_what_is_refuted_comes_back_to_the_courses_that_are_still_out(summer: Booked) -> None:
    """All of a request at once, in one entry: of the first line everything had come back."""
    spent = summer.of_kind(EntryKind.REDEEM)[0]
    wrong = Movement(lot_id=LOT, source=State.DELIVERED, target=State.AVAILABLE, credits=200)
    refuted = replace(
        spent,
        entry_id="refute-CASE",
        kind=EntryKind.REFUTE,
        at=summer.clock() + timedelta(seconds=1),
        movements=(wrong,),
    )
    summer.commit(Record(entry=refuted))
    summer.clock.advance(timedelta(seconds=1))
    rows = {row.name: (row.spent, row.returned) for row in reported(summer, By.COURSE).rows}
    assert rows == {"Administration": (300, 300), "Jira for all": (400, 200), "A talk": (50, 0)}
    assert reported(summer, By.LEARNER).total.net == 250


def test_a_report_is_for_those_who_see_statements(summer: Booked) -> None:
    summer.add("fay", Role.FINANCE)
    summer.add("bill", Role.BUYER)
    for by in (By.COURSE, By.TEAM):
        assert (
            reported(summer, by, who="fay")
            == reported(summer, by)
            == reported(summer, by, who="olga")
        )
        no = refused(partial(reported, summer, by, who="bill"), Forbidden)
        assert no.reason is Reason.NOT_PERMITTED
        no = refused(partial(reported, summer, by, who="eve"), NotFound)
        assert no.reason is Reason.ACCOUNT_NOT_FOUND


def test_a_period_goes_forward_and_has_begun(summer: Booked) -> None:
    now = summer.clock()
    no = refused(lambda: reported(summer, By.MONTH, now, now))
    assert no.reason is Reason.PERIOD_REVERSED
    no = refused(lambda: reported(summer, By.MONTH, now + MOMENT, LATER))
    assert no.reason is Reason.PERIOD_IN_FUTURE


def test_of_too_many_requests_courses_are_not_reported_but_learners_are(
    summer: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "REQUESTS_MAX", 3)
    assert reported(summer, By.COURSE).total.requests == 3
    monkeypatch.setattr(reports, "REQUESTS_MAX", 2)
    for by in (By.COURSE, By.TEAM):
        no = refused(partial(reported, summer, by))
        assert no.reason is Reason.PERIOD_TOO_LONG
    assert len(reported(summer, By.LEARNER).rows) == 3
