import csv
import io
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import stating
from training_credits.domain.model import Entry, Movement, State
from training_credits.edge import csv_table
from training_credits.papers.cells import safe

pytestmark = pytest.mark.proves("G10")

NASTY = st.text(
    "=+-@\t\r\n|%'\",; \u00a0\uff1d\uff0b\uff0d\uff20a1\0\u200b\u202e\ufeff\u2212\u00ad", max_size=8
)
TEXT = st.text(max_size=20) | NASTY
RUN = "=+-\u2212@|%"
FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff20")


def entry(title: str, learner: str, change: int) -> Entry:
    there, gone = State.AVAILABLE, State.REDEEMED
    source, target = (there, gone) if change < 0 else (gone, there)
    credits = abs(change)
    moved = [Movement(lot_id="L", source=source, target=target, credits=credits)] if change else []
    spent = stating.entry(1, title, datetime(2026, 3, 5, tzinfo=UTC), "L", learner=learner)
    return replace(spent, movements=tuple(moved))


def visible(text: str) -> str:
    """What is left without all that a reader cannot see."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ")


@pytest.mark.proves("T14")
@given(st.lists(st.tuples(TEXT, TEXT, st.integers(-1_000, 1_000)), max_size=5))
def test_no_cell_that_is_read_back_can_be_run(cells: list[tuple[str, str, int]]) -> None:
    text = csv_table.transactions([entry(*cell) for cell in cells])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in rows] == [7] * (len(cells) + 1)
    for row, (title, learner, change) in zip(rows[1:], cells, strict=True):
        assert row[3] in (title, f"'{title}")
        assert row[4] in (learner, f"'{learner}")
        assert int(row[6]) == change
        for cell in row[:6]:
            assert not cell.startswith(FORMULA)
            assert not cell.lstrip().startswith(FORMULA)
            assert not visible(cell)[:1] or visible(cell)[0] not in RUN


@given(TEXT)
def test_what_was_made_safe_stays_as_it_is(text: str) -> None:
    once = safe(text)
    assert safe(once) == once
    assert once in (text, f"'{text}")
