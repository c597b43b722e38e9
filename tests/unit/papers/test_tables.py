"""Statements and transactions as CSV and XLSX: typed cells, and nothing that runs (AT-21)."""

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from tests import stating
from training_credits import papers
from training_credits.papers import Form

TITLES = ["Jira Basics", "=cmd|' /C calc'!A0", "https://evil.example"]


def sheets(body: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def workbook() -> dict[str, list[tuple[Any, ...]]]:
    made = papers.statement(stating.PROGRAM, stating.statement(TITLES), Form.XLSX)
    return sheets(made)


@pytest.mark.rule("AT-21")
def test_of_three_transactions_the_course_named_cmd_is_text() -> None:
    entries = list(stating.spending(["Jira Basics", "=cmd", "Confluence"], "LOT"))
    body = papers.transactions(stating.PROGRAM, entries, stating.MARCH.end, Form.XLSX)
    head, *rows = sheets(body)["Transactions"]
    assert head == ("Date", "Entry", "What", "Description", "Learner", "By", "Change")
    assert [row[3] for row in rows] == ["Jira Basics", "=cmd", "Confluence"]
    assert [row[6] for row in rows] == [-3, -3, -3]
    cell = openpyxl.load_workbook(io.BytesIO(body))["Transactions"]["D3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd", "s", True)


def test_the_same_rows_as_csv_begin_with_an_apostrophe_where_they_could_run() -> None:
    entries = list(stating.spending(["Jira Basics", "=cmd"], "LOT"))
    body = papers.transactions(stating.PROGRAM, entries, stating.MARCH.end, Form.CSV)
    head, first, second = csv.reader(io.StringIO(body.decode(), newline=""))
    assert head == ["at", "entry", "kind", "title", "learner", "actor", "change"]
    assert first[2:4] == ["redeem", "Jira Basics"]
    assert second[3] == "'=cmd"
    assert second[6] == "-3"


def test_the_entries_of_a_statement_open_and_close(
    workbook: dict[str, list[tuple[Any, ...]]],
) -> None:
    _, opening, *lines, closing = workbook["Entries"]
    assert opening[2:4] == ("Opening", "Training credits")
    assert opening[9] == 1_009
    assert [line[8] for line in lines] == [12_500, -3, -3, -3]
    assert lines[-1][9] == closing[9] == 13_500
    assert [line[4] for line in lines[1:]] == TITLES
    assert opening[0] == datetime(2026, 3, 1)  # noqa: DTZ001 - a spreadsheet has wall clocks


def test_numbers_and_days_are_typed(workbook: dict[str, list[tuple[Any, ...]]]) -> None:
    summary = dict(row for row in workbook["Summary"] if row[0])
    assert summary["Opening balance"] == 1_009
    assert summary["Redemptions"] == -9
    assert summary["Closing balance"] == 13_500
    assert summary["Paid for what is left (USD)"] == 13_500
    assert summary["Ends next"] == datetime(2027, 2, 10)  # noqa: DTZ001
    head, old, new = workbook["Lots"]
    assert dict(zip(head, old, strict=True))["Left"] == 1_000
    assert dict(zip(head, new, strict=True))["Expires"] == datetime(2027, 3, 6)  # noqa: DTZ001


def test_nothing_in_the_file_is_a_formula_or_a_link() -> None:
    body = papers.statement(stating.PROGRAM, stating.statement(TITLES), Form.XLSX)
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name in parts if "externalLink" in name or "vba" in name.lower()]
    for part in parts.values():
        assert b"<f>" not in part
        assert b"<f " not in part
        assert b"hyperlink" not in part


@pytest.mark.parametrize("form", list(Form))
def test_the_same_statement_is_the_same_bytes(form: Form) -> None:
    made = [
        papers.statement(stating.PROGRAM, stating.statement([*TITLES, "北京"]), form)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0] != papers.statement(stating.PROGRAM, stating.statement(TITLES), form)


def test_a_paper_is_dated_by_what_it_states_and_not_by_when_it_was_made() -> None:
    stated = stating.statement(TITLES)
    pdf = papers.statement(stating.PROGRAM, stated, Form.PDF)
    assert pdf.count(b"(D:20260401000000Z)") == 2
    xlsx = papers.statement(stating.PROGRAM, stated, Form.XLSX)
    with zipfile.ZipFile(io.BytesIO(xlsx)) as file:
        assert file.read("docProps/core.xml").count(b">2026-04-01T00:00:00Z<") == 2
        assert {part.date_time[0] for part in file.infolist()} == {1980}
