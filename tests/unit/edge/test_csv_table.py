import csv
import io
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests import stating
from training_credits import papers
from training_credits.domain.model import Entry
from training_credits.domain.statement import state
from training_credits.edge import csv_table
from training_credits.papers import Form
from training_credits.papers.cells import safe

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def entry(title: str, learner: str | None = "Lee") -> Entry:
    return stating.entry(1, title, AT, "L", learner=learner)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.rule("AT-21")
def test_of_three_rows_the_course_named_cmd_is_written_as_text() -> None:
    bought = stating.bought(stating.lot("L", AT, 500))
    text = csv_table.transactions([entry("Jira Basics"), entry("=cmd"), bought])
    assert text == (
        '"at","entry","kind","title","learner","actor","change"\r\n'
        '"2026-03-05T12:00:00+00:00","redeem-1","redeem","Jira Basics","Lee",'
        '"ann@acme.example",-3\r\n'
        '"2026-03-05T12:00:00+00:00","redeem-1","redeem","\'=cmd","Lee",'
        '"ann@acme.example",-3\r\n'
        '"2026-03-05T12:00:00+00:00","purchase-L","purchase","Purchase","",'
        '"ann@acme.example",500\r\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "|cmd",
        "%0A",
        "\0=1",
        "\ufe63 1",
        "\u2212" + "1",
        "\u207a1",
        "\u200b=1",
        "\u200b\u200d\ufeff+1",
        " \u202e@SUM(A1)",
        "\u2028=1",
        "\u00ad-1",
        "\x01=1",
        "\u2003\u2060\uff1d1",
    ],
)
def test_what_a_spreadsheet_may_run_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Jira", "a=b", "C++ @ work", "Ünïcode", "'=1", "1-2", "\u200bJira", "\u200b"]
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_a_statement_opens_each_product_and_closes_each_after_every_line() -> None:
    lots = [
        stating.lot("L", stating.BOUGHT, 500, product="LC"),
        stating.lot("V", stating.BOUGHT, 40, product="VLC"),
    ]
    entries = [*map(stating.bought, lots), entry('"A", B', learner=None)]
    stated = state(stating.ACCOUNT, stating.MARCH, entries, lots, name="=Acme")
    text = csv_table.statement(stating.PROGRAM, stated)
    header, *told = rows(text)
    first, last = "2026-03-01T00:00:00+00:00", "2026-04-01T00:00:00+00:00"
    line = "2026-03-05T12:00:00+00:00", "redeem-1", "redeem", "LC", '"A", B', "1", ""
    assert " ".join(header) == (
        "at entry kind product title reference learner actor change balance"
    )
    assert told == [
        [first, "", "opening", "LC", "", "", "", "", "0", "500"],
        [first, "", "opening", "VLC", "", "", "", "", "0", "40"],
        [*line, "ann@acme.example", "-3", "497"],
        [last, "", "closing", "LC", "", "", "", "", "0", "497"],
        [last, "", "closing", "VLC", "", "", "", "", "0", "40"],
    ]


def test_the_answer_is_the_paper_to_the_byte() -> None:
    """Of two writers one would change."""
    stated = stating.statement(["Jira Basics", "=cmd"])
    paper = papers.statement(stating.PROGRAM, stated, Form.CSV)
    assert csv_table.statement(stating.PROGRAM, stated).encode() == paper
    entries = [line.entry for line in stated.lines]
    paper = papers.transactions(stating.PROGRAM, entries, stating.MARCH.end, Form.CSV)
    assert csv_table.transactions(entries).encode() == paper


def test_no_answer_as_csv_loads_what_writes_xlsx_or_pdf() -> None:
    """It is in a layer that these functions do not have."""
    code = (
        "import sys; import training_credits.edge.csv_table;"
        "sys.exit(bool({'reportlab', 'xlsxwriter', 'PIL'} & set(sys.modules)))"
    )
    seen = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=seen).returncode == 0
