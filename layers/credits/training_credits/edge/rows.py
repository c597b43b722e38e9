"""Rows of an import: from JSON or from a table to what the catalogue is made of, or what is bad."""

import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from training_credits.domain.decisions.catalogue import Flaw, Row, Sheet
from training_credits.domain.model import Offering, Session
from training_credits.edge import decoding, schemas
from training_credits.edge.problems import BadInput, BadRequest

SHAPES: dict[str, type[schemas.OfferingRow | schemas.SessionRow]] = {
    "offering": schemas.OfferingRow,
    "session": schemas.SessionRow,
}
COLUMNS = {"kind", *(name for shape in SHAPES.values() for name in shape.__struct_fields__)}
IN_CELLS = COLUMNS - {"prices", "titles"}
NUMBERS = {"credits", "price_minor", "seats"}
FLAGS = {"true": True, "false": False}
WHOLE = re.compile(r"-?[0-9]{1,18}")
PART = re.compile(r"(price_minor|title)_([A-Za-z-]{2,5})")
NAMED = re.compile(r"`\$\.(\w+)|field `(\w*)`")
Record = dict[str, Any]


def read(body: schemas.NewImport) -> Sheet:
    """Each row alone: whether it can be what it says."""
    sent, flaws = _records(body)
    records = list(enumerate(sent, 1))
    if len(records) > schemas.ROWS_MAX:
        raise BadRequest(BadInput.OUT_OF_RANGE, f"An import has at most {schemas.ROWS_MAX} rows.")
    rows: dict[tuple[str, ...], Row] = {}
    for number, record in records:
        found = _row(number, record)
        if isinstance(found, Row):
            first = rows.setdefault(_identity(found.value), found)
            if first.value == found.value:
                continue
            detail = f"Row {first.number} says otherwise of the same thing."
            found = _flaw(number, _own_id(found.value), BadInput.DUPLICATE_FIELD, detail)
        flaws.append(found)
    numbers = {flaw.number for flaw in flaws}
    bad = (record.get("offering") for number, record in records if number in numbers)
    return Sheet(
        count=len(records),
        rows=tuple(rows.values()),
        flaws=tuple(flaws),
        named=frozenset(name for name in bad if isinstance(name, str)),
    )


def _records(body: schemas.NewImport) -> tuple[list[Record], list[Flaw]]:
    """What was sent in the one way or the other."""
    if body.format == "csv" and body.text is not None and body.rows is None:
        return _of_table(body.text)
    if body.format == "json" and body.rows is not None and body.text is None:
        return list(body.rows), []
    field = "text" if body.format == "csv" else "rows"
    raise BadRequest(BadInput.MISSING_FIELD, f"Rows as {body.format} are sent in `{field}`.")


def _of_table(text: str) -> tuple[list[Record], list[Flaw]]:
    """One record for each line below the header, as far as it is a table."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    records: list[Record] = []
    number = 0
    try:
        header = [name.strip() for name in next(lines, [])]
        wrong = next(_wrong_in(header), None)
        if wrong:
            return [], [wrong]
        number = 1
        for cells in filter(None, lines):
            records.append(_record(header, cells))
            number += 1
    except csv.Error as error:
        return records, [_flaw(number, "", BadInput.NOT_ALLOWED, f"This is no table: {error}.")]
    return records, []


def _wrong_in(header: list[str]) -> Iterator[Flaw]:
    if "kind" not in header:
        yield _flaw(0, "kind", BadInput.MISSING_FIELD, "The first line names a column `kind`.")
    for name in header:
        if name not in IN_CELLS and not PART.fullmatch(name):
            yield _flaw(0, name, BadInput.UNKNOWN_FIELD, "There is no such column.")
        if header.count(name) > 1:
            yield _flaw(0, name, BadInput.DUPLICATE_FIELD, "There are two columns of this name.")


def _record(header: list[str], cells: list[str]) -> Record:
    """As a row of JSON: an empty cell says nothing, and one too many has no name."""
    record: Record = {}
    names = [*header, *[""] * (len(cells) - len(header))]
    for name, cell in zip(names, map(str.strip, cells), strict=False):
        if not cell:
            continue
        part = PART.fullmatch(name)
        if part:
            column = "titles" if part[1] == "title" else "prices"
            record.setdefault(column, {})[part[2]] = _value(part[1], cell)
        else:
            record[name] = _value(name, cell)
    return record


def _value(name: str, cell: str) -> Any:
    """What cannot be read stays text, and is named as what it is not."""
    if name in NUMBERS and WHOLE.fullmatch(cell):
        return int(cell)
    if name == "eligible":
        return FLAGS.get(cell.lower(), cell)
    if name == "collections":
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell


def _row(number: int, record: Record) -> Row | Flaw:
    kind = record.get("kind")
    if kind is None:
        return _flaw(number, "kind", BadInput.MISSING_FIELD, "A row says its `kind`.")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return _flaw(number, "kind", BadInput.NOT_ALLOWED, f"`kind` is {' or '.join(SHAPES)}.")
    facts = {name: value for name, value in record.items() if name != "kind"}
    try:
        said = msgspec.convert(facts, shape, strict=True)
    except msgspec.ValidationError as error:
        code = decoding.meaning(str(error))
        return _flaw(number, _field(str(error), facts), code, str(error))
    return Row(number=number, value=_meant(said))


def _field(message: str, facts: Record) -> str:
    """The member a message is about; one of no member is about a day of another millennium."""
    named = NAMED.search(message)
    if named:
        return str(named[1] or named[2])
    days = (name for name in ("starts_on", "ends_on") if not str(facts[name]).startswith("2"))
    return next(days, "")


def _meant(said: schemas.OfferingRow | schemas.SessionRow) -> Offering | Session:
    facts = msgspec.structs.asdict(said)
    if isinstance(said, schemas.SessionRow):
        return Session(offering_id=facts.pop("offering"), session_id=facts.pop("session"), **facts)
    facts["collections"] = tuple(dict.fromkeys(said.collections))
    return Offering(offering_id=facts.pop("offering"), **facts)


def _identity(value: Offering | Session) -> tuple[str, ...]:
    if isinstance(value, Session):
        return value.offering_id, value.session_id
    return (value.offering_id,)


def _own_id(value: Offering | Session) -> str:
    return "session" if isinstance(value, Session) else "offering"


def _flaw(number: int, field: str, code: StrEnum, detail: str) -> Flaw:
    return Flaw(number=number, field=field, code=code, detail=detail)
