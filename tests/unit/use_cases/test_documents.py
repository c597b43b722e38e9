"""Papers on demand: who may have them, which are made, and which were filed."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.builders import refused
from tests.fakes.documents import MemoryDocuments
from tests.unit.use_cases.conftest import at
from tests.world import World
from training_credits.domain.errors import NotFound, Reason, Throttled
from training_credits.domain.papers import Form, Paper
from training_credits.ports import LINK_SECONDS_MAX
from training_credits.use_cases import documents
from training_credits.use_cases.documents import Desk, Document, Wish, make_document
from training_credits.use_cases.entries import MOMENT
from training_credits.use_cases.filing import statement_key

FEBRUARY = Wish(paper=Paper.STATEMENT, form=Form.CSV, month="2026-02")


def desk(world: World, kept: MemoryDocuments) -> Desk:
    return Desk(ledger=world.ledger, quota=world.ledger, documents=kept, clock=world.clock)


def make(world: World, kept: MemoryDocuments, wish: Wish, who: str = "ann") -> Document:
    return make_document(desk(world, kept), world.caller(who), world.account, wish)


@pytest.fixture
def kept() -> MemoryDocuments:
    return MemoryDocuments()


def rows(kept: MemoryDocuments, key: str) -> list[dict[str, str]]:
    body = kept.get(key)
    assert body is not None
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_a_statement_is_made_kept_and_linked(year: World, kept: MemoryDocuments) -> None:
    made = make(year, kept, FEBRUARY)
    ((key, (body, kind)),) = kept.kept.items()
    assert key == f"made/atlassian/{year.account}/{made.kept.sha256}.csv"
    assert kind == "text/csv; charset=utf-8"
    assert made.kept.size == len(body)
    assert made.kept.sha256 == hashlib.sha256(body).hexdigest()
    assert kept.links == [(key, made.name, LINK_SECONDS_MAX)]
    assert made.name.endswith(" statement 2026-02.csv")
    assert (made.expires_at - year.clock()).total_seconds() == LINK_SECONDS_MAX
    assert not made.filed
    opening, purchase, closing = rows(kept, key)
    assert [opening["kind"], purchase["kind"], closing["kind"]] == [
        "opening",
        "purchase",
        "closing",
    ]
    assert int(opening["balance"]) + int(purchase["change"]) == int(closing["balance"])


@pytest.mark.parametrize("form", list(Form))
def test_the_same_paper_is_kept_once(year: World, kept: MemoryDocuments, form: Form) -> None:
    wish = replace(FEBRUARY, form=form)
    first, second = make(year, kept, wish), make(year, kept, wish)
    assert first.kept == second.kept
    assert len(kept.kept) == 1
    assert len({link for link, _, _ in kept.links}) == 1


def test_a_filed_month_is_handed_out_as_it_was_filed(year: World, kept: MemoryDocuments) -> None:
    key = statement_key("atlassian", year.account, "2026-02", "csv")
    kept.put_once(key, b"as it was filed", "text/csv")
    made = [make(year, kept, FEBRUARY) for _ in range(documents.A_DAY_MAX + 1)]
    assert all(each.filed for each in made)
    assert made[-1].kept.sha256 == hashlib.sha256(b"as it was filed").hexdigest()
    assert list(kept.kept) == [key]
    assert not make(year, kept, replace(FEBRUARY, form=Form.PDF)).filed


def test_transactions_of_a_period_are_a_table(year: World, kept: MemoryDocuments) -> None:
    wish = Wish(
        paper=Paper.TRANSACTIONS,
        form=Form.CSV,
        start=at(2026, 1, 1),
        end=at(2027, 1, 1),
    )
    made = make(year, kept, wish)
    assert made.name.endswith(" transactions 2026-01-01 to 2027-01-01.csv")
    (key,) = kept.kept
    assert [row["kind"] for row in rows(kept, key)] == ["purchase", "redeem", "purchase"]


@pytest.mark.parametrize(
    "more",
    [
        {"month": None},
        {"start": at(2026, 1, 1)},
        {"month": None, "end": at(2026, 1, 1)},
        {"start": at(2026, 1, 1), "end": at(2026, 2, 1)},
    ],
)
def test_a_period_is_either_a_month_or_has_two_ends(
    year: World, kept: MemoryDocuments, more: dict[str, Any]
) -> None:
    wish = replace(FEBRUARY, **more)
    assert refused(lambda: make(year, kept, wish)).reason is Reason.PERIOD_UNCLEAR


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (at(2026, 2, 1), at(2026, 2, 1), Reason.PERIOD_REVERSED),
        (at(2099, 2, 1), at(2099, 3, 1), Reason.PERIOD_IN_FUTURE),
    ],
)
def test_a_period_that_cannot_be_stated_is_refused(
    year: World, kept: MemoryDocuments, start: datetime, end: datetime, reason: Reason
) -> None:
    wish = replace(FEBRUARY, month=None, start=start, end=end)
    assert refused(lambda: make(year, kept, wish)).reason is reason


def test_transactions_are_no_pdf(year: World, kept: MemoryDocuments) -> None:
    wish = Wish(paper=Paper.TRANSACTIONS, form=Form.PDF, month="2026-02")
    assert refused(lambda: make(year, kept, wish)).reason is Reason.FORMAT_NOT_OFFERED


def test_papers_are_for_those_who_may_read_statements(year: World, kept: MemoryDocuments) -> None:
    stranger = refused(lambda: make(year, kept, FEBRUARY, "eve"), NotFound)
    assert stranger.reason is Reason.ACCOUNT_NOT_FOUND
    assert kept.kept == {}


def test_a_day_has_room_for_so_many_and_the_next_one_again(
    year: World, kept: MemoryDocuments
) -> None:
    for _ in range(documents.A_DAY_MAX):
        make(year, kept, FEBRUARY)
    no = refused(lambda: make(year, kept, FEBRUARY), Throttled)
    assert no.reason is Reason.TOO_MANY_DOCUMENTS
    assert no.facts["most"] == documents.A_DAY_MAX
    again = datetime.fromisoformat(no.facts["again_at"])
    year.clock.advance(again - year.clock() - MOMENT)
    refused(lambda: make(year, kept, FEBRUARY), Throttled)
    year.clock.advance(MOMENT)
    make(year, kept, FEBRUARY)
