"""What a statement says, as tables: names of columns, and rows of typed cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from training_credits.domain.calendar import local_date
from training_credits.domain.columns import COLUMNS
from training_credits.domain.model import Entry
from training_credits.domain.program import Program
from training_credits.domain.statement import LotLine, ProductLine, Statement
from training_credits.papers.words import words

Cell = str | int | Decimal | date | datetime
ENTRIES = (
    "at",
    "entry",
    "kind",
    "product",
    "title",
    "reference",
    "learner",
    "actor",
    "change",
    "balance",
)
LOTS = (
    "order",
    "lot",
    "product",
    "granted_on",
    "expires_on",
    "days_left",
    "credits",
    "opening",
    "closing",
    "currency",
    "paid",
)
TRANSACTIONS = ("at", "entry", "kind", "title", "learner", "actor", "change")


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows come one at a time: a long table is never held whole."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def of_statement(program: Program, stated: Statement) -> tuple[Table, ...]:
    """What it comes to, its lots, and its entries with the balance after each."""
    zone = ZoneInfo(program.time_zone)
    said = words()["statement"]
    facts: list[tuple[Cell, Cell]] = [
        (said["title"], program.name),
        (said["account"], stated.name or ""),
        (said["number"], stated.account_id),
        (said["start"], stated.start.astimezone(zone)),
        (said["end"], stated.end.astimezone(zone)),
        (said["as_of"], stated.as_of.astimezone(zone)),
        (said["zone"], program.time_zone),
    ]
    for product in stated.products:
        facts += [("", ""), *_summed(program, product)]
    lots = (_lot(program, line, stated.as_of) for line in stated.lots)
    return (
        Table(name="summary", columns=("fact", "value"), rows=facts),
        Table(name="lots", columns=LOTS, rows=lots),
        entries_of(stated),
    )


def entries_of(stated: Statement) -> Table:
    """Each product opens and closes once; what lies between is every entry."""
    return Table(name="entries", columns=ENTRIES, rows=_entries(stated))


def of_transactions(entries: Iterable[Entry]) -> Table:
    """One row an entry."""
    rows = (
        (e.at, e.entry_id, e.kind, e.title, e.learner or "", e.actor, e.change) for e in entries
    )
    return Table(name="transactions", columns=TRANSACTIONS, rows=rows)


def product_names(program: Program) -> dict[str, str]:
    """By id."""
    return {each.id: each.name for each in program.products}


def _summed(program: Program, product: ProductLine) -> Iterator[tuple[Cell, Cell]]:
    said, ends = words(), product.next_expiry
    yield said["columns"]["product"], product_names(program).get(product.product, product.product)
    yield said["statement"]["opening"], product.opening
    for name in COLUMNS:
        yield said["sums"][name], product.sums.by_column[name]
    yield said["statement"]["closing"], product.closing
    for currency, minor in sorted(product.paid_minor.items()):
        yield f"{said['statement']['paid']} ({currency})", _units(minor)
    if ends is not None:
        yield said["statement"]["ends_next"], ends.expires_on
        yield said["statement"]["of_it"], ends.credits


def _lot(program: Program, line: LotLine, as_of: datetime) -> tuple[Cell, ...]:
    lot, left = line.lot, line.closing.unspent
    return (
        lot.order_number,
        lot.lot_id,
        lot.product,
        local_date(lot.granted_at, program.time_zone),
        lot.expires_on,
        program.days_left(lot.expires_on, as_of),
        lot.credits,
        line.opening.unspent,
        left,
        lot.currency,
        _units(lot.paid_for(left)),
    )


def _entries(stated: Statement) -> Iterator[tuple[Cell, ...]]:
    for product in stated.products:
        yield _balance("opening", stated.start, product.product, product.opening)
    for line in stated.lines:
        e = line.entry
        yield (
            e.at,
            e.entry_id,
            e.kind,
            line.product,
            e.title,
            e.reference,
            e.learner or "",
            e.actor,
            line.change,
            line.balance,
        )
    for product in stated.products:
        yield _balance("closing", stated.as_of, product.product, product.closing)


def _balance(kind: str, at: datetime, product: str, credits: int) -> tuple[Cell, ...]:
    return (at, "", kind, product, "", "", "", "", 0, credits)


def _units(minor: int) -> Decimal:
    """In the notation of every currency whose minor unit is a hundredth."""
    return Decimal(minor).scaleb(-2)
