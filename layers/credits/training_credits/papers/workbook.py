"""Tables as a workbook: numbers are numbers, days are days, and text is never anything else."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from training_credits.domain.program import Program
from training_credits.papers.cells import shown, triggers
from training_credits.papers.tables import Cell, Table, product_names
from training_credits.papers.words import words

# A row is written to a file as soon as it is complete, and no text becomes what it looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDE = {"title": 44, "fact": 32, "value": 24, "entry": 34, "lot": 20, "order": 20}
WIDE |= {"learner": 28, "actor": 28, "at": 18, "product": 22, "reference": 24}
TEXT_MAX = 32_767


class Look(StrEnum):
    """How cells are formatted."""

    HEAD = "head"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    INSTANT = "instant"
    QUOTED = "quoted"


FORMATS: dict[Look, dict[str, Any]] = {
    Look.HEAD: {"bold": True, "bg_color": "#F3F6F9", "bottom": 1, "text_wrap": True},
    Look.WHOLE: {"num_format": "#,##0"},
    Look.MONEY: {"num_format": "#,##0.00"},
    Look.DAY: {"num_format": "yyyy-mm-dd", "align": "left"},
    Look.INSTANT: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    # As if typed with an apostrophe: it stays text when somebody edits the cell.
    Look.QUOTED: {"quote_prefix": True},
}


def written(program: Program, tables: Sequence[Table], *, title: str, at: datetime) -> bytes:
    """A sheet for each table, dated `at`; instants are those of the program's time zone."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        made = at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": shown(title), "author": shown(program.name), "created": made})
        formats = {look: book.add_format(how) for look, how in FORMATS.items()}
        for table in tables:
            sheet = book.add_worksheet(words()["sheets"][table.name])
            _Sheet(sheet, formats, program).write(table)
    return out.getvalue()


class _Sheet:
    def __init__(self, sheet: Worksheet, formats: dict[Look, Any], program: Program) -> None:
        self._sheet, self._formats = sheet, formats
        self._zone = ZoneInfo(program.time_zone)
        self._named = {"kind": words()["kinds"], "product": product_names(program)}

    def write(self, table: Table) -> None:
        """Headings that stay in sight and on every printed page, then the rows."""
        sheet = self._sheet
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, WIDE.get(name, 13))
            sheet.write_string(0, column, words()["columns"][name], self._formats[Look.HEAD])
        for number, row in enumerate(table.rows, 1):
            for column, (name, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(number, column, self._named.get(name, {}).get(cell, cell))

    def _cell(self, row: int, column: int, cell: Cell) -> None:
        sheet, formats = self._sheet, self._formats
        if isinstance(cell, str):
            text = shown(cell)[:TEXT_MAX]
            quoted = formats[Look.QUOTED] if triggers(text) else None
            if text:
                sheet.write_string(row, column, text, quoted)
        elif isinstance(cell, datetime):
            wall = cell.astimezone(self._zone).replace(tzinfo=None)
            sheet.write_datetime(row, column, wall, formats[Look.INSTANT])
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, formats[Look.DAY])
        elif isinstance(cell, Decimal):
            sheet.write_number(row, column, float(cell), formats[Look.MONEY])
        else:
            sheet.write_number(row, column, cell, formats[Look.WHOLE])
