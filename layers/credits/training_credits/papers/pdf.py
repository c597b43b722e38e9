"""A statement as one hands it to a finance department."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from training_credits.domain.program import Program
from training_credits.domain.statement import Line, LotLine, ProductLine, Statement
from training_credits.papers.grid import Column, Grid, Row
from training_credits.papers.sheet import (
    BODY,
    HEADING,
    LABEL,
    LEFT,
    MUTED,
    RIGHT,
    SMALL,
    STRONG,
    Sheet,
    Style,
)
from training_credits.papers.summary import draw_summary
from training_credits.papers.typefaces import BOLD, cut, plain
from training_credits.papers.words import change, day, money, whole, words

TITLE = Style(size=19, name=BOLD)
SUBTITLE = Style(size=10, ink=MUTED)


def statement_pdf(program: Program, stated: Statement) -> bytes:
    """Letterhead, what it comes to, lots, and every entry with the balance after it."""
    return _Paper(program, stated).made()


class _Paper:
    def __init__(self, program: Program, stated: Statement) -> None:
        self._program, self._stated = program, stated
        self._zone = ZoneInfo(program.time_zone)
        self._said = words()["statement"]
        self._several = len(stated.products) > 1
        self._name = stated.name or stated.account_id
        title = f"{self._said['title']}, {self._period()}"
        foot = f"{program.name}  ·  {self._name}  ·  {self._period()}"
        self._sheet = Sheet(f"{title}: {self._name}", program.name, foot, stated.as_of)

    def made(self) -> bytes:
        """The file."""
        self._letterhead()
        for product in self._stated.products:
            draw_summary(self._sheet, self._program, self._stated, product)
        self._lots()
        self._entries()
        return self._sheet.done()

    def _period(self) -> str:
        first, last = self._days()
        if first == last:
            return day(first)
        return str(self._said["period_of"].format(start=day(first), end=day(last)))

    def _days(self) -> tuple[date, date]:
        """The first and the last one, where the credits are sold."""
        last = min(self._stated.end, self._stated.as_of) - timedelta(microseconds=1)
        start = self._stated.start.astimezone(self._zone)
        return start.date(), max(start, last.astimezone(self._zone)).date()

    def _letterhead(self) -> None:
        sheet, stated = self._sheet, self._stated
        room = RIGHT - LEFT
        sheet.text(LEFT, sheet.y - 14, cut(self._program.name, BOLD, TITLE.size, room), TITLE)
        sheet.text(LEFT, sheet.y - 31, self._said["title"], SUBTITLE)
        sheet.rule(sheet.y - 44, thick=2)
        sheet.y -= 62
        running = stated.as_of < stated.end
        as_of = self._instant(stated.as_of) if running else day(self._days()[1])
        facts = (
            (self._said["account"], plain(self._name), 0.0),
            (self._said["number"], stated.account_id, 176.0),
            (self._said["period"], self._period(), 290.0),
            (self._said["as_of"], as_of, 414.0),
        )
        ends = [x for _, _, x in facts[1:]] + [room]
        for (label, value, x), end in zip(facts, ends, strict=True):
            sheet.text(LEFT + x, sheet.y, label.upper(), LABEL)
            shown = cut(value, BOLD, STRONG.size, end - x - 8)
            sheet.text(LEFT + x, sheet.y - 12, shown, STRONG)
        if running:
            sheet.text_to(RIGHT, sheet.y - 23, self._said["running"], SMALL)
        sheet.y -= 38

    def _heading(self, text: str) -> None:
        if not self._sheet.room(110):
            self._sheet.turn()
        self._sheet.y -= 28
        self._sheet.text(LEFT, self._sheet.y, text, HEADING)
        self._sheet.y -= 14

    def _lots(self) -> None:
        self._heading(self._said["lots"])
        if not self._stated.lots:
            self._sheet.text(LEFT, self._sheet.y, self._said["no_lots"], BODY)
            return
        said = words()["columns"]
        columns = [
            Column(heading=said["order"], wide=0),
            *self._product_column(),
            Column(heading=said["granted_on"], wide=60),
            Column(heading=said["expires_on"], wide=60),
            Column(heading=said["days_left"], wide=34, number=True),
            Column(heading=said["credits"], wide=52, number=True),
            Column(heading=said["closing"], wide=52, number=True),
            Column(heading=said["paid"], wide=82, number=True),
        ]
        Grid(self._sheet, columns).rows(map(self._lot, self._stated.lots))

    def _product_column(self) -> list[Column]:
        """Where there are several: by the short names that their boxes say, too."""
        heading = words()["columns"]["product"]
        return [Column(heading=heading, wide=52)] if self._several else []

    def _lot(self, line: LotLine) -> Row:
        lot = line.lot
        left = self._program.days_left(lot.expires_on, self._stated.as_of)
        before = (lot.reissued_from,) if lot.reissued_from else ()
        went = [
            self._said[name].format(lot=other)
            for name, others in (("from_lot", before), ("into_lot", line.reissued_to))
            for other in others
        ]
        unspent = line.closing.unspent
        return Row(
            cells=[
                lot.order_number,
                *([lot.product] if self._several else []),
                day(lot.granted_at.astimezone(self._zone).date()),
                day(lot.expires_on),
                whole(max(left, 0)),
                whole(lot.credits),
                whole(unspent),
                money(lot.paid_for(unspent), lot.currency) if unspent else "",
            ],
            notes=", ".join(went),
        )

    def _entries(self) -> None:
        self._heading(self._said["entries"])
        said = words()["columns"]
        columns = [
            Column(heading=said["at"], wide=86),
            Column(heading=said["kind"], wide=72),
            Column(heading=said["title"], wide=0),
            *self._product_column(),
            Column(heading=said["change"], wide=62, number=True),
            Column(heading=said["balance"], wide=66, number=True),
        ]
        Grid(self._sheet, columns).rows(self._entry_rows())
        self._sheet.text(
            LEFT,
            self._sheet.y - 14,
            self._said["times"].format(zone=self._program.time_zone),
            SMALL,
        )

    def _entry_rows(self) -> Iterator[Row]:
        first, last = map(day, self._days())
        for product in self._stated.products:
            yield self._balance("opening", first, product, product.opening)
        if not self._stated.lines:
            empty = ["", "", self._said["no_entries"], *([""] if self._several else []), "", ""]
            yield Row(cells=empty)
        yield from map(self._entry, self._stated.lines)
        for product in self._stated.products:
            yield self._balance("closing", last, product, product.closing)

    def _balance(self, kind: str, on: str, product: ProductLine, credits: int) -> Row:
        middle = [product.product] if self._several else []
        cells = [on, self._said[kind], "", *middle, "", whole(credits)]
        return Row(cells=cells, strong=True)

    def _entry(self, line: Line) -> Row:
        entry = line.entry
        people = dict.fromkeys(who for who in (entry.learner, entry.actor) if who)
        return Row(
            cells=[
                self._instant(entry.at),
                words()["kinds"][entry.kind],
                entry.title,
                *([line.product] if self._several else []),
                change(line.change),
                whole(line.balance),
            ],
            notes="  ·  ".join((*people, entry.reference)),
        )

    def _instant(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{day(local.date())}, {local:%H:%M}"
