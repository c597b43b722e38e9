"""Rows that nobody chose, through CSV and XLSX: read back they are texts, and none of them runs."""

import csv
import io
import unicodedata
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import stating
from training_credits import papers
from training_credits.papers import Form
from training_credits.papers.cells import safe, shown, triggers
from training_credits.storage.names import disposition

ROWS, EXAMPLES = 400, 25  # 10,000 rows
NASTY = st.text(
    "=+-@\t\r\n|%'\",; \u00a0\uff1d\uff0b\uff0d\uff20a1\0\u200b\u202e\ufeff\u2212\u00ad_x0D",
    max_size=8,
)
TEXT = st.one_of(NASTY, NASTY.map("=cmd|{}!A1".format), st.text(max_size=12))
RUNS = frozenset("=+-\u2212@|%")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADER = st.text(st.characters(codec="utf-8"), max_size=60) | NASTY


def visible(text: str) -> str:
    """What is left without all that a reader cannot see."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ")


def cells_of(body: bytes) -> tuple[list[list[str]], set[str]]:
    """Texts of the rows of the last sheet, and the types of its cells."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        sheet = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    kinds = {cell.get("t", "n") for cell in sheet.iter(f"{MAIN}c")}
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    rows = [
        {cell.get("r", "")[0]: "".join(cell.itertext()) for cell in row}
        for row in sheet.iter(f"{MAIN}row")
    ]
    return [[row.get("D", ""), row.get("G", "")] for row in rows[1:]], kinds


@pytest.mark.proves("T14", "G10")
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(TEXT, min_size=ROWS, max_size=ROWS))
def test_no_cell_of_ten_thousand_rows_runs(titles: list[str]) -> None:
    entries = list(stating.spending(titles, "LOT"))
    as_csv, as_xlsx = (
        papers.transactions(stating.PROGRAM, entries, stating.MARCH.end, form)
        for form in (Form.CSV, Form.XLSX)
    )
    read = list(csv.reader(io.StringIO(as_csv.decode(), newline="")))[1:]
    assert [row[3] for row in read] == [safe(title) for title in titles]
    assert all(visible(cell)[:1] not in RUNS for row in read for cell in row[:6])
    found, kinds = cells_of(as_xlsx)
    assert kinds <= {"inlineStr", "n"}
    assert [unescaped(title) for title, _ in found] == [shown(title) for title in titles]
    assert {change for _, change in found} == {str(-stating.EACH)}


def unescaped(text: str) -> str:
    """As Excel reads it: an underscore that could begin an escape is itself escaped."""
    return text.replace("_x005F_", "_")


@given(TEXT)
def test_what_could_run_is_known_wherever_it_hides(text: str) -> None:
    assert triggers(text) == (safe(text) != text)
    assert visible(safe(text))[:1] not in RUNS


@pytest.mark.proves("T15")
@given(HEADER, HEADER)
def test_no_name_of_an_account_reaches_a_header_as_more_than_a_name(name: str, more: str) -> None:
    header = disposition(f"{name} statement {more}.pdf")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.count(";") == 2
    assert "\\" not in header
