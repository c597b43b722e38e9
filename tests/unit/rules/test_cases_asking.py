"""When a reissue is asked for, with which plan, and by whom."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.casing import REISSUE, REVIEW, plan
from tests.unit.rules.bookings_tools import LOT
from tests.unit.rules.cases_tools import BOUGHT, WHOLE, advisor, asked, at, cisco
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    CaseState,
    HappeningKind,
)
from training_credits.use_cases import cases as use_cases

SUBMITTED = CaseState.SUBMITTED


# CI-23: from 60 days before the end to 60 days after it


@pytest.mark.rule("CI-23")
@pytest.mark.parametrize("day", ["2026-11-16", "2027-01-14", "2027-01-15", "2027-03-16"])
def test_it_is_asked_for_from_16_november_to_16_march(day: str) -> None:
    world = cisco()
    world.clock.at = at(day)
    uses = plan((day, 10), ("2027-03-30", 12))
    assert world.case(world.asks(REISSUE, LOT, uses=uses)).state is SUBMITTED


@pytest.mark.rule("CI-23")
@pytest.mark.parametrize("day", ["2026-11-15", "2027-03-17"])
@pytest.mark.parametrize("draft", [True, False])
def test_on_15_november_and_on_17_march_it_is_not(day: str, *, draft: bool) -> None:
    world = cisco()
    world.clock.at = at(day)
    ask = partial(world.asks, REISSUE, LOT, uses=plan((day, 22)), asked=not draft)
    no = refused(ask)
    assert no.reason is Reason.OUTSIDE_WINDOW
    assert (no.facts["first"], no.facts["last"]) == ("2026-11-16", "2027-03-16")


@pytest.mark.rule("CI-23")
def test_the_days_are_those_of_the_program_to_the_minute() -> None:
    """In Los Angeles 17 March begins at seven in the morning, UTC."""
    world = cisco()
    world.clock.at = datetime(2027, 3, 17, 6, 59, tzinfo=UTC)
    assert world.asks(REISSUE, LOT, uses=WHOLE)
    world.clock.at = datetime(2027, 3, 17, 7, tzinfo=UTC)
    no = refused(lambda: world.asks(REISSUE, LOT, uses=WHOLE))
    assert no.reason is Reason.OUTSIDE_WINDOW


@pytest.mark.rule("CI-23")
def test_nor_is_it_granted_after_the_window_though_it_was_asked_for_within() -> None:
    world = cisco()
    case_id = asked(world, "2027-03-15")
    assert world.case(case_id).due_on == date(2027, 3, 16)
    world.takes(case_id, REVIEW)
    world.clock.at = at("2027-03-17")
    no = refused(lambda: world.grants(case_id))
    assert no.reason is Reason.OUTSIDE_WINDOW
    world.takes(case_id, CaseState.REJECTED, note="We were late.")
    assert world.balance() == Balance(redeemed=39, expired=22)


# CI-24: a plan for all of it, within the six months


@pytest.mark.rule("CI-24")
def test_a_plan_of_15_credits_is_incomplete_and_one_of_22_is_taken() -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    no = refused(lambda: world.asks(REISSUE, LOT, uses=plan(("2027-04-01", 15))))
    assert no.reason is Reason.PLAN_INCOMPLETE
    assert (no.facts["credits"], no.facts["planned"]) == (22, 15)
    assert world.case(world.asks(REISSUE, LOT, uses=WHOLE)).state is SUBMITTED


@pytest.mark.rule("CI-24")
@pytest.mark.parametrize("day", ["2027-02-19", "2027-08-20"])
def test_what_is_planned_lies_within_the_six_months(day: str) -> None:
    """On 20 August they are dead a minute after midnight."""
    world = cisco()
    world.clock.at = at("2027-02-20")
    no = refused(lambda: world.asks(REISSUE, LOT, uses=plan(("2027-04-01", 21), (day, 1))))
    assert no.reason is Reason.PLAN_INCOMPLETE
    assert no.facts["outside"] == [day]
    assert (no.facts["first"], no.facts["last"]) == ("2027-02-20", "2027-08-19")


@pytest.mark.rule("CI-24")
def test_the_first_and_the_last_of_these_days_are_among_them() -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    uses = plan(("2027-02-20", 11), ("2027-08-19", 11))
    assert world.case(world.asks(REISSUE, LOT, uses=uses)).credits == 22


@pytest.mark.rule("CI-24")
def test_what_came_back_meanwhile_is_planned_too_before_it_is_granted() -> None:
    world = cisco(left=61, approval=Approval.MANUAL)
    held = world.redeem(39, "lee", sales_order=LOT)
    world.clock.at = at("2027-01-16")
    case_id = world.asks(REISSUE, LOT, uses=WHOLE)
    world.deny(held)
    no = refused(lambda: world.grants(case_id))
    assert no.reason is Reason.PLAN_INCOMPLETE
    assert (no.facts["credits"], no.facts["planned"]) == (61, 22)


# CI-04: whose each step is


@pytest.mark.rule("CI-04")
def test_what_the_advisor_drafts_stays_a_draft_until_the_captain_submits_it() -> None:
    world, kim = cisco(), advisor()
    world.clock.at = at("2027-02-01")
    no = refused(lambda: world.asks(REISSUE, LOT, kim, uses=WHOLE), Forbidden)
    assert no.reason is Reason.CUSTOMER_ONLY
    case_id = world.asks(REISSUE, LOT, kim, asked=False)
    assert (world.case(case_id).state, world.case(case_id).due_on) == (CaseState.DRAFT, None)
    world.redrafts(case_id, kim, plan=WHOLE)
    for to in (SUBMITTED, CaseState.WITHDRAWN):
        no = refused(partial(world.takes, case_id, to, kim), Forbidden)
        assert no.reason is Reason.CUSTOMER_ONLY
    world.takes(case_id, SUBMITTED, "ann")
    case = world.case(case_id)
    assert (case.state, case.plan, case.opened_by.email) == (SUBMITTED, WHOLE, kim.person.email)
    assert case.due_on == date(2027, 2, 8)  # five business days after 1 February


def test_a_player_neither_asks_nor_answers_and_a_customer_does_not_answer() -> None:
    world = cisco()
    world.clock.at = at("2027-02-01")
    no = refused(lambda: world.asks(REISSUE, LOT, "lee", uses=WHOLE), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    case_id = asked(world)
    for who, to in (("ann", REVIEW), ("lee", CaseState.WITHDRAWN)):
        no = refused(partial(world.takes, case_id, to, who), Forbidden)
        assert no.reason is Reason.NOT_PERMITTED
    gone = refused(partial(world.takes, case_id, REVIEW, "eve"), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND


def test_a_no_has_its_reason_and_everything_is_in_the_history() -> None:
    world = cisco()
    case_id = asked(world)
    world.takes(case_id, REVIEW)
    no = refused(lambda: world.takes(case_id, REVIEW), Conflict)
    assert (no.reason, no.detail) == (Reason.CASE_MOVED, "The case is in review.")
    no = refused(lambda: world.takes(case_id, CaseState.REJECTED))
    assert no.reason is Reason.REASON_REQUIRED
    world.clock.advance(timedelta(seconds=1))
    world.takes(case_id, CaseState.REJECTED, note="Classes of others.")
    assert world.case(case_id).due_on is None
    lines = world.ledger.history(world.program, world.account, None, 100).items
    said = [line.detail for line in lines if line.kind is HappeningKind.CASE_MOVED]
    assert said == [
        "reissue submitted",
        "reissue in_review",
        "reissue rejected: Classes of others.",
    ]


def test_only_operators_see_what_waits_and_what_is_due_first_comes_first() -> None:
    world = cisco()
    world.grant("SECOND", 5, invoice=BOUGHT.date())
    late = asked(world, "2027-02-20")
    world.clock.at = at("2027-02-01")
    soon = world.asks(REISSUE, "SECOND", uses=plan(("2027-04-01", 5)))
    seen = partial(use_cases.waiting, world.ledger, world.clock, cursor=None, limit=100)
    assert [case.case_id for case in seen(world.caller("olga")).items] == [soon, late]
    for who in (world.caller("ann"), advisor()):
        assert refused(partial(seen, who), Forbidden).reason is Reason.OPERATOR_ONLY
    world.takes(soon, CaseState.WITHDRAWN, "ann")
    assert [case.case_id for case in seen(world.caller("olga")).items] == [late]


# One of a kind is open of a lot at a time, by nobody's rule but ours.


@pytest.mark.proves("T23")
@pytest.mark.parametrize("draft", [True, False])
def test_of_a_lot_the_same_is_not_asked_for_twice_at_a_time(*, draft: bool) -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    first = world.asks(REISSUE, LOT, uses=WHOLE, asked=not draft)
    no = refused(lambda: world.asks(REISSUE, LOT, uses=WHOLE), Conflict)
    state = CaseState.DRAFT if draft else SUBMITTED
    assert (no.reason, no.facts) == (
        Reason.ALREADY_ASKED,
        {"case": first, "state": state.value},
    )


@pytest.mark.proves("T23")
def test_it_may_be_asked_for_again_when_the_answer_was_no_or_it_was_withdrawn() -> None:
    world = cisco()
    first = asked(world)
    world.takes(first, REVIEW)
    world.takes(first, CaseState.REJECTED, note="Too vague.")
    second = world.asks(REISSUE, LOT, uses=WHOLE)
    world.takes(second, CaseState.WITHDRAWN, "ann")
    third = world.asks(REISSUE, LOT, uses=WHOLE)
    assert len({first, second, third}) == 3
    assert world.grants(third).new_lot_id


@pytest.mark.proves("T23")
def test_the_same_case_sent_again_is_answered_while_it_is_open() -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    asking = world.intent("ann", "openCase")
    ask = partial(world.asks, REISSUE, LOT, uses=WHOLE, asking=asking)
    assert ask() == ask()


def test_who_is_removed_at_that_moment_neither_asks_nor_takes_back() -> None:
    world = cisco()
    world.clock.at = at("2027-02-20")
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("bob"))
    gone = refused(lambda: world.asks(REISSUE, LOT, "bob", uses=WHOLE), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND
    case_id = world.asks(REISSUE, LOT, uses=WHOLE)
    world.add_owner("bill")
    world.ledger.meanwhile.append(lambda: world.remove("bill"))
    gone = refused(lambda: world.takes(case_id, CaseState.WITHDRAWN, "bill"), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.case(case_id).state is SUBMITTED
