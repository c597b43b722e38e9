"""Statements, transactions and vouchers as CSV that a spreadsheet can only read, never run."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from training_credits.edge import schemas

TRIGGERS = frozenset("=+-\N{MINUS SIGN}@\t\r\n\0|%")


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, also in full-width disguise (AT-21)."""
    plain = unicodedata.normalize("NFKC", text)
    seen = next((c for c in plain if c.isprintable() and not c.isspace()), "")
    first = {seen, text[:1], text.lstrip()[:1]}
    return f"'{text}" if first & TRIGGERS else text


def transactions(listed: schemas.TransactionList) -> str:
    """One row an entry; `change` is a number, all else is text."""
    header = ("at", "entry", "kind", "title", "learner", "actor", "change")
    rows = (
        (e.at.isoformat(), e.entry, e.kind, e.title, e.learner or "", e.actor, e.change)
        for e in listed.entries
    )
    return _written(header, rows)


def statement(stated: schemas.StatementAnswer) -> str:
    """Opening, one row a line with the running balance, closing."""
    header = ("at", "kind", "title", "learner", "change", "balance")
    opening = (stated.start.isoformat(), "opening", "", "", 0, stated.opening)
    closing = (stated.end.isoformat(), "closing", "", "", 0, stated.closing)
    lines = (
        (line.at.isoformat(), line.kind, line.title, line.learner or "", line.change, line.balance)
        for line in stated.lines
    )
    return _written(header, (opening, *lines, closing))


def vouchers(exported: schemas.VoucherExport) -> str:
    """One row a voucher, with its text."""
    header = ("text", "title", "usable_until", "state", "holder", "partner", "voucher")
    rows = (
        (
            each.text,
            each.title,
            each.usable_until.isoformat(),
            each.state,
            each.holder.email if each.holder else "",
            each.partner or "",
            each.voucher,
        )
        for each in exported.vouchers
    )
    return _written(header, rows)


def _written(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell if isinstance(cell, int) else safe(str(cell)) for cell in row])
    return out.getvalue()
