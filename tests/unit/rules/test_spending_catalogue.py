"""The catalogue: collections, courses, sessions, marks and prices, as they are shown."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import refused
from tests.unit.rules.catalogue_tools import Shop, course, run
from training_credits.domain import change as c
from training_credits.domain.eligibility import check_item
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Item, Offering


@pytest.mark.rule("SF-25")
def test_the_collection_administrator_lists_6_courses_and_one_of_them_shows_3_sessions() -> None:
    shop = Shop()
    courses = [course(f"ADM-{n}", collections=["Administrator"]) for n in range(6)]
    runs = [
        run("ADM-2", "S1", "2026-09-01", mode="in_person", country="DE", language="de", seats=12),
        run("ADM-2", "S2", "2026-08-01", seats=8),
        run("ADM-2", "S3", "2026-10-01"),
    ]
    answer = shop.brings(*courses, course("DEV-1", collections=["Developer"]), *runs)
    assert (answer.rows, answer.good, answer.written, answer.bad) == (10, 10, 10, ())
    assert [one.offering for one in shop.lists("Administrator")] == [f"ADM-{n}" for n in range(6)]
    assert [one.offering for one in shop.lists("Developer")] == ["DEV-1"]
    assert len(shop.lists()) == 7
    second, first, third = shop.shows("ADM-2").sessions[1], *shop.shows("ADM-2").sessions[::2]
    assert (first.session, first.seats_left, first.language) == ("S2", 8, "en")
    assert (second.mode, second.country, second.language, second.seats_left) == (
        *("in_person", "DE", "de", 12),
    )
    assert (third.session, third.seats_left) == ("S3", None)
    assert shop.shows("ADM-1").sessions == ()


@pytest.mark.rule("SF-25")
def test_a_session_shows_the_seats_that_are_left_and_goes_with_its_first_day() -> None:
    shop = Shop()
    shop.brings(
        course("ADM-1"), run("ADM-1", "S1", "2026-07-10", seats=2), run("ADM-1", "S0", "2026-07-09")
    )
    (item,) = shop.ledger.items("salesforce", [("ADM-1", "S1")])
    assert item is not None
    assert item.session is not None
    shop.ledger.commit(c.Change(program="salesforce", writes=(c.BookSeat(session=item.session),)))
    assert [(one.session, one.seats_left) for one in shop.shows("ADM-1").sessions] == [("S1", 1)]
    shop.brings(run("ADM-1", "S1", "2026-07-10", seats=1))
    assert shop.shows("ADM-1").sessions[0].seats_left == 0
    shop.brings(run("ADM-1", "S1", "2026-07-10", seats=10))
    assert shop.shows("ADM-1").sessions[0].seats_left == 9
    shop.clock.at = datetime(2026, 7, 11, 6, 59, tzinfo=UTC)  # still the tenth in Los Angeles
    assert len(shop.shows("ADM-1").sessions) == 1
    shop.clock.at = datetime(2026, 7, 11, 7, tzinfo=UTC)
    assert shop.shows("ADM-1").sessions == ()


@pytest.mark.rule("SF-24")
def test_in_german_and_euro_a_class_costs_1400_eur_and_as_many_credits_as_in_dollars() -> None:
    shop = Shop()
    german = {"titles": {"de": "Verwaltung, Teil 1"}, "prices": {"EUR": 140_000}}
    shop.brings(course("ADM-1", title="Administration, part 1", price_minor=150_000, **german))

    def seen(language: str, currency: str) -> tuple[Any, ...]:
        (one,) = shop.lists(language=language, currency=currency)
        return one.title, one.price_minor, one.currency, one.credits

    assert seen("de", "EUR") == ("Verwaltung, Teil 1", 140_000, "EUR", 1_500)
    assert seen("de-AT", "EUR") == ("Verwaltung, Teil 1", 140_000, "EUR", 1_500)
    assert seen("fr", "GBP") == ("Administration, part 1", 150_000, "USD", 1_500)
    assert seen("en", "USD") == ("Administration, part 1", 150_000, "USD", 1_500)


@pytest.mark.rule("SF-24")
def test_the_credits_come_from_the_credit_price_where_there_is_one() -> None:
    shop = Shop()
    shop.brings(course("ADM-1", credits=1_500, prices={"EUR": 140_000}), course("ADM-2"))
    euro, none = shop.lists(currency="EUR")
    assert (euro.credits, euro.price_minor, euro.currency) == (1_500, 140_000, "EUR")
    assert (none.credits, none.price_minor, none.currency) == (None, None, None)
    assert [(one.price_minor, one.currency) for one in shop.lists()] == [(None, None)] * 2


@pytest.mark.rule("CI-07")
def test_the_filter_hides_a_course_that_is_not_marked_and_booking_it_is_refused() -> None:
    shop = Shop("cisco")
    shop.brings(
        course("X", eligible=False, credits=40), course("Y", credits=40), course("Z", type="event")
    )
    by_id = {one.offering: one for one in shop.lists()}
    assert by_id.keys() == {"X", "Y", "Z"}
    assert [one.offering for one in shop.lists(eligible=True)] == ["Y", "Z"]
    x, y = by_id["X"], by_id["Y"]
    assert (x.eligible, x.code, x.rule) == (False, "not_eligible", "CI-06")
    assert (y.eligible, y.code, y.rule, y.why) == (True, None, None, None)
    unmarked = shop.ledger.offering("cisco", "X")
    assert unmarked is not None
    no = refused(lambda: check_item(shop.program, Item(offering=unmarked)))
    assert no.reason is Reason.NOT_ELIGIBLE
    assert shop.shows("X").offering.eligible is False


def test_a_price_that_is_not_listed_in_another_currency_is_shown_in_that_of_the_credits() -> None:
    shop = Shop("cisco")
    shop.brings(course("A", price_minor=140_000, prices={"EUR": 130_000}))
    for asked, seen in (("EUR", (130_000, "EUR")), ("GBP", (140_000, "USD"))):
        (one,) = shop.lists(currency=asked)
        assert (one.price_minor, one.currency) == seen


@pytest.mark.rule("CI-06")
def test_a_lab_is_fulfilled_with_a_licence_and_a_router_cannot_be_marked() -> None:
    shop = Shop("cisco")
    answer = shop.brings(course("LAB", type="modeling_lab"), course("RT", type="router"))
    assert [(bad.row, bad.field, bad.code) for bad in answer.bad] == [(2, "type", "not_eligible")]
    shop.brings(course("LAB", type="modeling_lab"), course("RT", type="router", eligible=False))
    lab, router = shop.lists()
    assert (lab.eligible, lab.fulfilment) == (True, "licence")
    assert (router.eligible, router.fulfilment, router.code) == (False, None, "not_eligible")


@pytest.mark.rule("CI-33")
def test_what_is_never_paid_with_credits_is_listed_with_its_reason() -> None:
    shop = Shop("cisco")
    assert shop.brings(course("BOOK", type="book")).bad == ()
    (book,) = shop.lists()
    assert (book.eligible, book.code, book.rule) == (False, "not_payable", "CI-33")
    assert book.why == "Credits do not pay for book: book."


@pytest.mark.rule("CI-31")
def test_an_exam_names_the_partner_that_fulfils_it_and_a_bundle_the_store() -> None:
    shop = Shop("cisco")
    shop.brings(
        course("EX-1", type="exam", partner="Test centres", credits=4),
        course("BU-1", type="bundle", partner="Network store", credits=9),
        course("CL-1"),
    )
    partners = {one.offering: (one.partner, one.fulfilment) for one in shop.lists()}
    assert partners == {
        "EX-1": ("Test centres", "voucher"),
        "BU-1": ("Network store", "voucher"),
        "CL-1": (None, "session"),
    }
    assert shop.shows("EX-1").offering.partner == "Test centres"


@pytest.mark.rule("CI-09")
def test_what_the_advisor_books_is_listed_as_assisted() -> None:
    shop = Shop("cisco")
    shop.brings(course("CU-1", type="custom"), course("CL-1"))
    assert {one.offering: one.assisted for one in shop.lists()} == {"CU-1": True, "CL-1": False}


def test_what_is_not_offered_here_is_not_found_though_it_is_elsewhere() -> None:
    shop = Shop()
    elsewhere = Offering(offering_id="A", type="class", title="A")
    shop.ledger.commit(c.Change(program="cisco", writes=(c.PutOffering(offering=elsewhere),)))
    with pytest.raises(NotFound) as missing:
        shop.shows("A")
    assert missing.value.reason is Reason.OFFERING_NOT_FOUND
    assert shop.lists() == []
