"""Any way to cut a history into periods tells the same story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import issued, lot_of
from training_credits.domain.model import Balance, Entry, EntryKind, Lot, Movement, State
from training_credits.domain.statement import state, unbooked

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 400
MOMENT = timedelta(microseconds=1)
TARGETS = {
    EntryKind.REDEEM: State.REDEEMED,
    EntryKind.HOLD: State.HELD,
    EntryKind.EXPIRE: State.EXPIRED,
}
SPENDING = st.tuples(st.integers(0, DAYS), st.integers(1, 300), st.sampled_from(list(TARGETS)))
CUTS = st.lists(st.integers(0, DAYS + 1), max_size=8)


def history(spent: list[tuple[int, int, EntryKind]]) -> tuple[list[Entry], list[Lot]]:
    """Two lots of 500, bought on the first day, and what was taken from them."""
    lots = [lot_of(name, 500, BEGIN + timedelta(days=9_999), BEGIN) for name in ("L1", "L2")]
    entries = [
        written(n, 0, EntryKind.PURCHASE, issued(lot.lot_id, 500)) for n, lot in enumerate(lots)
    ]
    left = {"L1": 500, "L2": 500}
    for number, (day, credits, kind) in enumerate(sorted(spent), start=len(entries)):
        lot_id = "L1" if left["L1"] else "L2"
        if take := min(credits, left[lot_id]):
            left[lot_id] -= take
            movement = Movement(
                lot_id=lot_id, source=State.AVAILABLE, target=TARGETS[kind], credits=take
            )
            entries.append(written(number, day, kind, movement))
    return entries, lots


def written(number: int, day: int, kind: EntryKind, movement: Movement) -> Entry:
    return Entry(
        entry_id=f"{number:03}",
        account_id="A1",
        kind=kind,
        at=BEGIN + timedelta(days=day),
        movements=(movement,),
        reference="r",
        title="t",
        actor="a",
    )


@settings(deadline=None)
@given(spent=st.lists(SPENDING, max_size=12), cuts=CUTS, rotated=st.integers(0, 12))
def test_periods_chain_and_none_loses_or_repeats_an_entry(
    spent: list[tuple[int, int, EntryKind]], cuts: list[int], rotated: int
) -> None:
    entries, lots = history(spent)
    shuffled = entries[rotated:] + entries[:rotated]
    edges = [BEGIN + timedelta(days=n) for n in sorted({0, *cuts, DAYS + 1})]
    closing, lines = 0, []
    for start, end in pairwise(edges):
        known = [entry for entry in shuffled if entry.at < end]
        period = state("A1", start, end, known, lots)
        assert period.opening == closing
        assert period.opening + sum(period.sums().values()) == period.closing
        assert sum(line.balance.unspent for line in period.lots) == period.closing
        assert all(start <= line.entry.at < end for line in period.lines)
        closing = period.closing
        lines += [line.entry for line in period.lines]
    assert lines == [entry for entry in entries if entry.change]
    assert closing == sum(entry.change for entry in entries)


def test_an_account_without_entries_opens_and_closes_at_nothing() -> None:
    empty = state("A1", BEGIN, BEGIN + timedelta(days=31), [], [])
    assert (empty.opening, empty.closing, empty.lines, empty.lots) == (0, 0, (), ())
    assert empty.sums() == {}


def test_a_lot_without_entries_yet_is_not_stated() -> None:
    lot = lot_of("L1", 500, BEGIN + timedelta(days=400), BEGIN)
    assert state("A1", BEGIN, BEGIN + timedelta(days=31), [], [lot]).lots == ()


@given(spent=st.lists(SPENDING, max_size=12), closed=st.booleans())
def test_what_is_due_is_what_the_entries_leave_whatever_the_lots_say(
    spent: list[tuple[int, int, EntryKind]], *, closed: bool
) -> None:
    entries, lots = history(spent)
    end = lots[0].expires_at
    later = [replace(lot, balance=Balance(voided=500), closed=closed) for lot in lots]
    assert unbooked("A1", entries, later, end - MOMENT) == []
    due = unbooked("A1", entries, later, end)
    left = state("A1", BEGIN, end, entries, lots).lots
    assert [entry.change for entry in due] == [
        -line.balance.available for line in left if line.balance.available
    ]
    assert unbooked("A1", [*entries, *due], later, end) == []
    assert unbooked("A1", [], later, end) == []
