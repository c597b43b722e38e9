"""A statement as a PDF: what it says, where it says it, and in whose letters."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from tests import stating
from training_credits import papers
from training_credits.domain.columns import Sums
from training_credits.domain.model import Lot
from training_credits.domain.statement import Statement, state
from training_credits.papers import Form
from training_credits.papers.sheet import BOTTOM, LEFT, RIGHT, TOP
from training_credits.papers.typefaces import ELLIPSIS, MISSING, REGULAR, cut, width, wrapped

NAMES = [
    "Überblick für Führungskräfte",
    "Администрирование Jira",
    "北京培训课程",
    "日本語のコース",
    "한국어 과정",
    "Quản lý tri thức",
]


def made(stated: Statement) -> bytes:
    return papers.statement(stating.PROGRAM, stated, Form.PDF)


@contextmanager
def opened(body: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(body)
    yield document
    document.close()


def pages(body: bytes) -> list[str]:
    with opened(body) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_it_says_who_what_and_when() -> None:
    (page,) = pages(made(stating.statement(["Jira Basics"], "Acme Ltd")))
    for said in (
        "Atlassian training credits",
        "Statement of training credits",
        "Acme Ltd",
        stating.ACCOUNT,
        "1 Mar 2026 to 31 Mar 2026",
        "Opening balance",
        "1,003",
        "+12,500",
        "\N{MINUS SIGN}3",
        "13,500",
        "USD 13,500.00",
        "1,000 credits",
        "on 10 Feb 2027, in 315 days",
        "lee.1@acme.example",
        "1 of 1",
    ):
        assert said in page, said


@pytest.mark.parametrize("name", NAMES)
def test_names_are_written_in_their_own_letters(name: str) -> None:
    (page,) = pages(made(stating.statement([name], name)))
    assert page.count(name) == 3  # as the account, at the foot, and as a course
    assert MISSING not in page


def test_a_letter_that_no_typeface_has_leaves_a_mark() -> None:
    (page,) = pages(made(stating.statement(["\N{EGYPTIAN HIEROGLYPH A001} course"])))
    assert f"{MISSING} course" in page


def test_every_page_has_its_number_and_the_head_of_the_table() -> None:
    found = pages(made(stating.statement([f"Course {number}" for number in range(150)])))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"{number} of {len(found)}" in page
        assert "BALANCE" in page
    said = re.findall(r"Course \d+", "".join(found))
    assert said == [f"Course {number}" for number in range(150)]


def test_nothing_stands_outside_the_margins() -> None:
    long = "Wider than any column there is, and then some more of it. " * 5
    stated = stating.statement([long, "x" * 200, "北" * 200] * 10, name="Acme " * 40)
    with opened(made(stated)) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= LEFT - 1
                assert right <= RIGHT + 1
                assert top <= TOP + 8
                assert bottom >= 30
    assert BOTTOM > 60


def test_the_account_is_named_by_its_number_where_it_has_no_name() -> None:
    (page,) = pages(made(stating.statement([], None)))
    assert page.count(stating.ACCOUNT) == 3
    assert "Nothing ends next" not in page


def test_a_period_in_which_nothing_was_there_says_so() -> None:
    (page,) = pages(made(state(stating.ACCOUNT, stating.MARCH, [], [], name="Acme")))
    assert "There were no credits in this period." in page
    assert "Nothing moved in this period." in page


def test_a_period_that_is_not_over_is_preliminary() -> None:
    stated = stating.statement(["Jira Basics"])
    running = replace(stated, as_of=stating.MARCH.start + timedelta(days=20, hours=14))
    (page,) = pages(made(running))
    assert "preliminary" in page
    assert "21 Mar 2026, 14:00" in page
    assert "1 Mar 2026 to 21 Mar 2026" in page
    assert "preliminary" not in pages(made(stated))[0]


def test_two_products_are_never_added_up() -> None:
    lots: list[Lot] = [
        stating.lot("LC", stating.BOUGHT, 40),
        stating.lot("VLC", stating.BOUGHT, 7, product="VLC"),
    ]
    stated = state(stating.ACCOUNT, stating.MARCH, map(stating.bought, lots), lots, name="Acme")
    (page,) = pages(made(stated))
    assert page.count("Closing balance") == 4  # a box and a row of each
    assert "47" not in page.replace(stating.ACCOUNT, "")
    assert "PRODUCT" in page


def test_what_is_rare_is_listed_where_it_happened() -> None:
    stated = stating.statement([])
    (page,) = pages(made(stated))
    assert "Extensions" not in page
    (product,) = stated.products
    extended = replace(product, sums=replace(Sums(), extensions=5))
    (page,) = pages(made(replace(stated, products=(extended,))))
    assert "Extensions" in page


def test_a_lot_says_where_it_comes_from_and_where_it_went() -> None:
    stated = stating.statement([])
    first, second = stated.lots
    lots = (
        replace(first, reissued_to=("NEXT",)),
        replace(second, lot=replace(second.lot, reissued_from="BEFORE", sales_order="SO-7")),
    )
    (page,) = pages(made(replace(stated, lots=lots)))
    assert "goes on in NEXT" in page
    assert "goes on from BEFORE" in page
    assert "SO-7" in page


def test_many_products_go_over_to_the_next_page() -> None:
    lots = [stating.lot(f"L{n}", stating.BOUGHT, 10, product=f"P{n}") for n in range(5)]
    stated = state(stating.ACCOUNT, stating.MARCH, map(stating.bought, lots), lots)
    found = pages(made(stated))
    assert len(found) == 3
    assert sum(page.count("ENDS NEXT") for page in found) == 5


def test_text_is_cut_and_broken_to_its_room() -> None:
    assert cut("short", REGULAR, 8, 100) == "short"
    shorter = cut("a rather long text", REGULAR, 8, 40)
    assert shorter.endswith(ELLIPSIS)
    assert width(shorter, REGULAR, 8) <= 40
    assert wrapped("", REGULAR, 8, 40, 3) == []
    lines = wrapped("one two three four five six seven eight nine ten", REGULAR, 8, 40, 3)
    assert len(lines) == 3
    assert all(width(line, REGULAR, 8) <= 40 for line in lines)
    assert lines[0].split() == ["one", "two"]
    assert wrapped("北" * 20, REGULAR, 8, 40, 5) == ["北" * 4] * 5
