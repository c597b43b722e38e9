"""What lives on: how much of it, under which id and rules, and when its old lot is closed first."""

from datetime import date

import pytest

from tests.casing import APPROVED, EXTENSION, REISSUE, REVIEW, Casing, plan
from tests.fakes.clock import StoppedClock
from tests.unit.rules.bookings_tools import LOT
from tests.unit.rules.cases_tools import BOUGHT, WHOLE, advisor, asked, at, cisco
from tests.unit.rules.selling_tools import says
from training_credits.domain.decisions.cases import NextCaseStep
from training_credits.domain.decisions.renewal import unswept
from training_credits.domain.identity import derived
from training_credits.domain.model import Balance, CaseState, Told
from training_credits.ports import Depth
from training_credits.use_cases.expire import sweep


def closes(world: Casing) -> None:
    """Or tells of the end to come."""
    sweep(world.ledger, world.clock, lambda: True)


def test_a_case_is_about_what_is_left_when_it_is_drafted_asked_for_and_granted() -> None:
    world = cisco()
    world.clock.at = at("2026-12-01")
    uses = plan(("2027-02-01", 22))
    case_id = world.asks(REISSUE, LOT, advisor(), uses=uses, asked=False)
    credits = [world.case(case_id).credits]
    world.redeem(2, "ann", sales_order=LOT)
    world.takes(case_id, CaseState.SUBMITTED, "ann")
    credits.append(world.case(case_id).credits)
    world.redeem(3, "ann", sales_order=LOT)
    case = world.grants(case_id)
    assert [*credits, case.credits] == [22, 20, 17]
    assert world.lot(case.new_lot_id).balance == Balance(available=17)


def test_the_new_lot_has_the_rules_of_the_day_on_which_it_is_granted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = cisco()
    case_id = asked(world)
    says(monkeypatch, "cisco", effective_from=date(2027, 2, 1))
    new, old = world.lot(world.grants(case_id).new_lot_id), world.lot(LOT)
    assert (new.policy, old.policy < new.policy) == ("2027-02-01", True)


def test_what_was_told_of_the_old_lot_was_not_told_of_the_new_one() -> None:
    world = cisco()
    world.clock.at = at("2026-12-16")
    closes(world)
    assert world.lot(LOT).told == Told(days=30, until=date(2027, 3, 16))
    case_id = world.asks(REISSUE, LOT, uses=plan(("2027-02-01", 22)))
    assert world.lot(world.grants(case_id).new_lot_id).told is None


def test_of_a_lot_that_is_reissued_there_is_one_that_can_follow() -> None:
    world = cisco()
    assert world.grants(asked(world)).new_lot_id == derived("lot", LOT)


def test_of_a_lot_that_is_extended_each_case_makes_another() -> None:
    world = Casing(program="atlassian", clock=StoppedClock(BOUGHT))
    world.open()
    world.grant(LOT, 61, purchase=BOUGHT.date())
    world.clock.at = at("2027-01-10")
    case = world.grants(world.asks(EXTENSION, LOT, days=30))
    assert case.new_lot_id == derived("lot", case.case_id)


@pytest.mark.parametrize(
    ("to", "day", "swept", "first"),
    [
        (APPROVED, "2027-01-16", False, True),
        (APPROVED, "2027-01-16", True, False),
        (APPROVED, "2027-01-14", False, False),
        (REVIEW, "2027-01-16", False, False),
    ],
)
def test_only_before_a_yes_to_what_has_ended_its_end_is_booked(
    to: CaseState, day: str, *, swept: bool, first: bool
) -> None:
    world = cisco()
    world.clock.at = at("2027-01-10")
    case = world.case(world.asks(REISSUE, LOT, uses=WHOLE))
    world.clock.at = at(day)
    if swept:
        closes(world)
    assert unswept(world.book(Depth.PAST), case, NextCaseStep(to=to), world.clock()) is first
