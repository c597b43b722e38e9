"""What a product comes to: how the opening becomes the closing, and what ends next."""

from collections import Counter
from datetime import date

from training_credits.domain.program import Program
from training_credits.domain.statement import ProductLine, Statement
from training_credits.papers.sheet import (
    ACCENT,
    BODY,
    HEADING,
    LABEL,
    LEFT,
    RIGHT,
    SMALL,
    STRONG,
    Sheet,
    Style,
)
from training_credits.papers.tables import product_names
from training_credits.papers.typefaces import BOLD, cut
from training_credits.papers.words import change, day, money, whole, words

BIG = Style(size=15, name=BOLD, ink=ACCENT)
SIDE, INSET, STEP, LATER_STEP = 168.0, 12.0, 15.0, 13.0
LATER_MAX = 5
RARE = ("extensions", "voids", "disputes")


def draw_summary(sheet: Sheet, program: Program, stated: Statement, product: ProductLine) -> None:
    """Two boxes side by side, never over the end of a page."""
    rows = _rows(product)
    high = len(rows) * STEP + 34
    if not sheet.room(high + 10):
        sheet.turn()
    middle = RIGHT - SIDE
    sheet.box(LEFT, sheet.y - high, middle - 10 - LEFT, high)
    sheet.box(middle, sheet.y - high, SIDE, high)
    left, right, top = LEFT + INSET, middle - 10 - INSET, sheet.y - 17
    name = product_names(program).get(product.product, product.product)
    if len(stated.products) > 1:
        name = f"{name} ({product.product})"
    sheet.text(left, top, cut(name, BOLD, HEADING.size, right - left), HEADING)
    for label, value, strong in rows:
        top -= STEP
        style = STRONG if strong else BODY
        sheet.text(left, top, label, style)
        sheet.text_to(right, top, value, style)
        if strong:
            sheet.rule(top + 11, start=left, end=right)
    _ends_next(sheet, program, stated, product, middle + INSET)
    sheet.y -= high + 12


def _rows(product: ProductLine) -> list[tuple[str, str, bool]]:
    """Label, number, and whether it is a balance; what is rare only where it happened."""
    said, sums = words(), product.sums.by_column.items()
    moved = [(said["sums"][n], change(v), False) for n, v in sums if v or n not in RARE]
    paid = ", ".join(money(v, c) for c, v in sorted(product.paid_minor.items()))
    return [
        (said["statement"]["opening"], whole(product.opening), True),
        *moved,
        (said["statement"]["closing"], whole(product.closing), True),
        *([(said["statement"]["paid"], paid, False)] if paid else []),
    ]


def _ends_next(
    sheet: Sheet, program: Program, stated: Statement, product: ProductLine, x: float
) -> None:
    said, ends, y = words()["statement"], product.next_expiry, sheet.y - 17
    sheet.text(x, y + 1, said["ends_next"].upper(), LABEL)
    if ends is None:
        sheet.text(x, y - 18, said["nothing_ends"], BODY)
        return
    left = program.days_left(ends.expires_on, stated.as_of)
    sheet.text(x, y - 22, said["credits"].format(credits=whole(ends.credits)), BIG)
    told = said["on_day"].format(day=day(ends.expires_on), days=whole(left))
    sheet.text(x, y - 37, told, BODY)
    y -= 58
    for on, credits in _later(stated, product):
        sheet.text(x, y, day(on), SMALL)
        sheet.text_to(RIGHT - INSET, y, whole(credits), SMALL)
        y -= LATER_STEP


def _later(stated: Statement, product: ProductLine) -> list[tuple[date, int]]:
    """The days after the next one on which something ends, a few of them."""
    ends: Counter[date] = Counter()
    for line in stated.lots:
        if line.lot.product == product.product:
            ends[line.lot.expires_on] += line.closing.available
    return sorted((on, credits) for on, credits in ends.items() if credits)[1:LATER_MAX]
