"""What may pay for something, asked before the button is pressed (CI-35).

The same functions say so here and refuse afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training_credits.domain.drawing import spending_order, why_not
from training_credits.domain.eligibility import abroad, obstacles
from training_credits.domain.model import Book, CodeScope, Item, Line, Lot
from training_credits.domain.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One lot: so many `available` credits may pay, or `why` none may and what would make it a yes.

    `assisted` says that the advisor has a look first (CI-41).
    """

    lot: Lot
    available: int
    assisted: bool = False
    why: dict[str, Any] | None = None


def most(program: Program, found: Iterable[Option]) -> int:
    """How many credits may pay for one line: of one lot where codes open no more (SF-37)."""
    each = [one.available for one in found]
    alone = program.codes.scope is CodeScope.LOT and program.spending.instruments == 1
    return max(each, default=0) if alone else sum(each)


def others(
    program: Program, book: Book, line: Line, credits: int, now: datetime
) -> list[dict[str, Any]]:
    """Lots of the account that could pay so many credits for a line, and were not named for it."""
    named = {tender.lot_id for tender in line.tenders}
    return [
        {
            "lot": one.lot.lot_id,
            "sales_order": one.lot.sales_order,
            "available": one.available,
            "expires_on": one.lot.expires_on.isoformat(),
        }
        for one in options(program, book, line.item, now)
        if one.available >= credits and not any(map(one.lot.opened_by, named))
    ]


def options(program: Program, book: Book, item: Item | None, now: datetime) -> tuple[Option, ...]:
    """Each lot of the account, in the order in which they would pay; those that ended last."""
    bar = obstacles(program, item) if item is not None else lambda _: None
    found = []
    for lot in spending_order((*book.lots, *book.past)):
        barred = not lot.usable(now) or bar(lot) is not None or not lot.balance.available
        found.append(
            Option(
                lot=lot,
                available=0 if barred else lot.balance.available,
                assisted=item is not None and abroad(program, lot, item.country),
                why=why_not(lot, now, bar) if barred else None,
            )
        )
    return tuple(sorted(found, key=lambda each: not each.lot.alive(now)))
