"""Tables as CSV that a spreadsheet can only read, never run."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from training_credits.papers.cells import safe
from training_credits.papers.tables import Cell, Table


def written(table: Table) -> bytes:
    """Texts in quotes, numbers without; days and instants as RFC 3339 has them."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(_rows(table))
    return out.getvalue().encode()


def _rows(table: Table) -> Iterator[list[str | int]]:
    for row in table.rows:
        yield [_cell(cell) for cell in row]


def _cell(cell: Cell) -> str | int:
    if isinstance(cell, int):
        return cell
    return safe(cell.isoformat() if isinstance(cell, date) else str(cell))
