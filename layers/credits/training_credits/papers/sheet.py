"""The pages of a PDF: margins, footers with page numbers, and what is drawn with one typeface."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from training_credits.papers.typefaces import BOLD, REGULAR, cut, plain, runs, width
from training_credits.papers.words import words

WIDTH, HEIGHT = A4
LEFT, RIGHT = 48.0, WIDTH - 48.0
TOP, BOTTOM = HEIGHT - 52.0, 66.0
FOOT = 40.0
INK, MUTED, ACCENT = HexColor(0x17222E), HexColor(0x5C6875), HexColor(0x0A5A8C)
LINE, SHADE = HexColor(0xD4DBE2), HexColor(0xF3F6F9)
NUMBER = 90.0
rl_config.useA85 = 0  # a file is bytes; as text it would be a quarter larger, and slower


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How a text looks."""

    size: float = 8.5
    name: str = REGULAR
    ink: Color = INK


SMALL = Style(size=7, ink=MUTED)
LABEL = Style(size=6.5, name=BOLD, ink=MUTED)
BODY = Style()
STRONG = Style(name=BOLD)
HEADING = Style(size=11.5, name=BOLD)


class Sheet:
    """Pages one after the other, from the top down; `y` is how far the page is filled.

    A page is done when the next one begins, so that a long paper needs no more room than its file.
    What page it is of how many is drawn last, when it is known.
    """

    def __init__(self, title: str, author: str, foot: str, at: datetime) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, pageCompression=1, invariant=1)
        # The day the paper is about, not the one it was made on: the same paper, the same bytes.
        stamp = at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._canvas.setTitle(plain(title))
        self._canvas.setSubject(plain(title))
        self._canvas.setAuthor(plain(author))
        self._canvas.setCreator(plain(author))
        self._foot = cut(plain(foot), SMALL.name, SMALL.size, RIGHT - LEFT - NUMBER)
        self._page = 1
        self._ink: Color | None = None
        self.y = TOP

    def text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """From `x` to the right."""
        self._fill(style.ink)
        for font, part in runs(text, style.name):
            self._canvas.setFont(font.fontName, style.size)
            self._canvas.drawString(x, y, part)
            x += font.stringWidth(part, style.size)

    def text_to(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Up to `x`, as numbers stand."""
        self.text(x - width(text, style.name, style.size), y, text, style)

    def rule(self, y: float, *, start: float = LEFT, end: float = RIGHT, thick: float = 0) -> None:
        """A hairline, or a thick line."""
        self._canvas.setStrokeColor(ACCENT if thick else LINE)
        self._canvas.setLineWidth(thick or 0.5)
        self._canvas.line(start, y, end, y)

    def box(self, x: float, y: float, wide: float, high: float) -> None:
        """A shade behind what is drawn next."""
        self._fill(SHADE)
        self._canvas.roundRect(x, y, wide, high, 4, stroke=0, fill=1)

    def _fill(self, ink: Color) -> None:
        if self._ink is not ink:
            self._ink = ink
            self._canvas.setFillColor(ink)

    def room(self, needed: float) -> bool:
        """Whether so much fits on this page."""
        return self.y - needed >= BOTTOM

    def turn(self) -> None:
        """The next page."""
        self._footer()
        self._canvas.showPage()
        self._page += 1
        self._ink = None
        self.y = TOP

    def done(self) -> bytes:
        """The file."""
        self._footer()
        self._canvas.showPage()
        for page in range(1, self._page + 1):
            self._ink = None
            self._canvas.beginForm(f"page{page}", lowerx=0, lowery=-4, upperx=NUMBER, uppery=12)
            number = words()["statement"]["page"].format(page=page, pages=self._page)
            self.text_to(NUMBER, 0, number, SMALL)
            self._canvas.endForm()
        self._canvas.save()
        return self._out.getvalue()

    def _footer(self) -> None:
        self.rule(FOOT + 14)
        self.text(LEFT, FOOT, self._foot, SMALL)
        self._canvas.saveState()
        self._canvas.translate(RIGHT - NUMBER, FOOT)
        self._canvas.doForm(f"page{self._page}")
        self._canvas.restoreState()
