from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import refused
from tests.unit.use_cases.conftest import at
from tests.world import World, ready
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Entry, EntryKind
from training_credits.ports import Page
from training_credits.use_cases import entries, statements

MOMENT = timedelta(microseconds=1)


def transactions(
    world: World, start: datetime, end: datetime, cursor: str | None = None, limit: int = 100
) -> Page[Entry]:
    return statements.transactions(
        world.ledger,
        world.clock,
        world.caller("ann"),
        world.account,
        start=start,
        end=end,
        cursor=cursor,
        limit=limit,
    )


@pytest.mark.rule("AT-21")
def test_transactions_are_listed_from_the_first_instant_to_before_the_last(year: World) -> None:
    def kinds(start: datetime, end: datetime) -> list[EntryKind]:
        return [entry.kind for entry in transactions(year, start, end).items]

    assert kinds(at(2026, 2, 10), at(2026, 6, 1)) == [EntryKind.PURCHASE, EntryKind.REDEEM]
    assert kinds(at(2026, 2, 10) + MOMENT, at(2026, 6, 1) + MOMENT) == [
        EntryKind.REDEEM,
        EntryKind.PURCHASE,
    ]


def test_transactions_come_page_by_page(year: World) -> None:
    first = transactions(year, at(2026, 1, 1), at(2027, 1, 1), limit=2)
    rest = transactions(year, at(2026, 1, 1), at(2027, 1, 1), first.cursor, limit=2)
    assert (len(first.items), len(rest.items), rest.cursor) == (2, 1, None)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_that_ends_before_it_starts_is_refused(year: World, days: int) -> None:
    start = at(2026, 2, 10)
    assert refused(lambda: transactions(year, start, start + timedelta(days=days))).reason is (
        Reason.PERIOD_REVERSED
    )


def test_transactions_are_for_members(year: World) -> None:
    year = replace(year, account="A-unknown")
    assert refused(lambda: transactions(year, at(2026, 1, 1), at(2027, 1, 1)), NotFound).reason is (
        Reason.ACCOUNT_NOT_FOUND
    )


def export(world: World, start: datetime, end: datetime, who: str = "ann") -> Page[Entry]:
    return statements.all_transactions(
        world.ledger, world.clock, world.caller(who), world.account, start=start, end=end
    )


@pytest.mark.rule("AT-21")
def test_an_export_holds_the_whole_period_and_does_not_end_in_the_middle(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "PAGE", 1)
    whole = export(year, at(2026, 1, 1), at(2027, 1, 1))
    assert whole.cursor is None
    assert [entry.change for entry in whole.items] == [500, -300, 1_000]
    one = export(year, at(2026, 3, 5), at(2026, 6, 1))
    assert [entry.title for entry in one.items] == ["Jira Basics"]


def test_an_export_of_more_than_20000_entries_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert entries.PAGE * entries.PAGES_MAX == 20_000
    monkeypatch.setattr(entries, "PAGE", 2)
    world = ready()
    for _ in range(40):
        world.buy(1)
    start, end = at(2026, 1, 1), at(2027, 1, 1)
    assert len(export(world, start, end).items) == 40
    world.buy(1)
    assert refused(lambda: export(world, start, end)).reason is Reason.PERIOD_TOO_LONG
    world.clock.advance(timedelta(days=1))
    world.buy(1)
    assert len(export(world, world.clock(), end).items) == 1


def test_an_export_is_for_members_and_of_a_period(year: World) -> None:
    start, end = at(2026, 1, 1), at(2027, 1, 1)
    assert (
        refused(lambda: export(year, start, end, "eve"), NotFound).reason
        is Reason.ACCOUNT_NOT_FOUND
    )
    assert refused(lambda: export(year, end, start)).reason is Reason.PERIOD_REVERSED
    assert refused(lambda: export(year, start, start)).reason is Reason.PERIOD_REVERSED
