"""Any way to cut a history into periods tells the same story."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.histories import ACTS, BEGIN, CUTS, DAYS, PRODUCTS, Act, History
from training_credits.domain.model import Balance, Entry, EntryKind
from training_credits.domain.statement import (
    BEGINNING,
    Closing,
    Period,
    Statement,
    state,
    unbooked,
)
from training_credits.domain.telling import by_lot, in_turn

pytestmark = pytest.mark.proves("G12", "I11")

MOMENT = timedelta(microseconds=1)
END = BEGIN + timedelta(days=DAYS + 1)


def edges(cuts: list[int]) -> list[datetime]:
    return [BEGIN + timedelta(days=day) for day in sorted({0, *cuts, DAYS + 1})]


def opened(stated: Statement) -> tuple[dict[str, int], dict[str, Balance]]:
    """By product and by lot, what is not nothing."""
    return (
        {one.product: one.opening for one in stated.products if one.opening},
        {one.lot.lot_id: one.opening for one in stated.lots if one.opening.unspent},
    )


def closed(stated: Statement) -> tuple[dict[str, int], dict[str, Balance]]:
    return (
        {one.product: one.closing for one in stated.products if one.closing},
        {one.lot.lot_id: one.closing for one in stated.lots if one.closing.unspent},
    )


def adds_up(stated: Statement) -> None:
    """Of each product and each lot, and line by line."""
    for lot in stated.lots:
        assert lot.opening.unspent + lot.sums.total == lot.closing.unspent
    for one in stated.products:
        lots = [lot for lot in stated.lots if lot.lot.product == one.product]
        assert one.opening + one.sums.total == one.closing
        assert one.opening == sum(lot.opening.unspent for lot in lots)
        assert one.closing == sum(lot.closing.unspent for lot in lots)
        running = one.opening
        for line in stated.lines:
            if line.product == one.product:
                running += line.change
                assert line.balance == running >= 0
        assert running == one.closing


@settings(deadline=None)
@given(acts=ACTS, cuts=CUTS, rotated=st.integers(0, 30), filed=st.booleans())
def test_periods_chain_and_none_loses_or_repeats_an_entry(
    acts: list[Act], cuts: list[int], rotated: int, *, filed: bool
) -> None:
    made = History.of(acts)
    shuffled = made.entries[rotated:] + made.entries[:rotated]
    since = BEGINNING
    before: tuple[dict[str, int], dict[str, Balance]] = ({}, {})
    told: list[Entry] = []
    for start, end in pairwise(edges(cuts)):
        known = [entry for entry in shuffled if since.at <= entry.at < end]
        period = state("A1", Period(start=start, end=end), known, made.lots, since=since)
        assert opened(period) == before
        assert all(start <= line.entry.at < end for line in period.lines)
        adds_up(period)
        before = closed(period)
        told += [line.entry for line in period.lines]
        # The next one may begin from what was filed, or from the very beginning.
        since = period.closing if filed else BEGINNING
    moving = [entry for entry in made.entries if any(m.change for m in entry.movements)]
    assert Counter(e.entry_id for e in dict.fromkeys(told)) == Counter(e.entry_id for e in moving)
    crossing = Counter(
        (entry.entry_id, lot.product)
        for entry in moving
        for lot in made.lots
        if any(m.change for m in entry.movements if m.lot_id == lot.lot_id)
    )
    assert len(told) == len(crossing), "each entry once for each product"
    totals = dict.fromkeys(PRODUCTS, 0)
    for lot in made.lots:
        totals[lot.product] += made.balances[lot.lot_id].unspent
    assert before[0] == {product: total for product, total in totals.items() if total}


@settings(deadline=None)
@given(acts=ACTS, filed=st.integers(0, DAYS), start=st.integers(0, DAYS))
def test_from_a_filed_month_on_it_is_the_statement_from_the_beginning(
    acts: list[Act], filed: int, start: int
) -> None:
    made = History.of(acts)
    at, begin = (BEGIN + timedelta(days=min(filed, start))), BEGIN + timedelta(days=start)
    earlier = [entry for entry in made.entries if entry.at < at]
    since = state("A1", Period(start=BEGIN, end=at + MOMENT), earlier, made.lots).closing
    later = [entry for entry in made.entries if entry.at >= at]
    period = Period(start=begin, end=END)
    whole = state("A1", period, made.entries, made.lots)
    assert state("A1", period, later, made.lots, since=Closing(at=at, balances=since.balances)) == (
        whole
    )


@settings(deadline=None)
@given(acts=ACTS, first=st.integers(0, 1))
def test_two_that_overlap_are_told_as_they_can_have_happened(acts: list[Act], first: int) -> None:
    """Of each two the one that was booked later had asked before."""
    made = History.of(acts)
    for one in range(first, len(made.entries) - 1, 2):
        booked, later = made.entries[one : one + 2]
        made.entries[one] = replace(booked, at=later.at)
        made.entries[one + 1] = replace(later, at=booked.at)
    told, waiting = in_turn(made.entries)
    assert waiting == []
    for count in range(len(told)):
        kept = by_lot(told[: count + 1]).values()
        assert min(min(asdict(balance).values()) for balance in kept) >= 0
    stated = state("A1", Period(start=BEGIN, end=END), made.entries, made.lots, as_of=END)
    assert stated.balances == made.balances
    adds_up(stated)


def test_an_account_without_entries_opens_and_closes_at_nothing() -> None:
    empty = state("A1", Period(start=BEGIN, end=END), [], [])
    assert (empty.lines, empty.products, empty.lots, empty.balances) == ((), (), (), {})


def test_a_lot_without_entries_yet_is_not_stated() -> None:
    made = History.of([])
    assert state("A1", Period(start=BEGIN, end=END), [], made.lots).lots == ()


@given(acts=ACTS, closed=st.booleans())
def test_what_is_due_is_what_the_entries_leave_whatever_the_lots_say(
    acts: list[Act], *, closed: bool
) -> None:
    made = History.of(acts)
    end = max(lot.expires_at for lot in made.lots)
    first = min(lot.expires_at for lot in made.lots)
    later = [replace(lot, balance=Balance(voided=500), closed=closed) for lot in made.lots]
    assert unbooked("A1", made.entries, later, first - MOMENT) == []
    due = unbooked("A1", made.entries, later, end)
    left = {lot_id: one.available for lot_id, one in made.balances.items() if one.available}
    assert {entry.reference: -entry.change for entry in due} == left
    assert all(entry.kind is EntryKind.EXPIRE for entry in due)
    assert unbooked("A1", [*made.entries, *due], later, end) == []
    assert unbooked("A1", due, later, end, made.balances) == []
    assert unbooked("A1", [], later, end) == []
