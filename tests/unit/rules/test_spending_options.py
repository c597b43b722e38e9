"""What may pay, before anything is asked for; and the same words as the refusal afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import account_of, lot_of
from training_credits.domain.model import (
    Approval,
    Book,
    Item,
    Line,
    Lot,
    Mode,
    Movement,
    Offering,
    State,
    Tender,
)
from training_credits.domain.options import Option, most, options, others
from training_credits.programs import program_named

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
CISCO = program_named("cisco", NOW)
SALESFORCE = program_named("salesforce", NOW)


def lot(name: str, credits: int, ends: str, product: str = "CLC", country: str = "US") -> Lot:
    program = CISCO if product == "CLC" else SALESFORCE
    day = date.fromisoformat(ends)
    made = lot_of(name, credits, program.expires_at(day), datetime(2026, 1, 15, tzinfo=UTC))
    return replace(made, product=product, expires_on=day, country=country, sales_order=name)


def book(*lots: Lot, **facts: object) -> Book:
    account = replace(account_of(), **{"approval": Approval.MANUAL} | facts)  # type: ignore[arg-type]
    return Book(account=account, lots=lots)


def paying(found: tuple[Option, ...]) -> dict[str, tuple[int, str | None]]:
    return {o.lot.lot_id: (o.available, o.why["why"] if o.why else None) for o in found}


@pytest.mark.rule("CI-35")
def test_a_learner_sees_the_order_and_the_credits_left() -> None:
    (only,) = options(CISCO, book(lot("SO-5001", 61, "2027-01-15")), None, NOW)
    assert (only.lot.sales_order, only.available) == ("SO-5001", 61)


def test_of_lots_that_each_pay_alone_the_largest_counts() -> None:
    """Elsewhere they pay together (SF-37, CI-38)."""
    owned = book(lot("A", 800, "2027-01-15"), lot("B", 900, "2027-02-15"))
    found = options(CISCO, owned, None, NOW)
    assert (most(CISCO, found), most(SALESFORCE, found)) == (1_700, 900)
    assert most(SALESFORCE, ()) == 0
    several = replace(SALESFORCE, spending=replace(SALESFORCE.spending, instruments=2))
    assert most(several, found) == 1_700
    single = replace(CISCO, spending=replace(CISCO.spending, instruments=1))
    assert most(single, found) == 1_700


def test_each_lot_says_why_not_in_the_words_of_the_refusal() -> None:
    event = Offering(offering_id="E", type="event", title="E", mode=Mode.IN_PERSON, country="US")
    spent = lot("spent", 5, "2027-03-01", "LC").after(
        Movement(lot_id="spent", source=State.AVAILABLE, target=State.REDEEMED, credits=5)
    )
    void = lot("void", 5, "2027-03-02", "LC").after(
        Movement(lot_id="void", source=State.AVAILABLE, target=State.VOIDED, credits=5)
    )
    owned = book(
        lot("dead", 9, "2026-02-01", "LC"),
        void,
        lot("virtual", 9, "2027-01-01", "VLC"),
        lot("abroad", 9, "2027-02-01", "LC", "DE"),
        spent,
        lot("good", 9, "2027-04-01", "LC"),
    )
    found = options(SALESFORCE, owned, Item(offering=event), NOW)
    assert paying(found) == {
        "virtual": (0, "wrong_product"),
        "abroad": (0, "delivery_country"),
        "spent": (0, "spent"),
        "void": (0, "voided"),
        "good": (9, None),
        "dead": (0, "expired"),
    }
    assert list(paying(found))[-1] == "dead"


def test_what_could_pay_instead_fits_and_suffices_and_was_not_named() -> None:
    event = Offering(offering_id="E", type="event", title="E", mode=Mode.IN_PERSON, country="US")
    owned = book(
        lot("named", 9, "2027-01-01", "LC"),
        lot("virtual", 9, "2027-02-01", "VLC"),
        lot("small", 4, "2027-03-01", "LC"),
        lot("good", 5, "2027-04-01", "LC"),
    )
    named = Tender(lot_id="named")
    asked = Line(title="E", credits=5, item=Item(offering=event), tenders=(named,))
    assert others(SALESFORCE, owned, asked, 5, NOW) == [
        {"lot": "good", "sales_order": "good", "available": 5, "expires_on": "2027-04-01"}
    ]


@pytest.mark.rule("CI-41")
def test_a_class_in_another_country_is_shown_to_go_through_the_advisor() -> None:
    class_ = Offering(offering_id="C", type="class", title="C", mode=Mode.IN_PERSON, country="DE")
    owned = book(lot("SO-1", 9, "2027-01-01"), lot("SO-2", 9, "2027-01-02", country="DE"))
    found = options(CISCO, owned, Item(offering=class_), NOW)
    assert [(each.available, each.assisted) for each in found] == [(9, True), (9, False)]
