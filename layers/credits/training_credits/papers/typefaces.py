"""Text in a PDF: measured, cut, and drawn with a typeface that has its letters.

Lato has the Latin, Greek and Cyrillic letters, and figures of one width; what it lacks is drawn
with WenQuanYi Micro Hei, which has Chinese, Japanese and Korean. It is large: loaded when needed.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from training_credits.papers.cells import shown

REGULAR, BOLD = "Lato-Regular", "Lato-Bold"
MISSING = "\N{GETA MARK}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@cache
def _lato(name: str) -> TTFont:
    font = TTFont(name, str(files("fontpkg_lato") / "files" / f"{name}.ttf"))
    registerFont(font)
    return font


@cache
def _micro_hei() -> TTFont:
    path = files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc"
    font = TTFont("MicroHei", str(path), subfontIndex=0)
    registerFont(font)
    return font


@lru_cache(maxsize=10_000)
def _place(letter: str, name: str) -> tuple[TTFont, str]:
    """The typeface that has it, and what is drawn: a mark where none has."""
    for font in (_lato(name), _micro_hei()) if ord(letter) > ord("~") else (_lato(name),):
        if ord(letter) in font.face.charToGlyph:
            return font, letter
    return _micro_hei(), MISSING


def plain(text: str) -> str:
    """On one line, each letter with its accents as one, nothing that cannot be seen."""
    return shown(unicodedata.normalize("NFC", text))


def runs(text: str, name: str) -> Iterator[tuple[TTFont, str]]:
    """The text in parts of one typeface."""
    if text.isascii():
        yield _lato(name), text
        return
    placed = [_place(letter, name) for letter in text]
    for font, part in groupby(placed, key=lambda each: each[0]):
        yield font, "".join(letter for _, letter in part)


@lru_cache(maxsize=10_000)
def width(text: str, name: str, size: float) -> float:
    """How much room it takes."""
    return sum(float(font.stringWidth(part, size)) for font, part in runs(text, name))


def cut(text: str, name: str, size: float, room: float) -> str:
    """As much of it as there is room for."""
    if width(text, name, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(text[:middle].rstrip() + ELLIPSIS, name, size) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + ELLIPSIS


def wrapped(text: str, name: str, size: float, room: float, most: int) -> list[str]:
    """In at most so many lines, broken between words, or anywhere where there are none."""
    lines: list[str] = []
    rest = plain(text)
    while rest and len(lines) < most - 1 and width(rest, name, size) > room:
        taken = cut(rest, name, size, room).removesuffix(ELLIPSIS)
        space = taken.rfind(" ")
        broken = space if space > 0 and rest[len(taken) : len(taken) + 1] != " " else len(taken)
        lines.append(rest[:broken].rstrip())
        rest = rest[broken:].lstrip()
    return [*lines, cut(rest, name, size, room)] if rest else lines
