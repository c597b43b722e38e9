"""Statements: opening + movements = closing, to the credit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain.decisions.expiry import expiry_of
from training_credits.domain.drawing import spending_order
from training_credits.domain.model import Balance, Entry, Lot


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry, its signed change, and the unspent credits after it."""

    entry: Entry
    change: int
    balance: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LotLine:
    """A lot as it stood at the end of the period."""

    lot: Lot
    balance: Balance


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One account over [start, end): unspent credits, that is available and held."""

    account_id: str
    start: datetime
    end: datetime
    opening: int
    lines: tuple[Line, ...]
    lots: tuple[LotLine, ...]

    @property
    def closing(self) -> int:
        """The balance after the last line; the opening of the next period."""
        return self.lines[-1].balance if self.lines else self.opening

    def sums(self) -> dict[str, int]:
        """The signed change by kind of entry; with the opening they make the closing."""
        totals: dict[str, int] = {}
        for line in self.lines:
            totals[line.entry.kind] = totals.get(line.entry.kind, 0) + line.change
        return totals


def state(
    account_id: str,
    start: datetime,
    end: datetime,
    entries: Iterable[Entry],
    lots: Sequence[Lot],
) -> Statement:
    """Fold every entry before `end`, oldest first, into the statement of [start, end).

    Entries that only move credits between available and held change nothing here.
    """
    opening = running = 0
    lines: list[Line] = []
    ordered = sorted(entries, key=lambda e: (e.at, e.entry_id))
    for entry in ordered:
        running += entry.change
        if entry.at < start:
            opening = running
        elif entry.change:
            lines.append(Line(entry=entry, change=entry.change, balance=running))
    return Statement(
        account_id=account_id,
        start=start,
        end=end,
        opening=opening,
        lines=tuple(lines),
        lots=_lot_lines(lots, _by_lot(ordered)),
    )


def unbooked(
    account_id: str, entries: Sequence[Entry], lots: Sequence[Lot], now: datetime
) -> list[Entry]:
    """What the sweep will book of lots that have ended by `now`, as these entries have it.

    Not as the lots have it: they are read at another moment, and both must agree.
    """
    by_lot = _by_lot(entries)
    seen = (replace(lot, balance=by_lot.get(lot.lot_id, Balance()), closed=False) for lot in lots)
    found = (expiry_of(account_id, lot, now) for lot in seen)
    return [entry for entry in found if entry is not None]


def _by_lot(entries: Iterable[Entry]) -> dict[str, Balance]:
    balances: dict[str, Balance] = {}
    for entry in entries:
        for movement in entry.movements:
            before = balances.get(movement.lot_id, Balance())
            balances[movement.lot_id] = before.moved(movement)
    return balances


def _lot_lines(lots: Sequence[Lot], by_lot: dict[str, Balance]) -> tuple[LotLine, ...]:
    there = spending_order(lot for lot in lots if lot.lot_id in by_lot)
    return tuple(LotLine(lot=lot, balance=by_lot[lot.lot_id]) for lot in there)
