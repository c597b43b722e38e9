"""Full cover only, or credits for a part where a program allows it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import book_of, lot_of, refused
from training_credits.domain.decisions.lines import funded, priced
from training_credits.domain.errors import Reason
from training_credits.domain.model import Line, Tender
from training_credits.programs import program_named

NOW = datetime(2026, 9, 1, tzinfo=UTC)
END = datetime(2027, 7, 2, tzinfo=UTC)
SALESFORCE = program_named("salesforce", NOW)
MIXED = replace(SALESFORCE, spending=replace(SALESFORCE.spending, part=True))


def line(credits: int | None) -> Line:
    return Line(title="Class", credits=1_200, tenders=(Tender(lot_id="L1", credits=credits),))


@pytest.mark.rule("SF-27")
def test_a_code_pays_all_of_it_or_nothing() -> None:
    owned = book_of(lot_of("L1", 1_000, END))
    asked = priced(SALESFORCE, owned, line(1_000), NOW)
    no = refused(lambda: funded(SALESFORCE, owned, [asked], NOW))
    assert no.reason is Reason.TENDER_INCOMPLETE
    whole = priced(SALESFORCE, owned, line(None), NOW)
    no = refused(lambda: funded(SALESFORCE, owned, [whole], NOW))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 200)


def test_where_a_program_allows_it_the_rest_is_paid_in_money() -> None:
    owned = book_of(lot_of("L1", 1_000, END))
    (paid,) = funded(MIXED, owned, [priced(MIXED, owned, line(1_000), NOW)], NOW)
    assert (paid.credits, paid.rest) == (1_000, 200)
    assert [draw.credits for draw in paid.draws] == [1_000]


@pytest.mark.parametrize("credits", [None, 1_200])
def test_nothing_is_left_where_the_credits_are_the_price(credits: int | None) -> None:
    owned = book_of(lot_of("L1", 2_000, END))
    assert priced(MIXED, owned, line(credits), NOW).rest == 0
