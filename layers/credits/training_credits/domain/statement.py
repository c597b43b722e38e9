"""Statements: opening + movements = closing, to the credit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
    opening = 0
    running = 0
    lines: list[Line] = []
    by_lot: dict[str, Balance] = {}
    for entry in sorted(entries, key=lambda e: (e.at, e.entry_id)):
        for movement in entry.movements:
            before = by_lot.get(movement.lot_id, Balance())
            by_lot[movement.lot_id] = before.moved(movement)
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
        lots=_lot_lines(lots, by_lot, end),
    )


def _lot_lines(
    lots: Sequence[Lot], by_lot: dict[str, Balance], end: datetime
) -> tuple[LotLine, ...]:
    there = [lot for lot in lots if lot.granted_at < end and lot.lot_id in by_lot]
    ordered = sorted(there, key=lambda lot: (lot.expires_at, lot.granted_at, lot.lot_id))
    return tuple(LotLine(lot=lot, balance=by_lot[lot.lot_id]) for lot in ordered)
