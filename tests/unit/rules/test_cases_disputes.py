"""A transaction is refuted: its credits come back by another entry, and it stays as it was."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.casing import REISSUE, REVIEW, UPHELD
from tests.unit.rules.bookings_tools import JUNE, LOT, state_of
from tests.unit.rules.cases_tools import WHOLE, advisor, at, booking, cisco
from tests.unit.rules.vouchers_tools import uses
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Attendee,
    Audience,
    Balance,
    CaseState,
    EntryKind,
    LineState,
    Movement,
    Role,
    State,
    VoucherState,
)
from training_credits.use_cases.expire import sweep

OPEN = CaseState.OPEN
ATTENDEE = Attendee(email="lee@acme.example", name="Lee")


@pytest.mark.rule("CI-18")
def test_a_debit_of_39_disputed_on_2_may_and_upheld_on_6_may_comes_back_to_its_lot() -> None:
    world = cisco(left=61)
    world.clock.at = at("2026-04-28")
    asked = world.redeem(39, "ann", sales_order=LOT)
    debit = world.spent(asked)
    world.clock.at = at("2026-05-02")
    case_id = world.disputes(debit)
    case = world.case(case_id)
    assert (case.state, case.credits, case.redemption_id) == (OPEN, 39, asked)
    assert case.due_on == date(2026, 5, 8)  # 2 May is a Saturday
    assert world.balance() == Balance(available=22, redeemed=39)
    world.clock.at = at("2026-05-06")
    world.grants(case_id)
    assert world.balance() == Balance(available=61)
    back = world.entries()[-1]
    assert (back.kind, back.change, back.at.date()) == (EntryKind.REFUTE, 39, date(2026, 5, 6))
    assert back.movements == (
        Movement(lot_id=LOT, source=State.REDEEMED, target=State.AVAILABLE, credits=39),
    )
    assert (back.actor, back.learner) == ("olga@cisco.example", "ann@acme.example")
    assert debit in world.entries()
    assert [step.state for step in world.case(case_id).trail] == [OPEN, REVIEW, UPHELD]
    assert world.case(case_id).due_on is None


@pytest.mark.rule("CI-18")
def test_a_dispute_that_is_rejected_moves_nothing_and_says_why() -> None:
    world = cisco()
    case_id = world.disputes(world.entries()[-1])
    world.takes(case_id, REVIEW)
    no = refused(lambda: world.takes(case_id, CaseState.REJECTED))
    assert no.reason is Reason.REASON_REQUIRED
    world.takes(case_id, CaseState.REJECTED, note="Ann was there.")
    assert world.balance() == Balance(available=22, redeemed=39)
    assert len(world.entries()) == 2
    late = refused(lambda: world.takes(case_id, UPHELD), Conflict)
    assert (late.reason, late.facts["state"]) == (Reason.CASE_MOVED, "rejected")


@pytest.mark.rule("CI-18")
@pytest.mark.parametrize("swept", [False, True])
def test_of_a_lot_that_has_ended_they_come_back_expired_and_can_be_asked_for_again(
    *, swept: bool
) -> None:
    world = cisco(left=61)
    world.clock.at = at("2027-01-10")
    case_id = world.disputes(world.spent(world.redeem(39, "ann", sales_order=LOT)))
    world.clock.at = at("2027-01-16")
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    world.grants(case_id)
    assert world.balance() == Balance(expired=61)
    assert world.entries()[-1].movements[0].target is State.EXPIRED
    uses = (*WHOLE, *WHOLE, *WHOLE)
    new = world.grants(world.asks(REISSUE, LOT, uses=uses)).new_lot_id
    assert world.lot(new).balance == Balance(available=61)


@pytest.mark.rule("CI-18")
def test_all_that_has_not_come_back_does_whatever_the_ladder_says() -> None:
    """Two days before its first day nothing comes back, but for a charge that was wrong."""
    world = booking()
    asked = world.books(JUNE)
    world.on(date(2027, 6, 8))
    assert refused(lambda: world.back(asked)).reason is Reason.NOT_RETURNABLE
    other = world.books(JUNE)
    world.grants(world.disputes(world.spent(other)))
    assert state_of(world, other) == (LineState.RETURNED, 300)
    assert state_of(world, asked) == (LineState.BOOKED, 0)
    assert (world.balance(), world.taken("JUN-10")) == (
        Balance(available=2_700, redeemed=300),
        1,
    )


def test_of_what_came_back_in_part_the_rest_comes_back() -> None:
    world = booking(credits=9_000)
    world.lists("PRV", audience=Audience.PRIVATE)
    world.runs("PRV-1", date(2026, 9, 1), offering="PRV")
    asked = world.books(("PRV", "PRV-1"))
    world.on(date(2026, 8, 12))  # 14 business days before
    world.back(asked)
    assert world.balance() == Balance(available=8_850, redeemed=150)
    case = world.grants(world.disputes(world.spent(asked)))
    assert (case.credits, world.balance()) == (150, Balance(available=9_000))
    assert state_of(world, asked) == (LineState.RETURNED, 300)


def test_what_was_delivered_comes_back_from_there() -> None:
    world = booking()
    world.on(date(2027, 6, 5))
    asked = world.books(JUNE)
    world.on(date(2027, 6, 12))
    world.reports(asked)
    assert world.balance() == Balance(available=2_700, delivered=300)
    world.grants(world.disputes(world.spent(asked)))
    assert world.balance() == Balance(available=3_000)
    assert state_of(world, asked) == (LineState.RETURNED, 300)


def test_vouchers_that_nobody_has_used_are_void_and_the_budget_has_room_again() -> None:
    world = booking("cisco")
    world.lists("EXM", type="exam")
    world.cap("Team", 700, "lee")
    asked = world.books(("EXM", None), count=2)
    first, second = world.vouchers(asked)
    uses(world, first, ATTENDEE)
    assert world.budget("Team").left == 100
    world.grants(world.disputes(world.spent(asked)))
    states = {one.voucher_id: one.state for one in world.vouchers(asked)}
    assert states == {first.voucher_id: VoucherState.USED, second.voucher_id: VoucherState.VOID}
    assert (world.budget("Team").left, world.balance()) == (700, Balance(available=3_000))


def test_what_was_given_back_meanwhile_does_not_come_back_twice() -> None:
    world = booking()
    asked = world.books(JUNE)
    case_id = world.disputes(world.spent(asked))
    world.takes(case_id, REVIEW)
    world.back(asked)
    no = refused(lambda: world.takes(case_id, UPHELD))
    assert no.reason is Reason.NOTHING_LEFT
    assert world.balance() == Balance(available=3_000)
    world.takes(case_id, CaseState.REJECTED, note="You have given it back.")


def test_what_was_refuted_is_not_given_back_once_more() -> None:
    world = booking()
    asked = world.books(JUNE)
    world.grants(world.disputes(world.spent(asked)))
    assert refused(lambda: world.back(asked), Conflict).reason is Reason.LINE_DONE
    assert world.balance() == Balance(available=3_000)


@pytest.mark.rule("CI-18")
def test_only_what_was_spent_is_disputed_and_for_60_days() -> None:
    world = cisco(left=61)
    bought = world.entries()[0]
    no = refused(lambda: world.disputes(bought))
    assert (no.reason, no.facts["kind"]) == (Reason.NOT_DISPUTABLE, "purchase")
    debit = world.spent(world.redeem(39, "ann", sales_order=LOT))
    world.clock.at = at("2026-03-17")
    no = refused(lambda: world.disputes(debit))
    assert (no.reason, no.facts["last"]) == (Reason.NOT_DISPUTABLE, "2026-03-16")
    world.clock.at = at("2026-03-16")
    assert world.disputes(debit)


def test_a_transaction_has_one_dispute_whoever_opens_it() -> None:
    world = cisco()
    debit = world.entries()[-1]
    case_id = world.disputes(debit)
    world.add("bob")
    no = refused(lambda: world.disputes(debit, "bob"), Conflict)
    assert (no.reason, no.facts["case"]) == (Reason.ALREADY_DISPUTED, case_id)
    world.takes(case_id, CaseState.WITHDRAWN, "bob")
    no = refused(lambda: world.disputes(debit), Conflict)
    assert no.facts["state"] == "withdrawn"


def test_who_is_removed_at_that_moment_neither_disputes_nor_withdraws() -> None:
    world = cisco()
    debit = world.entries()[-1]
    world.add_owner("bob")
    world.ledger.meanwhile.append(lambda: world.remove("bob"))
    gone = refused(lambda: world.disputes(debit, "bob"), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND
    case_id = world.disputes(debit)
    world.add_owner("bill")
    world.ledger.meanwhile.append(lambda: world.remove("bill"))
    gone = refused(lambda: world.takes(case_id, CaseState.WITHDRAWN, "bill"), NotFound)
    assert gone.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.case(case_id).state is OPEN


def test_a_transaction_is_named_with_its_instant() -> None:
    world = cisco()
    debit = world.entries()[-1]
    case = world.case(world.disputes(debit))
    assert (case.entry_id, case.entry_at) == (debit.entry_id, debit.at)
    for other in (debit.at + timedelta(seconds=1), None):
        gone = refused(partial(world.disputes, debit, entry_at=other), NotFound)
        assert gone.reason is Reason.ENTRY_NOT_FOUND
    gone = refused(lambda: world.disputes(debit, entry_id="redeem-X"), NotFound)
    assert gone.reason is Reason.ENTRY_NOT_FOUND


def test_the_customer_disputes_and_not_the_vendor_nor_a_learner() -> None:
    world = cisco(approval=Approval.MANUAL, left=61)
    asked = world.redeem(39, "lee", sales_order=LOT)
    world.approve(asked)
    debit = world.spent(asked)
    for who, reason in (
        (advisor(), Reason.CUSTOMER_ONLY),
        ("olga", Reason.NOT_PERMITTED),
        ("lee", Reason.NOT_PERMITTED),
    ):
        assert refused(partial(world.disputes, debit, who), Forbidden).reason is reason
    world.add("cap", Role.CAPTAIN)
    assert world.case(world.disputes(debit, "cap")).opened_by.name == "Cap"
