import csv
import io
import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from training_credits.domain.model import EntryKind
from training_credits.edge import csv_table, schemas

NASTY = st.text(
    "=+-@\t\r\n|%'\",; \u00a0\uff1d\uff0b\uff0d\uff20a1\0\u200b\u202e\ufeff\u2212\u00ad", max_size=8
)
TEXT = st.text(max_size=20) | NASTY
RUN = "=+-\u2212@|%"
FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff20")


def entry(title: str, learner: str, change: int) -> schemas.EntryAnswer:
    return schemas.EntryAnswer(
        entry="e",
        at=datetime(2026, 3, 5, tzinfo=UTC),
        kind=EntryKind.REDEEM,
        title=title,
        change=change,
        movements=(),
        actor="ann@acme.example",
        learner=learner,
    )


def visible(text: str) -> str:
    """What is left without all that a reader cannot see."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ")


@given(st.lists(st.tuples(TEXT, TEXT, st.integers(-1_000, 1_000)), max_size=5))
def test_no_cell_that_is_read_back_can_be_run(cells: list[tuple[str, str, int]]) -> None:
    listed = schemas.TransactionList(entries=tuple(entry(*cell) for cell in cells))
    text = csv_table.transactions(listed)
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
    once = csv_table.safe(text)
    assert csv_table.safe(once) == once
    assert once in (text, f"'{text}")
