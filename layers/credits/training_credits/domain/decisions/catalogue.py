"""What may be brought into the catalogue, and in how many transactions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training_credits.domain.change import WRITES_MAX, Change, PutOffering, PutSession, Write
from training_credits.domain.errors import Reason
from training_credits.domain.model import Offering, Session
from training_credits.domain.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of an import, by its number; the first is 1."""

    number: int
    value: Offering | Session


@dataclass(frozen=True, kw_only=True, slots=True)
class Flaw:
    """What is wrong with a row, in which field, and its stable code."""

    number: int
    field: str
    code: StrEnum
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """An import that was read: `count` rows, each good one once, and what is wrong with others.

    `named` are the offerings of bad rows: they are mended before their sessions can be judged.
    """

    count: int
    rows: tuple[Row, ...]
    flaws: tuple[Flaw, ...] = ()
    named: frozenset[str] = frozenset()


def asked_for(sheet: Sheet) -> tuple[str, ...]:
    """Offerings that must be there already: of sessions that come without theirs."""
    brought = {row.value.offering_id for row in sheet.rows if isinstance(row.value, Offering)}
    needed = (row.value.offering_id for row in sheet.rows if isinstance(row.value, Session))
    return tuple(dict.fromkeys(one for one in needed if one not in brought | sheet.named))


def flaws(program: Program, sheet: Sheet, missing: frozenset[str]) -> tuple[Flaw, ...]:
    """In the order of the rows, at most one of each; `missing` are offerings that are nowhere."""
    found = (*sheet.flaws, *_judged(program, sheet.rows, missing))
    return tuple(sorted(found, key=lambda flaw: flaw.number))


def _judged(program: Program, rows: Sequence[Row], missing: frozenset[str]) -> Iterator[Flaw]:
    for row in rows:
        value = row.value
        if isinstance(value, Offering):
            yield from _of_offering(program, row.number, value)
        elif value.ends_on < value.starts_on:
            detail = "It ends before it starts."
            yield Flaw(
                number=row.number, field="ends_on", code=Reason.DATE_NOT_POSSIBLE, detail=detail
            )
        elif value.offering_id in missing:
            yield Flaw(
                number=row.number,
                field="offering",
                code=Reason.OFFERING_NOT_FOUND,
                detail=f"There is no offering {value.offering_id}, here or in the catalogue.",
            )


def _of_offering(program: Program, number: int, offering: Offering) -> Iterator[Flaw]:
    """A type nobody knows is a slip of the pen, unless it is listed as not for credits."""
    spending = program.spending
    known = offering.type in spending.types or offering.type in spending.denied
    if offering.eligible and not known:
        yield Flaw(
            number=number,
            field="type",
            code=Reason.NOT_ELIGIBLE,
            detail=f"Credits pay for no {offering.type}: mark it as not eligible.",
        )
    elif offering.credits is not None and offering.price_minor is not None:
        yield Flaw(
            number=number,
            field="price_minor",
            code=Reason.PRICE_NOT_POSSIBLE,
            detail="The price is in credits or in money, not in both.",
        )


def changes(program: Program, rows: Iterable[Row]) -> Iterator[Change]:
    """Offerings before their sessions, in transactions of at most 60 items."""
    writes: list[Write] = []
    filled = 0
    values = (row.value for row in rows)
    for value in sorted(values, key=lambda value: isinstance(value, Session)):
        write, items = _write(value)
        if filled + items > WRITES_MAX:
            yield Change(program=program.id, writes=tuple(writes))
            writes, filled = [], 0
        writes.append(write)
        filled += items
    if writes:
        yield Change(program=program.id, writes=tuple(writes))


def _write(value: Offering | Session) -> tuple[Write, int]:
    """With the number of items it is: an offering has a place in each of its collections."""
    if isinstance(value, Session):
        return PutSession(session=value), 1
    return PutOffering(offering=value), 2 + len(set(value.collections))
