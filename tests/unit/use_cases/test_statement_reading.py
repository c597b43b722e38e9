"""How the entries of a statement are read: never torn, and from the newest filed month on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.figures import figures
from tests.unit.use_cases.conftest import at
from tests.world import World, ready
from training_credits.domain.calendar import month_bounds
from training_credits.domain.change import FileMonth
from training_credits.domain.errors import Reason, Unavailable
from training_credits.domain.journal import seal
from training_credits.domain.model import Approval, Balance, Entry, Lot, Month
from training_credits.domain.statement import EPOCH, Period, Statement
from training_credits.ports import Page
from training_credits.use_cases import entries, statements
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)


def stated(world: World, year: int, month: int) -> Statement:
    return statements.monthly_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, year, month
    )


def of_period(world: World, start: datetime, end: datetime) -> Statement:
    return statements.period_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, start=start, end=end
    )


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
    assert figures(before) == (200, {"expiries": -200}, 0)
    assert figures(stated(world, 2027, 2)) == (200, {"expiries": -200}, 0)
    assert stated(world, 2027, 2).lots[0].lot.closed


def test_a_statement_read_while_somebody_spends_and_buys_is_as_of_its_entries() -> None:
    ledger = MovingLedger()
    world = ready(Approval.AUTOMATIC, ledger=ledger)
    world.buy(500)
    ledger.between.append(lambda: (world.redeem(300), world.buy(100)))
    statement = stated(world, 2026, 2)
    assert figures(statement) == (0, {"purchases": 500}, 500)
    assert [line.closing for line in statement.lots] == [Balance(available=500)]
    assert figures(stated(world, 2026, 2)) == (0, {"purchases": 600, "redemptions": -300}, 300)


def file(world: World, year: int, month: int) -> None:
    """As the month's end does, in a word."""
    start, end = month_bounds(year, month, world.rules.time_zone)
    period = Month(name=f"{year}-{month:02}", start=start, end=end)
    before = world.ledger.filed(world.program, world.account, start)
    entries = [entry for entry in world.entries() if start <= entry.at < end]
    block = seal(world.program, world.account, period, before, entries).block
    world.commit(FileMonth(block=block, due=world.clock()))


def test_a_statement_begins_at_the_newest_filed_month_and_says_the_same(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [stated(year, 2026, month) for month in range(2, 12)]
    for month in (2, 3, 4, 5):
        file(year, 2026, month)
    asked: list[datetime] = []
    plain = year.ledger.entries

    def entries(program: str, account_id: str, start: datetime, *rest: Any) -> Page[Entry]:
        asked.append(start)
        return plain(program, account_id, start, *rest)

    monkeypatch.setattr(year.ledger, "entries", entries)
    assert [stated(year, 2026, month) for month in range(2, 12)] == before
    first = [month_bounds(2026, month, "UTC")[0] for month in (3, 4, 5, 6)]
    assert asked == [EPOCH, *first, *[first[-1]] * 5]


def test_what_was_bought_before_a_filed_month_and_ends_after_it_is_stated_as_it_ends(
    year: World,
) -> None:
    before = [stated(year, 2027, month) for month in (1, 2, 3)]
    for month in (2, 3):
        file(year, 2026, month)
    assert [stated(year, 2027, month) for month in (1, 2, 3)] == before
    assert figures(before[1]) == (1_200, {"expiries": -200}, 1_000)


class BusyLedger(MemoryLedger):
    """Each time entries are read, one more comes in that was asked for before."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: list[Callable[[], object]] = []

    def entries(self, *asked: Any) -> Page[Entry]:
        page = super().entries(*asked)
        if self.coming:
            self.coming.pop()()
        return page


@pytest.mark.parametrize("coming", [0, 1, 5])
def test_what_comes_in_late_is_waited_for_a_few_times(coming: int) -> None:
    ledger = BusyLedger()
    world = ready(ledger=ledger)
    world.buy(500)
    ledger.coming += [lambda: world.buy(1)] * coming
    if coming == 5:
        assert refused(lambda: stated(world, 2026, 2), Unavailable).reason is Reason.BUSY
    else:
        assert figures(stated(world, 2026, 2)) == (0, {"purchases": 500 + coming}, 500 + coming)


def test_what_is_over_for_a_minute_is_read_once(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[datetime] = []
    plain = year.ledger.entries

    def entries(
        program: str, account_id: str, start: datetime, end: datetime, *rest: Any
    ) -> Page[Entry]:
        reads.append(end)
        return plain(program, account_id, start, end, *rest)

    monkeypatch.setattr(year.ledger, "entries", entries)
    start, end = at(2026, 3, 1), at(2026, 4, 1)
    for later, times in ((timedelta(seconds=60), 1), (timedelta(seconds=59), 2)):
        reads.clear()
        year.clock.at = end + later
        of_period(year, start, end)
        assert reads == [end] * times


def test_more_entries_are_allowed_to_who_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PAGE", 2)
    monkeypatch.setattr(entries, "PAGES_MAX", 1)
    world = ready()
    for _ in range(3):
        world.buy(1)
    now = world.clock()
    period = Period(start=now, end=now + MOMENT)
    found = statements.stated(world.ledger, world.program, world.account, period, now, pages_max=2)
    assert figures(found)[2] == 3
