"""A remainder is asked for once more, planned, looked at, and lives on in a lot of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import refused
from tests.casing import APPROVED, EXTENSION, REISSUE, REVIEW, plan
from tests.unit.rules.bookings_tools import LOT
from tests.unit.rules.cases_tools import WHOLE, asked, at, cisco
from tests.unit.rules.selling_tools import says
from training_credits.domain.errors import Conflict, NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    CaseState,
    EntryKind,
    Movement,
    State,
)
from training_credits.domain.program import Expiry, Reissue, TermStart
from training_credits.edge.views import lot_answer
from training_credits.programs import program_named
from training_credits.use_cases.expire import sweep

SUBMITTED = CaseState.SUBMITTED


# CI-22: once, into a new lot


@pytest.mark.rule("CI-22")
@pytest.mark.rule("CI-25")
@pytest.mark.parametrize("swept", [False, True])
def test_22_that_are_left_live_on_in_a_new_lot_for_six_months(*, swept: bool) -> None:
    world = cisco()
    case_id = asked(world)
    world.clock.at = at("2027-03-01")
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    case = world.grants(case_id)
    new, old = world.lot(case.new_lot_id), world.lot(LOT)
    assert (new.credits, new.reissued_from, new.renewals) == (22, LOT, 1)
    assert (new.expires_on, new.granted_at) == (date(2027, 9, 1), world.clock())
    assert new.expires_at == datetime(2027, 9, 1, 7, 1, tzinfo=UTC)
    assert old.balance == Balance(redeemed=39, reissued=22)
    assert new.balance == Balance(available=22)
    assert (case.credits, case.granted_days) == (22, (date(2027, 9, 1) - date(2027, 1, 15)).days)


@pytest.mark.rule("CI-22")
def test_both_lots_keep_what_happened_and_the_order_is_the_same() -> None:
    world = cisco()
    case = world.grants(asked(world))
    entry = world.entries()[-1]
    assert (entry.kind, entry.reference, entry.change) == (EntryKind.REISSUE, case.case_id, 22)
    assert entry.movements == (
        Movement(lot_id=LOT, source=State.EXPIRED, target=State.REISSUED, credits=22),
        Movement(
            lot_id=str(case.new_lot_id), source=State.ISSUED, target=State.AVAILABLE, credits=22
        ),
    )
    new, old = world.lot(case.new_lot_id), world.lot(LOT)
    assert (new.order_id, new.sales_order, new.currency) == (LOT, LOT, "USD")
    assert replace(new, sales_order=None).order_number == old.order_number == LOT
    assert (new.paid_minor, new.face_minor) == (22 * 10_000, 22 * 10_000)
    assert new.policy == program_named("cisco", world.clock()).version
    assert (old.expires_on, old.credits) == (date(2027, 1, 15), 61)


@pytest.mark.rule("CI-22")
@pytest.mark.parametrize("again", ["the new lot", "the old lot"])
def test_nothing_of_the_chain_is_reissued_twice(again: str) -> None:
    world = cisco()
    case = world.grants(asked(world))
    lot = LOT if again == "the old lot" else str(case.new_lot_id)
    world.clock.at = at("2027-03-02" if again == "the old lot" else "2027-08-20")
    uses = plan(("2027-10-01", 22))
    no = refused(lambda: world.asks(REISSUE, lot, uses=uses))
    assert no.reason is Reason.REISSUE_LIMIT
    assert (no.facts["most"], no.facts["lot"]) == (1, lot)
    assert no.facts["reissued_from"] == (None if lot == LOT else LOT)


@pytest.mark.rule("CI-22")
def test_of_two_requests_for_the_same_lot_one_is_granted() -> None:
    world = cisco()
    first = asked(world)
    assert refused(lambda: asked(world), Conflict).reason is Reason.ALREADY_ASKED
    world.grants(first)
    assert refused(lambda: asked(world)).reason is Reason.REISSUE_LIMIT
    assert sum(e.kind is EntryKind.REISSUE for e in world.entries()) == 1


@pytest.mark.rule("CI-22")
def test_the_number_of_the_order_pays_from_the_new_lot() -> None:
    world = cisco()
    world.clock.at = at("2027-02-25")
    assert refused(lambda: world.redeem(5, "ann", sales_order=LOT)).reason is Reason.CREDITS_EXPIRED
    case = world.grants(asked(world))
    world.redeem(5, "ann", sales_order=LOT)
    assert world.lot(case.new_lot_id).balance == Balance(available=17, redeemed=5)


def test_before_its_end_what_is_held_and_what_comes_back_stay_with_the_old_lot() -> None:
    """They are good to the end they always had: a request that waits has lost nothing."""
    world = cisco(left=61, approval=Approval.MANUAL)
    world.clock.at = at("2026-12-01")
    held = world.redeem(20, "lee", sales_order=LOT)
    case_id = world.asks(REISSUE, LOT, uses=plan(("2027-02-01", 41)))
    new = world.lot(world.grants(case_id).new_lot_id)
    assert (new.credits, new.expires_on) == (41, date(2027, 6, 1))
    world.deny(held)
    assert world.lot(LOT).balance == Balance(available=20, reissued=41)
    world.approve(world.redeem(20, "lee", sales_order=LOT))
    assert world.lot(LOT).balance == Balance(redeemed=20, reissued=41)
    assert world.lot(new.lot_id).balance == Balance(available=41)
    no = refused(lambda: world.asks(REISSUE, LOT, uses=WHOLE))
    assert no.reason is Reason.REISSUE_LIMIT


def test_of_a_lot_that_is_used_up_nothing_is_left_to_ask_for() -> None:
    world = cisco(left=61)
    world.redeem(61, "ann", sales_order=LOT)
    world.clock.at = at("2027-02-01")
    no = refused(lambda: world.asks(REISSUE, LOT, uses=WHOLE))
    assert no.reason is Reason.NOTHING_LEFT


def test_cisco_extends_nothing_and_what_is_not_there_is_not_found() -> None:
    world = cisco()
    world.clock.at = at("2027-02-01")
    no = refused(lambda: world.asks(EXTENSION, LOT, days=30))
    assert no.reason is Reason.EXTENSION_NOT_ALLOWED
    gone = refused(lambda: world.asks(REISSUE, "SO-2", uses=WHOLE), NotFound)
    assert gone.reason is Reason.LOT_NOT_FOUND
    gone = refused(lambda: world.takes("C" * 16, REVIEW), NotFound)
    assert gone.reason is Reason.CASE_NOT_FOUND


# CI-25 and CI-45: dead until it is approved, and never dated back


@pytest.mark.rule("CI-25")
def test_submitted_on_20_february_approved_on_1_march_and_dead_between() -> None:
    world = cisco()
    case_id = asked(world, "2027-02-20")
    world.takes(case_id, REVIEW)
    world.clock.at = at("2027-02-25")
    assert refused(lambda: world.redeem(1, "ann", sales_order=LOT)).reason is Reason.CREDITS_EXPIRED
    assert world.balance().available == 0
    world.clock.at = at("2027-03-01")
    world.takes(case_id, APPROVED)
    world.redeem(1, "ann", sales_order=LOT)
    assert world.balance() == Balance(available=21, redeemed=40, reissued=22)
    steps = [(step.state, step.by.partition("@")[0]) for step in world.case(case_id).trail]
    assert steps == [(SUBMITTED, "ann"), (REVIEW, "olga"), (APPROVED, "olga")]


@pytest.mark.rule("CI-45")
def test_a_debit_of_10_february_is_refused_though_it_comes_after_the_approval() -> None:
    world = cisco()
    world.clock.at = at("2027-03-01")
    world.grants(asked(world, "2027-03-01"))
    world.clock.at = at("2027-02-10")
    no = refused(lambda: world.redeem(1, "ann", sales_order=LOT))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    world.clock.at = at("2027-03-01", 21)
    world.redeem(1, "ann", sales_order=LOT)


@pytest.mark.rule("CI-46")
@pytest.mark.parametrize(
    ("start", "ends", "since"),
    [
        (TermStart.APPROVAL, date(2027, 9, 1), {"approval": date(2027, 3, 1)}),
        (TermStart.EXPIRY, date(2027, 7, 15), {"expiry": date(2027, 1, 15)}),
    ],
)
def test_from_when_the_six_months_run_is_a_value_and_kept_with_the_lot(
    monkeypatch: pytest.MonkeyPatch, start: TermStart, ends: date, since: dict[str, date]
) -> None:
    world = cisco()
    terms = Reissue(days_before=60, days_after=60, months=6, term_start=start)
    known = world.rules.expiry
    says(
        monkeypatch,
        "cisco",
        expiry=Expiry(anchors=known.anchors, days=known.days, at=known.at, reissue=terms),
    )
    case_id = asked(world)
    world.clock.at = at("2027-03-01")
    new = world.lot(world.grants(case_id).new_lot_id)
    assert (new.expires_on, new.anchors) == (ends, since)


def test_what_would_be_dead_as_it_comes_is_not_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    world = cisco()
    terms = Reissue(days_before=60, days_after=60, months=1, term_start=TermStart.EXPIRY)
    known = world.rules.expiry
    says(
        monkeypatch,
        "cisco",
        expiry=Expiry(anchors=known.anchors, days=known.days, at=known.at, reissue=terms),
    )
    world.clock.at = at("2027-02-10")
    case_id = world.asks(REISSUE, LOT, uses=plan(("2027-02-11", 22)))
    world.clock.at = at("2027-02-20")
    no = refused(lambda: world.grants(case_id))
    assert no.reason is Reason.DATE_NOT_POSSIBLE


@pytest.mark.rule("CI-49")
def test_expired_credits_show_until_when_they_can_be_asked_for_but_only_once() -> None:
    world = cisco()
    world.clock.at = at("2027-02-01")
    shown = lot_answer(world.rules, world.lot(LOT), world.clock())
    assert (shown.balance.expired, shown.reissue_until) == (22, date(2027, 3, 16))
    case = world.grants(asked(world, "2027-02-01"))
    old = lot_answer(world.rules, world.lot(LOT), world.clock())
    assert (old.balance.expired, old.balance.reissued, old.reissue_until) == (0, 22, None)
    world.clock.at = at("2027-08-02")
    new = lot_answer(world.rules, world.lot(case.new_lot_id), world.clock())
    assert (new.balance.expired, new.reissued_from, new.reissue_until) == (22, LOT, None)
