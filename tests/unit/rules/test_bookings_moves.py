"""What is booked is moved: judged again as if it were asked for, and no credit moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.bookings_tools import JUNE, LOT, Booked, world
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Balance,
    Draw,
    EntryKind,
    HappeningKind,
    Mode,
)
from training_credits.programs import program_named
from training_credits.use_cases import bookings as use_cases

IN_TIME = date(2027, 5, 27)


def kept(made: Booked, asked: str) -> tuple[str | None, int, tuple[Draw, ...]]:
    """Session, moves and what pays of the first line."""
    line = made.redemption(asked).lines[0]
    session = line.item.session if line.item else None
    return session.session_id if session else None, line.moves, line.draws


PAID = (Draw(lot_id=LOT, credits=300),)


@pytest.mark.rule("SF-19")
@pytest.mark.rule("SF-18")
def test_from_10_june_to_5_july_is_too_late_for_a_lot_that_ends_on_1_july_and_25_june_is_not() -> (
    None
):
    made = world()
    made.runs("JUL-5", date(2027, 7, 5))
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE)
    before = made.entries()
    no = refused(lambda: made.moves(asked, "JUL-5"))
    assert (no.reason, no.facts["by"]) == (Reason.DEADLINE_MISSED, "2027-07-01")
    assert (no.facts["latest_start"], no.facts["lot"]) == ("2027-07-01", LOT)
    assert kept(made, asked) == ("JUN-10", 0, PAID)
    made.moves(asked, "JUN-25")
    assert kept(made, asked) == ("JUN-25", 1, PAID)
    assert [made.taken(one) for one in ("JUN-10", "JUL-5", "JUN-25")] == [0, 0, 1]
    assert (made.entries(), made.balance()) == (before, Balance(available=2_700, redeemed=300))


@pytest.mark.rule("SF-18")
def test_its_last_day_counts_and_not_its_first() -> None:
    made = world()
    made.runs("FITS", date(2027, 6, 28), days=4)
    made.runs("LATE", date(2027, 6, 30), days=3)
    asked = made.books(JUNE)
    no = refused(lambda: made.moves(asked, "LATE"))
    assert (no.reason, no.facts["latest_start"]) == (Reason.DEADLINE_MISSED, "2027-06-29")
    made.moves(asked, "FITS")


@pytest.mark.rule("SF-41")
def test_each_refusal_links_the_policy_in_force_on_the_day_of_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = world()
    made.runs("JUL-5", date(2027, 7, 5))
    asked = made.books(JUNE)
    ordered = made.redemption(asked).requested_at
    was = program_named("salesforce", ordered)
    documents = {"cancellation": "https://salesforce.example/new"}
    spending = replace(was.spending, documents=documents)
    new = replace(was, effective_from=date(2027, 1, 1), spending=spending)
    monkeypatch.setattr(use_cases, "program_named", lambda _, at: new if at > ordered else was)
    linked = {
        "policy": made.redemption(asked).policy,
        "document": "https://salesforce.example/academy/cancellation",
    }
    late = refused(lambda: made.moves(asked, "JUL-5"))
    made.on(IN_TIME + timedelta(days=1))
    barred = refused(lambda: made.moves(asked, "JUL-5"))
    assert [no.reason for no in (late, barred)] == [Reason.DEADLINE_MISSED, Reason.NOT_MOVABLE]
    for no in (late, barred):
        assert linked.items() <= no.facts.items()


@pytest.mark.rule("SF-19")
def test_it_is_moved_twice_and_as_long_as_it_could_be_given_back_whole() -> None:
    made = world()
    for day in (20, 21, 22):
        made.runs(f"JUN-{day}", date(2027, 6, day))
    asked = made.books(JUNE)
    made.on(IN_TIME)
    made.moves(asked, "JUN-20")
    made.clock.advance(timedelta(seconds=1))
    made.moves(asked, "JUN-21")
    no = refused(lambda: made.moves(asked, "JUN-22"))
    assert (no.reason, no.facts["moves"], no.facts["most"]) == (Reason.NOT_MOVABLE, 2, 2)
    other = made.books(JUNE)
    made.on(IN_TIME + timedelta(days=1))
    assert refused(lambda: made.moves(other, "JUN-22")).reason is Reason.NOT_MOVABLE


@pytest.mark.rule("SF-06")
def test_in_person_it_stays_in_the_country_the_credits_were_shipped_to() -> None:
    made = world()
    made.runs("BERLIN", date(2027, 6, 12), mode=Mode.IN_PERSON, country="DE")
    made.runs("BOSTON", date(2027, 6, 12), mode=Mode.IN_PERSON, country="US")
    asked = made.books(JUNE)
    no = refused(lambda: made.moves(asked, "BERLIN"))
    assert (no.reason, no.facts["country"]) == (Reason.DELIVERY_COUNTRY, "US")
    made.moves(asked, "BOSTON")


@pytest.mark.rule("CI-41")
def test_into_another_country_only_the_advisor_moves_it() -> None:
    made = world("cisco")
    kim = made.advisor()
    made.runs("PARIS", date(2027, 6, 12), country="FR")
    made.runs("LYON", date(2027, 6, 14), country="FR")
    asked = made.books(JUNE)
    no = refused(lambda: made.moves(asked, "PARIS"), Forbidden)
    assert (no.reason, no.facts["ask"]) == (Reason.ASSISTED_ONLY, {"advisor": "Kim"})
    made.moves(asked, "PARIS", who=kim)
    made.moves(asked, "LYON")
    assert kept(made, asked)[0] == "LYON"


@pytest.mark.rule("SF-09")
def test_what_a_plan_gives_for_nothing_does_not_become_what_it_does_not_give() -> None:
    made = world()
    made.agrees("signature")
    made.runs("ROOM", date(2027, 6, 12), mode=Mode.IN_PERSON)
    made.runs("ONLINE", date(2027, 6, 12))
    asked = made.books(JUNE)
    no = refused(lambda: made.moves(asked, "ROOM"))
    assert (no.reason, no.facts["success_plan"]) == (Reason.NOT_MOVABLE, "signature")
    made.moves(asked, "ONLINE")
    assert kept(made, asked) == ("ONLINE", 1, ())


@pytest.mark.rule("SF-30")
def test_what_a_plan_takes_off_everywhere_it_takes_off_there_too() -> None:
    made = world()
    made.agrees("premier")
    made.runs("ROOM", date(2027, 6, 12), mode=Mode.IN_PERSON)
    asked = made.books(JUNE)
    made.moves(asked, "ROOM")
    assert kept(made, asked) == ("ROOM", 1, (Draw(lot_id=LOT, credits=225),))


def test_there_must_be_room_for_all_who_were_booked() -> None:
    made = world()
    made.runs("SMALL", date(2027, 6, 12), seats=2)
    asked = made.books(JUNE, count=3)
    no = refused(lambda: made.moves(asked, "SMALL"))
    assert (no.reason, no.facts["seats_left"]) == (Reason.SESSION_FULL, 2)
    made.runs("SMALL", date(2027, 6, 12), seats=3)
    made.moves(asked, "SMALL")
    assert (made.taken("JUN-10"), made.taken("SMALL")) == (0, 3)


def test_the_last_seat_that_goes_at_the_last_moment_is_gone() -> None:
    made = world()
    made.runs("SMALL", date(2027, 6, 12), seats=1)
    asked = made.books(JUNE)
    made.ledger.meanwhile.append(lambda: made.books(("ADM-201", "SMALL"), who="bo"))
    assert refused(lambda: made.moves(asked, "SMALL")).reason is Reason.SESSION_FULL
    assert (made.taken("JUN-10"), made.taken("SMALL")) == (1, 1)


def test_a_session_that_has_begun_takes_nobody() -> None:
    made = world()
    made.runs("EARLY", date(2026, 7, 2))
    asked = made.books(JUNE)
    made.on(date(2026, 7, 3))
    assert refused(lambda: made.moves(asked, "EARLY")).reason is Reason.SESSION_PAST


def test_only_to_another_session_of_the_same_offering() -> None:
    made = world()
    made.lists("DEV-450")
    made.runs("DEV-1", date(2027, 6, 12), offering="DEV-450")
    asked = made.books(JUNE)
    for session in ("DEV-1", "NONE"):
        no = refused(lambda s=session: made.moves(asked, s), NotFound)  # type: ignore[misc]
        assert (no.reason, no.facts) == (Reason.OFFERING_NOT_FOUND, {"offering": "ADM-201"})
    assert refused(lambda: made.moves(asked, "JUN-10")).reason is Reason.NOT_MOVABLE


def test_what_has_no_session_is_not_moved() -> None:
    made = world("atlassian")
    asked = made.redeem(10)
    made.approve(asked)
    assert refused(lambda: made.moves(asked, "JUN-10")).reason is Reason.NOT_MOVABLE


def test_what_was_given_back_is_not_moved_and_what_waits_is_cancelled_instead() -> None:
    made = world()
    made.runs("JUN-12", date(2027, 6, 12))
    asked = made.books(JUNE)
    made.back(asked)
    no = refused(lambda: made.moves(asked, "JUN-12"), Conflict)
    assert (no.reason, no.facts) == (Reason.LINE_DONE, {"state": "returned"})
    shop = world("atlassian")
    waits = shop.redeem(10)
    no = refused(lambda: shop.moves(waits, "JUN-12"), Conflict)
    assert no.facts == {"state": "pending", "instead": "cancelRedemption"}


def test_after_a_move_what_is_given_back_frees_the_seat_it_has_then() -> None:
    made = world()
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE)
    made.moves(asked, "JUN-25")
    made.on(date(2027, 6, 11))
    made.back(asked)
    assert (made.taken("JUN-10"), made.taken("JUN-25")) == (0, 0)
    assert made.balance() == Balance(available=3_000)


def test_only_the_line_that_is_named_moves_and_the_history_says_who_moved_it() -> None:
    made = world()
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE, JUNE)
    made.moves(asked, "JUN-25", 2, who="ann")
    lines = made.redemption(asked).lines
    assert [line.moves for line in lines] == [0, 1]
    assert (made.taken("JUN-10"), made.taken("JUN-25")) == (1, 1)
    page = made.ledger.history(made.program, made.account, None, 100)
    (moved,) = [one for one in page.items if one.kind is HappeningKind.BOOKING_MOVED]
    assert (moved.actor, moved.about) == ("ann@acme.example", f"{asked}-2")
    assert moved.detail == "Administration: session JUN-25"
    assert made.of_kind(EntryKind.RETURN) == []


def test_the_same_request_again_moves_it_once() -> None:
    made = world()
    made.runs("JUN-25", date(2027, 6, 25))
    asked = made.books(JUNE)
    again = made.intent("lee", "moveLine", "a key of mine")
    assert made.moves(asked, "JUN-25", asking=again) == made.moves(asked, "JUN-25", asking=again)
    assert kept(made, asked) == ("JUN-25", 1, PAID)


@pytest.mark.rule("SF-08")
def test_a_virtual_class_is_moved_to_another_country_where_nobody_looks_at_that() -> None:
    made = world()
    made.runs("FR-25", date(2027, 6, 25), country="FR")
    asked = made.books(JUNE)
    made.moves(asked, "FR-25")
    item = made.redemption(asked).lines[0].item
    assert item is not None
    assert item.country == "FR"
