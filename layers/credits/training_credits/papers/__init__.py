"""Papers about credits, as files that a person opens.

The same statement makes the same bytes: what is filed can be made again. Who writes XLSX and PDF
is a library of its own layer, so it is imported only where a paper is made.
"""

import sys
from collections.abc import Iterable
from datetime import datetime
from types import ModuleType

from training_credits.domain.model import Entry
from training_credits.domain.papers import Form
from training_credits.domain.program import Program
from training_credits.domain.statement import Statement
from training_credits.papers import delimited, tables
from training_credits.papers.words import words

__all__ = ["KINDS", "Form", "statement", "transactions"]


KINDS = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}
"""Media types."""


def statement(program: Program, stated: Statement, form: Form) -> bytes:
    """A statement; as CSV only its entries."""
    if form is Form.CSV:
        return delimited.written(tables.entries_of(stated))
    if form is Form.PDF:
        # ReportLab would look for settings in the home directory, and Lambda has none: it would
        # end there. Nor may anybody's own settings change a paper.
        for own in ("reportlab_mods", "reportlab_settings"):
            sys.modules.setdefault(own, ModuleType(own))
        from training_credits.papers.pdf import statement_pdf  # noqa: PLC0415

        return statement_pdf(program, stated)
    title = words()["statement"]["title"]
    from training_credits.papers import workbook  # noqa: PLC0415

    sheets = tables.of_statement(program, stated)
    return workbook.written(program, sheets, title=title, at=stated.as_of)


def transactions(program: Program, entries: Iterable[Entry], at: datetime, form: Form) -> bytes:
    """Entries as a table, dated `at`: CSV or XLSX (AT-21)."""
    table = tables.of_transactions(entries)
    if form is Form.CSV:
        return delimited.written(table)
    from training_credits.papers import workbook  # noqa: PLC0415

    title = words()["sheets"]["transactions"]
    return workbook.written(program, (table,), title=title, at=at)
