from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.use_cases.conftest import at
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import Approval, Balance, Lot, Role
from training_credits.domain.statement import Statement
from training_credits.use_cases import statements
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)


def stated(world: World, year: int, month: int, who: str = "ann") -> Statement:
    return statements.monthly_statement(
        world.ledger, world.clock, world.caller(who), world.account, year, month
    )


def figures(statement: Statement) -> tuple[int, dict[str, int], int]:
    return statement.opening, statement.sums(), statement.closing


@pytest.mark.rule("CI-17")
@pytest.mark.parametrize("swept", [False, True])
def test_each_month_opens_where_the_last_one_closed(year: World, *, swept: bool) -> None:
    if swept:
        sweep(year.ledger, year.clock, lambda: True)
    assert figures(stated(year, 2026, 1)) == (0, {}, 0)
    assert figures(stated(year, 2026, 2)) == (0, {"purchase": 500}, 500)
    assert figures(stated(year, 2026, 3)) == (500, {"redeem": -300}, 200)
    assert figures(stated(year, 2026, 4)) == (200, {}, 200)
    assert figures(stated(year, 2026, 6)) == (200, {"purchase": 1_000}, 1_200)
    assert figures(stated(year, 2027, 1)) == (1_200, {}, 1_200)
    assert figures(stated(year, 2027, 2)) == (1_200, {"expire": -200}, 1_000)
    assert figures(stated(year, 2027, 5)) == (1_000, {}, 1_000)
    assert figures(stated(year, 2027, 6)) == (1_000, {"expire": -1_000}, 0)
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
    assert [(line.lot.expires_on, line.balance) for line in march] == [
        (date(2027, 2, 10), Balance(available=200, redeemed=300))
    ]
    february = stated(year, 2027, 2).lots
    assert [(line.lot.expires_on, line.balance.unspent) for line in february] == [
        (date(2027, 2, 10), 0),
        (date(2027, 6, 1), 1_000),
    ]


def test_an_expiry_is_stated_in_the_month_of_its_instant_not_of_its_date() -> None:
    world = ready(clock=StoppedClock(datetime(2026, 1, 31, 12, tzinfo=UTC)))
    world.buy(500)
    world.clock.at = at(2027, 3, 1)
    assert figures(stated(world, 2027, 1)) == (500, {}, 500)
    assert figures(stated(world, 2027, 2)) == (500, {"expire": -500}, 0)


@pytest.mark.parametrize(("after", "closing"), [(-MOMENT, 500), (0 * MOMENT, 0), (MOMENT, 0)])
def test_a_statement_of_this_month_runs_up_to_now(after: timedelta, closing: int) -> None:
    world = ready()
    world.buy(500)
    world.clock.at = world.book().lots[0].expires_at + after
    assert stated(world, 2027, 2).closing == closing


def test_what_is_held_is_not_yet_spent_and_makes_no_line() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    statement = stated(world, 2026, 2)
    assert figures(statement) == (0, {"purchase": 61}, 61)
    assert statement.lots[0].balance == Balance(available=39, held=22)
    world.approve(asked)
    assert figures(stated(world, 2026, 2)) == (0, {"purchase": 61, "redeem": -22}, 39)


def test_a_month_is_that_of_the_program() -> None:
    world = ready(program="cisco", clock=StoppedClock(datetime(2026, 3, 1, 7, 59, tzinfo=UTC)))
    world.grant("SO-5001", 61, invoice=date(2026, 2, 28))
    assert stated(world, 2026, 2).closing == 61
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
    monkeypatch.setattr(statements, "PAGE", 2)
    world = ready()
    for _ in range(40):
        world.buy(1)
    assert stated(world, 2026, 2).closing == 40
    world.buy(1)
    assert refused(lambda: stated(world, 2026, 2)).reason is Reason.PERIOD_TOO_LONG


class MovingLedger(MemoryLedger):
    """Something happens after the entries are read, and before the lots are."""

    def __init__(self) -> None:
        super().__init__()
        self.between: list[Callable[[], object]] = []

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        if self.between:
            self.between.pop()()
        return super().lots(program, account_id)


def test_a_statement_read_while_the_sweep_comes_by_still_adds_up() -> None:
    ledger = MovingLedger()
    world = ready(Approval.AUTOMATIC, ledger=ledger)
    world.buy(500)
    world.redeem(300)
    world.clock.at = at(2027, 2, 20)
    before = stated(world, 2027, 2)
    ledger.between.append(lambda: sweep(ledger, world.clock, lambda: True))
    assert stated(world, 2027, 2) == replace(before, lots=stated(world, 2027, 2).lots)
    assert figures(before) == (200, {"expire": -200}, 0)
    assert figures(stated(world, 2027, 2)) == (200, {"expire": -200}, 0)
    assert stated(world, 2027, 2).lots[0].lot.closed


def test_a_statement_read_while_somebody_spends_and_buys_is_as_of_its_entries() -> None:
    ledger = MovingLedger()
    world = ready(Approval.AUTOMATIC, ledger=ledger)
    world.buy(500)
    ledger.between.append(lambda: (world.redeem(300), world.buy(100)))
    statement = stated(world, 2026, 2)
    assert figures(statement) == (0, {"purchase": 500}, 500)
    assert [line.balance for line in statement.lots] == [Balance(available=500)]
    assert figures(stated(world, 2026, 2)) == (0, {"purchase": 600, "redeem": -300}, 300)
