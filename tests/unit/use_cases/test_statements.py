from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.figures import figures
from tests.unit.use_cases.conftest import at
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import Balance, Role
from training_credits.domain.statement import Statement
from training_credits.use_cases import entries, statements
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)


def stated(world: World, year: int, month: int, who: str = "ann") -> Statement:
    return statements.monthly_statement(
        world.ledger, world.clock, world.caller(who), world.account, year, month
    )


@pytest.mark.rule("CI-17")
@pytest.mark.parametrize("swept", [False, True])
def test_each_month_opens_where_the_last_one_closed(year: World, *, swept: bool) -> None:
    if swept:
        sweep(year.ledger, year.clock, lambda: True)
    assert figures(stated(year, 2026, 1)) == (0, {}, 0)
    assert figures(stated(year, 2026, 2)) == (0, {"purchases": 500}, 500)
    assert figures(stated(year, 2026, 3)) == (500, {"redemptions": -300}, 200)
    assert figures(stated(year, 2026, 4)) == (200, {}, 200)
    assert figures(stated(year, 2026, 6)) == (200, {"purchases": 1_000}, 1_200)
    assert figures(stated(year, 2027, 1)) == (1_200, {}, 1_200)
    assert figures(stated(year, 2027, 2)) == (1_200, {"expiries": -200}, 1_000)
    assert figures(stated(year, 2027, 5)) == (1_000, {}, 1_000)
    assert figures(stated(year, 2027, 6)) == (1_000, {"expiries": -1_000}, 0)
    assert figures(stated(year, 2027, 8)) == (0, {}, 0)


def test_each_line_carries_the_balance_after_it(year: World) -> None:
    statement = stated(year, 2026, 3)
    assert (statement.start, statement.end) == (
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
    )
    (line,) = statement.lines
    assert (line.entry.title, line.change, line.balance) == ("Jira Basics", -300, 200)


@pytest.mark.rule("AT-11")
def test_lots_are_stated_as_they_stood_at_the_end_of_the_month(year: World) -> None:
    march = stated(year, 2026, 3).lots
    assert [(line.lot.expires_on, line.closing) for line in march] == [
        (date(2027, 2, 10), Balance(available=200, redeemed=300))
    ]
    february = stated(year, 2027, 2).lots
    assert [(line.lot.expires_on, line.closing.unspent) for line in february] == [
        (date(2027, 2, 10), 0),
        (date(2027, 6, 1), 1_000),
    ]


def test_an_expiry_is_stated_in_the_month_of_its_instant_not_of_its_date() -> None:
    world = ready(clock=StoppedClock(datetime(2026, 1, 31, 12, tzinfo=UTC)))
    world.buy(500)
    world.clock.at = at(2027, 3, 1)
    assert figures(stated(world, 2027, 1)) == (500, {}, 500)
    assert figures(stated(world, 2027, 2)) == (500, {"expiries": -500}, 0)


@pytest.mark.parametrize(("after", "closing"), [(-MOMENT, 500), (0 * MOMENT, 0), (MOMENT, 0)])
def test_a_statement_of_this_month_runs_up_to_now(after: timedelta, closing: int) -> None:
    world = ready()
    world.buy(500)
    world.clock.at = world.book().lots[0].expires_at + after
    assert figures(stated(world, 2027, 2))[2] == closing


def test_what_is_held_is_not_yet_spent_and_makes_no_line() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    statement = stated(world, 2026, 2)
    assert figures(statement) == (0, {"purchases": 61}, 61)
    assert statement.lots[0].closing == Balance(available=39, held=22)
    world.approve(asked)
    assert figures(stated(world, 2026, 2)) == (0, {"purchases": 61, "redemptions": -22}, 39)


def test_a_month_is_that_of_the_program() -> None:
    world = ready(program="cisco", clock=StoppedClock(datetime(2026, 3, 1, 7, 59, tzinfo=UTC)))
    world.grant("SO-5001", 61, invoice=date(2026, 2, 28))
    assert figures(stated(world, 2026, 2))[2] == 61
    assert refused(lambda: stated(world, 2026, 3)).reason is Reason.PERIOD_IN_FUTURE
    world.clock.advance(timedelta(minutes=1))
    assert figures(stated(world, 2026, 3)) == (61, {}, 61)


def test_a_statement_is_read_by_owners_by_whoever_is_there_for_it_and_by_operators() -> None:
    world = ready()
    world.buy(500)
    world.add("fay", Role.FINANCE)
    world.add("bill", Role.BUYER)
    assert stated(world, 2026, 2, "fay") == stated(world, 2026, 2)
    assert refused(lambda: stated(world, 2026, 2, "bill"), Forbidden).reason is Reason.NOT_PERMITTED
    assert stated(world, 2026, 2, "olga") == stated(world, 2026, 2)
    no = refused(lambda: stated(world, 2026, 2, "eve"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
    world.account = "A-unknown"
    no = refused(lambda: stated(world, 2026, 2, "olga"), NotFound)
    assert no.reason is Reason.ACCOUNT_NOT_FOUND


def test_a_long_history_is_read_page_by_page_and_refused_beyond_twenty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entries, "PAGE", 2)
    world = ready()
    for _ in range(40):
        world.buy(1)
    assert figures(stated(world, 2026, 2))[2] == 40
    world.buy(1)
    assert refused(lambda: stated(world, 2026, 2)).reason is Reason.PERIOD_TOO_LONG


def of_period(world: World, start: datetime, end: datetime) -> Statement:
    return statements.period_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, start=start, end=end
    )


@pytest.mark.parametrize("days", [0, -1])
def test_a_statement_of_a_period_that_ends_before_it_starts_is_refused(
    year: World, days: int
) -> None:
    start = at(2026, 2, 10)
    ends = start + timedelta(days=days)
    assert refused(lambda: of_period(year, start, ends)).reason is Reason.PERIOD_REVERSED


def test_a_period_begins_by_now_and_may_end_later(year: World) -> None:
    now = year.clock()
    soon = of_period(year, now - MOMENT, now + MOMENT)
    assert (soon.as_of, soon.end) == (now, now + MOMENT)
    assert of_period(year, now, now + MOMENT).lines == ()
    no = refused(lambda: of_period(year, now + MOMENT, now + 2 * MOMENT))
    assert no.reason is Reason.PERIOD_IN_FUTURE


def test_a_period_is_stated_from_its_first_instant_to_before_its_last(year: World) -> None:
    bought, spent = at(2026, 2, 10), at(2026, 3, 5)
    assert figures(of_period(year, bought, spent)) == (0, {"purchases": 500}, 500)
    assert figures(of_period(year, bought + MOMENT, spent)) == (500, {}, 500)
    whole = of_period(year, bought, spent + MOMENT)
    assert figures(whole) == (0, {"purchases": 500, "redemptions": -300}, 200)
