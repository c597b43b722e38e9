import csv
import io
from datetime import UTC, datetime

import pytest

from training_credits.domain.model import EntryKind
from training_credits.edge import csv_table, schemas

AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def entry(title: str, change: int = -300, learner: str | None = "Lee") -> schemas.EntryAnswer:
    return schemas.EntryAnswer(
        entry="redeem-R1",
        at=AT,
        kind=EntryKind.REDEEM,
        title=title,
        change=change,
        movements=(),
        actor="ann@acme.example",
        learner=learner,
    )


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.rule("AT-21")
def test_of_three_rows_the_course_named_cmd_is_written_as_text() -> None:
    listed = schemas.TransactionList(
        entries=(entry("Jira Basics"), entry("=cmd"), entry("Purchase", 500, None))
    )
    text = csv_table.transactions(listed)
    assert text == (
        '"at","entry","kind","title","learner","actor","change"\r\n'
        '"2026-03-05T12:00:00+00:00","redeem-R1","redeem","Jira Basics","Lee",'
        '"ann@acme.example",-300\r\n'
        '"2026-03-05T12:00:00+00:00","redeem-R1","redeem","\'=cmd","Lee",'
        '"ann@acme.example",-300\r\n'
        '"2026-03-05T12:00:00+00:00","redeem-R1","redeem","Purchase","",'
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
    assert csv_table.safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Jira", "a=b", "C++ @ work", "Ünïcode", "'=1", "1-2", "\u200bJira", "\u200b"]
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert csv_table.safe(text) == text


def test_a_statement_has_its_opening_its_lines_and_its_closing() -> None:
    stated = schemas.StatementAnswer(
        account="A1",
        month="2026-03",
        start=datetime(2026, 3, 1, tzinfo=UTC),
        end=datetime(2026, 4, 1, tzinfo=UTC),
        opening=500,
        lines=(
            schemas.StatementLine(
                at=AT, kind=EntryKind.REDEEM, title='"A", B', change=-300, balance=200
            ),
        ),
        sums={EntryKind.REDEEM: -300},
        closing=200,
        lots=(),
    )
    assert rows(csv_table.statement(stated)) == [
        ["at", "kind", "title", "learner", "change", "balance"],
        ["2026-03-01T00:00:00+00:00", "opening", "", "", "0", "500"],
        ["2026-03-05T12:00:00+00:00", "redeem", '"A", B', "", "-300", "200"],
        ["2026-04-01T00:00:00+00:00", "closing", "", "", "0", "200"],
    ]
