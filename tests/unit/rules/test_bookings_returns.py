"""What is given back: its credits by the ladder, its seats, its vouchers, its budgets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.figures import figures
from tests.unit.rules.bookings_tools import JUNE, LOT, state_of, world
from training_credits.domain.errors import Conflict, NotFound, Reason
from training_credits.domain.model import (
    Audience,
    Balance,
    EntryKind,
    Line,
    LineState,
    Movement,
    State,
)
from training_credits.domain.program import Cancelling, Rung
from training_credits.programs import program_named
from training_credits.use_cases import bookings as use_cases
from training_credits.use_cases import expire, statements

FREE_UNTIL = date(2027, 5, 27)  # ten business days before 10 June


@pytest.mark.rule("SF-19")
@pytest.mark.rule("AT-38")
def test_what_is_given_back_in_time_is_all_there_again_and_its_seat_is_free() -> None:
    made = world()
    asked = made.books(JUNE)
    assert (made.balance(), made.taken("JUN-10")) == (Balance(available=2_700, redeemed=300), 1)
    made.on(FREE_UNTIL)
    made.back(asked)
    assert (made.balance(), made.taken("JUN-10")) == (Balance(available=3_000), 0)
    assert state_of(made, asked) == (LineState.RETURNED, 300)


@pytest.mark.rule("SF-19")
def test_a_day_later_nothing_comes_back_and_the_booking_stays() -> None:
    made = world()
    asked = made.books(JUNE)
    made.on(FREE_UNTIL + timedelta(days=1))
    no = refused(lambda: made.back(asked))
    assert no.reason is Reason.NOT_RETURNABLE
    assert (state_of(made, asked), made.taken("JUN-10")) == ((LineState.BOOKED, 0), 1)


@pytest.mark.rule("SF-41")
def test_the_refusal_links_the_cancellation_policy_in_force_on_the_day_of_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The vendor has another ladder since, and another text of it: neither is about this order."""
    made = world()
    asked = made.books(JUNE)
    ordered = made.redemption(asked).requested_at
    was = program_named("salesforce", ordered)
    rungs = (Rung(days_before=0, percent=100),)
    documents = {"cancellation": "https://salesforce.example/new"}
    spending = replace(was.spending, cancelling=(Cancelling(rungs=rungs),), documents=documents)
    new = replace(was, effective_from=date(2027, 1, 1), spending=spending)
    monkeypatch.setattr(use_cases, "program_named", lambda _, at: new if at > ordered else was)
    made.on(date(2027, 6, 9))
    no = refused(lambda: made.back(asked))
    assert (no.reason, no.facts) == (
        Reason.NOT_RETURNABLE,
        {
            "policy": made.redemption(asked).policy,
            "document": "https://salesforce.example/academy/cancellation",
        },
    )


def test_a_program_without_such_a_text_links_none() -> None:
    made = world("atlassian")
    asked = made.books(JUNE)
    made.on(date(2027, 6, 9))
    assert refused(lambda: made.back(asked)).facts == {"policy": "2026-01-01"}


@pytest.mark.parametrize(("day", "back"), [((2027, 5, 12), 300), ((2027, 5, 13), 150)])
@pytest.mark.rule("SF-19")
def test_a_private_class_has_a_ladder_with_a_rung_for_half(
    day: tuple[int, int, int], back: int
) -> None:
    """Twenty business days before it is 12 May."""
    made = world()
    made.lists("PRIV", audience=Audience.PRIVATE)
    made.runs("P-1", date(2027, 6, 9), offering="PRIV")
    asked = made.books(("PRIV", "P-1"))
    made.on(date(*day))
    made.back(asked)
    assert state_of(made, asked) == (LineState.RETURNED, back)
    assert made.balance() == Balance(available=2_700 + back, redeemed=300 - back)


def test_the_days_that_count_are_those_the_session_has_now() -> None:
    """The vendor has put it off: what was too late is in time again."""
    made = world()
    asked = made.books(JUNE)
    made.on(date(2027, 6, 9))
    made.runs("JUN-10", date(2027, 6, 30))
    made.back(asked)
    assert state_of(made, asked) == (LineState.RETURNED, 300)


def test_credits_of_a_lot_that_has_died_come_back_expired() -> None:
    """A class of Cisco's may be later than the end of the credits that paid for it."""
    made = world("cisco")
    made.runs("LATE", date(2027, 12, 1))
    asked = made.books(("ADM-201", "LATE"))
    made.on(date(2027, 7, 2))
    made.back(asked)
    (entry,) = made.of_kind(EntryKind.RETURN)
    assert entry.movements == (
        Movement(lot_id=LOT, source=State.REDEEMED, target=State.EXPIRED, credits=300),
    )
    assert (entry.change, made.balance()) == (0, Balance(expired=3_000))


def test_the_entry_says_who_gave_back_what_and_the_statement_counts_it() -> None:
    made = world()
    asked = made.books(JUNE)
    made.on(date(2026, 7, 2))
    made.back(asked)
    (entry,) = made.of_kind(EntryKind.RETURN)
    assert entry.entry_id == f"return-{asked}-1"
    assert (entry.title, entry.reference, entry.change) == ("Administration", asked, 300)
    assert (entry.actor, entry.learner) == ("lee@acme.example", "lee@acme.example")
    made.on(date(2026, 8, 2))
    stated = statements.monthly_statement(
        made.ledger, made.clock, made.caller("ann"), made.account, 2026, 7
    )
    sums = {"purchases": 3_000, "redemptions": -300, "returns": 300}
    assert figures(stated) == (0, sums, 3_000)


def test_each_line_of_a_request_is_given_back_by_itself_and_once() -> None:
    made = world()
    made.runs("JUN-11", date(2027, 6, 11))
    asked = made.books(JUNE, ("ADM-201", "JUN-11"))
    made.back(asked, 2)
    assert [line.state for line in made.redemption(asked).lines] == ["booked", "returned"]
    no = refused(lambda: made.back(asked, 2), Conflict)
    assert (no.reason, no.facts) == (Reason.LINE_DONE, {"state": "returned"})
    made.back(asked, 1)
    assert {e.entry_id for e in made.of_kind(EntryKind.RETURN)} == {
        f"return-{asked}-1",
        f"return-{asked}-2",
    }
    assert made.balance() == Balance(available=3_000)


@pytest.mark.parametrize("line", [0, 2, 9])
def test_a_line_that_is_not_there_is_not_found(line: int) -> None:
    made = world()
    asked = made.books(JUNE)
    no = refused(lambda: made.back(asked, line), NotFound)
    assert (no.reason, no.facts) == (Reason.LINE_NOT_FOUND, {"lines": 1})


@pytest.mark.rule("AT-38")
def test_what_is_not_booked_yet_is_cancelled_instead() -> None:
    made = world("atlassian")
    asked = made.redeem(10)
    no = refused(lambda: made.back(asked), Conflict)
    assert (no.reason, no.facts) == (
        Reason.NOT_BOOKED,
        {"state": "pending", "instead": "cancelRedemption"},
    )
    made.approve(asked)
    assert refused(lambda: made.cancel(asked), Conflict).facts["instead"] == "returnLine"
    made.back(asked)
    other = made.redeem(10)
    made.deny(other)
    assert refused(lambda: made.back(other), Conflict).facts == {"state": "denied"}


@pytest.mark.rule("SF-09")
def test_what_cost_nothing_frees_its_seat_and_moves_no_credit() -> None:
    made = world()
    made.agrees("signature")
    asked = made.books(JUNE)
    assert (made.balance(), made.taken("JUN-10")) == (Balance(available=3_000), 1)
    made.back(asked)
    assert (made.of_kind(EntryKind.RETURN), made.taken("JUN-10")) == ([], 0)
    assert state_of(made, asked) == (LineState.RETURNED, 0)


def test_a_class_that_has_begun_is_not_given_back_whatever_the_ladder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = world()
    asked = made.books(JUNE)
    was = made.rules
    ladder = Cancelling(rungs=(Rung(days_before=0, percent=50),), moves=9)
    kind = replace(was, spending=replace(was.spending, cancelling=(ladder,)))
    monkeypatch.setattr(use_cases, "program_named", lambda *_: kind)
    made.on(date(2027, 6, 11))
    assert refused(lambda: made.back(asked)).reason is Reason.NOT_RETURNABLE


def test_the_same_request_again_gets_the_same_answer_and_moves_nothing_more() -> None:
    made = world()
    asked = made.books(JUNE)
    again = made.intent("lee", "returnLine", "a key of mine")
    assert made.back(asked, asking=again) == made.back(asked, asking=again) == asked
    assert made.balance() == Balance(available=3_000)


def test_a_lot_that_dies_at_the_last_moment_takes_the_credits_with_it() -> None:
    """Decided while it lived, written when the sweep had closed it."""
    made = world("cisco")
    made.runs("LATE", date(2027, 12, 1))
    asked = made.books(("ADM-201", "LATE"))
    made.on(date(2027, 6, 30))

    def dies() -> None:
        made.clock.advance(timedelta(days=2))
        assert expire.sweep(made.ledger, made.clock, lambda: True).finished

    made.ledger.meanwhile.append(dies)
    made.back(asked)
    (entry,) = made.of_kind(EntryKind.RETURN)
    assert [m.target for m in entry.movements] == [State.EXPIRED]
    assert made.balance() == Balance(expired=3_000)


def test_a_line_a_shop_has_priced_itself_is_given_back_whole() -> None:
    made = world("atlassian")
    asked = made.redeem(40)
    made.approve(asked)
    assert isinstance(made.redemption(asked).lines[0], Line)
    made.on(date(2027, 1, 1))
    made.back(asked)
    assert made.balance() == Balance(available=3_000)
