"""What Atlassian extends case by case, and what Salesforce does not do at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import caller, refused
from tests.casing import APPROVED, EXTENSION, REISSUE, REVIEW, Casing, plan
from tests.fakes.clock import StoppedClock
from training_credits.domain.decisions.cases import late
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import Balance, CaseState, EntryKind, Role
from training_credits.programs import program_named
from training_credits.use_cases import cases as use_cases
from training_credits.use_cases.expire import sweep

LOT = "L1"
EARLY = datetime(2026, 2, 10, 9, tzinfo=UTC)


def of(program: str, **dates: Any) -> Casing:
    """Ann's company with a lot of 900."""
    world = Casing(program=program, clock=StoppedClock(EARLY))
    world.open()
    world.grant(LOT, 900, **dates)
    return world


def atlassian(day: str = "2027-02-01") -> Casing:
    world = of("atlassian", purchase=date(2026, 2, 10))
    world.clock.at = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return world


# Atlassian


@pytest.mark.rule("AT-37")
@pytest.mark.parametrize("dead", [False, True])
def test_60_days_are_asked_for_and_30_granted_to_12_march_with_the_reason(*, dead: bool) -> None:
    world = atlassian()
    case_id = world.asks(EXTENSION, LOT, days=60)
    if dead:
        world.clock.at = datetime(2027, 2, 12, tzinfo=UTC)
    case = world.grants(case_id, "A month is what we can do.", days=30)
    new, old = world.lot(case.new_lot_id), world.lot(LOT)
    assert (new.expires_on, new.balance) == (date(2027, 3, 12), Balance(available=900))
    assert new.expires_at == program_named("atlassian", EARLY).expires_at(date(2027, 3, 12))
    assert (old.expires_on, old.balance) == (date(2027, 2, 10), Balance(reissued=900))
    assert (case.days, case.granted_days) == (60, 30)
    assert case.trail[-1].note == "A month is what we can do."
    entry = world.entries()[-1]
    assert (entry.kind, entry.change) == (EntryKind.EXTEND, 900 if dead else 0)


@pytest.mark.rule("AT-37")
def test_without_another_number_the_days_that_were_asked_for_are_granted() -> None:
    world = atlassian()
    case = world.grants(world.asks(EXTENSION, LOT, days=60))
    assert world.lot(case.new_lot_id).expires_on == date(2027, 4, 11)
    again = world.grants(world.asks(EXTENSION, str(case.new_lot_id), days=10))
    assert world.lot(again.new_lot_id).expires_on == date(2027, 4, 21)
    assert world.lot(again.new_lot_id).renewals == 2


@pytest.mark.rule("AT-37")
def test_it_is_granted_with_a_reason_only() -> None:
    world = atlassian()
    case_id = world.asks(EXTENSION, LOT, days=60)
    world.takes(case_id, REVIEW)
    no = refused(lambda: world.takes(case_id, APPROVED, days=30))
    assert no.reason is Reason.REASON_REQUIRED
    assert world.balance() == Balance(available=900)


@pytest.mark.parametrize("days", [None, 0, 366])
def test_so_many_days_are_another_order(days: int | None) -> None:
    world = atlassian()
    no = refused(lambda: world.asks(EXTENSION, LOT, days=days))
    assert (no.reason, no.facts) == (Reason.EXTENSION_TOO_LONG, {"days": days, "most": 365})
    case_id = world.asks(EXTENSION, LOT, asked=False)
    no = refused(lambda: world.takes(case_id, CaseState.SUBMITTED, "ann"))
    assert no.reason is Reason.EXTENSION_TOO_LONG
    world.redrafts(case_id, days=365)
    world.takes(case_id, CaseState.SUBMITTED, "ann")
    world.takes(case_id, REVIEW)
    no = refused(lambda: world.takes(case_id, APPROVED, note="Long.", days=366))
    assert no.reason is Reason.EXTENSION_TOO_LONG


def test_one_day_more_is_an_extension_too() -> None:
    world = atlassian()
    assert world.case(world.asks(EXTENSION, LOT, days=1)).days == 1


def test_it_is_asked_for_60_days_after_the_end_and_not_later() -> None:
    world = atlassian("2027-04-11")
    case_id = world.asks(EXTENSION, LOT, days=59)
    no = refused(lambda: world.grants(case_id))
    assert (no.reason, no.facts["expires_on"]) == (Reason.DATE_NOT_POSSIBLE, "2027-04-10")
    world.clock.at = datetime(2027, 4, 12, 12, tzinfo=UTC)
    no = refused(lambda: world.asks(EXTENSION, LOT, days=60))
    assert (no.reason, no.facts["last"]) == (Reason.OUTSIDE_WINDOW, "2027-04-11")


@pytest.mark.parametrize("drafted", [False, True])
def test_whoever_has_asked_does_not_answer_though_they_work_for_the_vendor(
    *, drafted: bool
) -> None:
    """One address, two sign-ins: Bob asks as a member, and would answer as an operator."""
    world, staff = atlassian(), caller("bob", "atlassian", Role.OPERATOR)
    world.add("bob")
    case_id = world.asks(EXTENSION, LOT, "ann" if drafted else "bob", days=60, asked=not drafted)
    if drafted:
        world.takes(case_id, CaseState.SUBMITTED, "bob")
    no = refused(lambda: world.takes(case_id, REVIEW, staff), Forbidden)
    assert no.reason is Reason.OWN_REQUEST
    world.grants(case_id)


def test_whoever_has_written_on_a_draft_does_not_answer_it_either() -> None:
    world = atlassian()
    world.add("bob")
    case_id = world.asks(EXTENSION, LOT, days=30, asked=False)
    world.redrafts(case_id, "bob", days=60)
    world.takes(case_id, CaseState.SUBMITTED, "ann")
    assert [step.by for step in world.case(case_id).trail] == [
        "ann@acme.example",
        "bob@acme.example",
        "ann@acme.example",
    ]
    staff = caller("bob", "atlassian", Role.OPERATOR)
    no = refused(lambda: world.takes(case_id, REVIEW, staff), Forbidden)
    assert no.reason is Reason.OWN_REQUEST


def test_a_draft_says_what_was_written_last_and_when() -> None:
    world = atlassian()
    world.add("bob")
    case_id = world.asks(EXTENSION, LOT, days=30, asked=False)
    world.clock.advance(timedelta(hours=1))
    world.redrafts(case_id, "bob", days=60, reason="We were late.")
    case = world.case(case_id)
    assert (case.reason, case.days) == ("We were late.", 60)
    assert case.trail[-1].at == world.clock()


def test_what_was_asked_for_is_no_draft_any_more() -> None:
    world = atlassian()
    case_id = world.asks(EXTENSION, LOT, days=30)
    no = refused(lambda: world.redrafts(case_id, days=60), Conflict)
    assert (no.reason, no.facts["state"]) == (Reason.CASE_MOVED, "submitted")


def test_the_vendor_is_late_from_the_day_after_the_answer_was_due() -> None:
    world = atlassian()
    case = world.case(world.asks(EXTENSION, LOT, days=30))
    program = program_named("atlassian", world.clock())
    assert case.due_on is not None
    due = datetime.combine(case.due_on, time(23, 59), UTC)
    assert not late(program, case, due)
    assert late(program, case, due + timedelta(minutes=1))
    assert not late(program, replace(case, due_on=None), due + timedelta(days=99))


# Salesforce


@pytest.mark.rule("SF-16")
@pytest.mark.parametrize("day", ["2027-06-01", "2027-07-02"])
def test_what_is_left_of_900_is_neither_extended_nor_reissued_nor_transferred(day: str) -> None:
    world = of("salesforce", order_start=date(2026, 7, 1), issue=date(2026, 7, 1))
    world.clock.at = datetime.fromisoformat(day).replace(hour=19, tzinfo=UTC)
    no = refused(lambda: world.asks(EXTENSION, LOT, days=30))
    assert no.reason is Reason.EXTENSION_NOT_ALLOWED
    no = refused(lambda: world.asks(REISSUE, LOT, uses=plan(("2027-08-01", 900))))
    assert no.reason is Reason.REISSUE_NOT_ALLOWED
    give = partial(use_cases.transfer, world.ledger, world.clock)
    no = refused(lambda: give(world.caller("ann"), world.account))
    assert no.reason is Reason.TRANSFER_NOT_ALLOWED
    rules = world.rules.rules
    for reason in (
        Reason.EXTENSION_NOT_ALLOWED,
        Reason.REISSUE_NOT_ALLOWED,
        Reason.TRANSFER_NOT_ALLOWED,
    ):
        assert rules[reason] == "SF-16"
    gone = refused(lambda: give(world.caller("eve"), world.account), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND


@pytest.mark.parametrize("program", ["cisco", "atlassian"])
def test_no_program_transfers_credits(program: str) -> None:
    world = of(program, invoice=date(2026, 2, 10), purchase=date(2026, 2, 10))
    give = partial(use_cases.transfer, world.ledger, world.clock)
    no = refused(lambda: give(world.caller("ann"), world.account))
    assert no.reason is Reason.TRANSFER_NOT_ALLOWED


def test_an_extension_of_what_the_sweep_has_closed_takes_it_from_there() -> None:
    world = atlassian("2027-02-11")
    sweep(world.ledger, world.clock, lambda: True)
    assert world.balance() == Balance(expired=900)
    case = world.grants(world.asks(EXTENSION, LOT, days=60))
    assert world.balance() == Balance(available=900, reissued=900)
    assert world.lot(case.new_lot_id).expires_on == date(2027, 4, 11)
    kinds = [entry.kind for entry in world.entries()]
    assert kinds == [EntryKind.PURCHASE, EntryKind.EXPIRE, EntryKind.EXTEND]
