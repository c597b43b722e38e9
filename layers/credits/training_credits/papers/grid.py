"""A table over as many pages as it takes; its head stands on each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training_credits.papers.sheet import (
    BODY,
    LABEL,
    LEFT,
    RIGHT,
    SMALL,
    STRONG,
    Sheet,
    Style,
)
from training_credits.papers.typefaces import cut, plain, wrapped

LEADING, NOTES_LEADING, GAP, PAD = 11.0, 9.5, 8.0, 4.5
LINES_MAX, NOTES_MAX = 3, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A heading, how wide it is, and whether numbers stand in it."""

    heading: str
    wide: float
    number: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Texts of one row; `notes` stand small under the one in the column that takes the rest."""

    cells: Sequence[str]
    notes: str = ""
    strong: bool = False


class Grid:
    """Columns from the left margin to the right one; the one that is 0 wide takes what is left."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self._sheet, self._columns = sheet, columns
        free = RIGHT - LEFT - sum(column.wide for column in columns)
        self._wide = [column.wide or free for column in columns]
        self._main = next(n for n, column in enumerate(columns) if not column.wide)

    def rows(self, rows: Iterable[Row]) -> None:
        """Head and rows; a row is never broken."""
        self._head()
        for row in rows:
            cells, notes, high = self._laid_out(row)
            if not self._sheet.room(high):
                self._sheet.turn()
                self._head()
            self._row(cells, notes, row)
            self._sheet.y -= high
            self._sheet.rule(self._sheet.y)

    def _laid_out(self, row: Row) -> tuple[list[list[str]], list[str], float]:
        style = STRONG if row.strong else BODY
        cells = [
            wrapped(text, style.name, style.size, wide - GAP, LINES_MAX)
            if index == self._main
            else [cut(plain(text), style.name, style.size, wide - GAP)]
            for index, (text, wide) in enumerate(zip(row.cells, self._wide, strict=True))
        ]
        notes = wrapped(row.notes, SMALL.name, SMALL.size, self._wide[self._main] - GAP, NOTES_MAX)
        high = max(LEADING, len(cells[self._main]) * LEADING + len(notes) * NOTES_LEADING)
        return cells, notes, high + 2 * PAD

    def _row(self, cells: Sequence[Sequence[str]], notes: Sequence[str], row: Row) -> None:
        style = STRONG if row.strong else BODY
        first = self._sheet.y - PAD - BODY.size
        for index, (x, wide) in enumerate(self._places()):
            y = first
            for text in cells[index]:
                self._cell(index, x, wide, y, text, style)
                y -= LEADING
            for text in notes if index == self._main else ():
                self._sheet.text(x, y + 0.5, text, SMALL)
                y -= NOTES_LEADING

    def _head(self) -> None:
        sheet = self._sheet
        lines = [
            wrapped(column.heading.upper(), LABEL.name, LABEL.size, wide - GAP, 2)
            for column, wide in zip(self._columns, self._wide, strict=True)
        ]
        most = max(map(len, lines))
        if not sheet.room(most * 8 + 60):  # never a head alone at the foot of a page
            sheet.turn()
        for index, (x, wide) in enumerate(self._places()):
            for number, text in enumerate(reversed(lines[index])):
                y = sheet.y - most * 8 + number * 8
                self._cell(index, x, wide, y, text, LABEL)
        sheet.y -= most * 8 + 5
        sheet.rule(sheet.y, thick=0.8)

    def _cell(self, index: int, x: float, wide: float, y: float, text: str, style: Style) -> None:
        if self._columns[index].number:
            self._sheet.text_to(x + wide, y, text, style)
        else:
            self._sheet.text(x, y, text, style)

    def _places(self) -> Iterable[tuple[float, float]]:
        x = LEFT
        for wide in self._wide:
            yield x, wide
            x += wide
