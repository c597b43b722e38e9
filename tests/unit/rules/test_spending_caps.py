"""A learner's budgets: what they may still ask for, counted when they ask."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.spending_tools import (
    advisor,
    atlassian,
    cisco,
    code,
    email,
    line,
    number,
    offers,
    says,
)
from tests.world import World
from training_credits.domain.change import SetBudget
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Budget,
    Mode,
    RedemptionState,
    Verdict,
)

TEAM = Budget(
    budget_id="B1", name="Team", limit=500, left=500, learners=(email("lee"), email("kim"))
)
LEE = Budget(budget_id="B2", name="Lee", limit=300, left=300, learners=(email("lee"),))


def capped(*budgets: Budget, approval: Approval = Approval.MANUAL, credits: int = 2_000) -> World:
    world = atlassian(credits, approval)
    world.commit(*(SetBudget(budget=budget, was=None) for budget in budgets))
    return world


def left(world: World, budget_id: str = "B1") -> int:
    return world.ledger.rows(world.program, world.account).asked.budgets[budget_id].left


@pytest.mark.parametrize("approval", list(Approval))
def test_a_team_asks_for_its_budget_and_no_more(approval: Approval) -> None:
    world = capped(TEAM, approval=approval)
    world.redeem(300, "lee")
    world.redeem(150, "kim")
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(51, "lee"))
    assert (no.reason, no.facts) == (
        *(Reason.BUDGET_EXCEEDED, {"budget": "Team", "credits": 51, "credits_possible": 50}),
    )
    assert world.ledger.kept() == before
    world.redeem(50, "lee")
    assert left(world) == 0
    world.redeem(1_000, "ann")  # no budget is hers


def test_of_several_budgets_each_counts_and_the_tightest_decides() -> None:
    world = capped(TEAM, LEE)
    asked = world.redeem(300, "lee")
    assert world.redemption(asked).budgets == ("B1", "B2")
    assert (left(world, "B1"), left(world, "B2")) == (200, 0)
    no = refused(lambda: world.redeem(1, "lee"))
    assert (no.reason, no.facts["budget"]) == (Reason.BUDGET_EXCEEDED, "Lee")
    assert world.redemption(world.redeem(200, "kim")).budgets == ("B1",)


def test_what_comes_to_nothing_is_given_back_once() -> None:
    world = capped(TEAM)
    denied, cancelled, lapsed, approved = (world.redeem(100, "lee") for _ in range(4))
    assert left(world) == 100
    world.deny(denied)
    world.cancel(cancelled, "lee")
    world.approve(approved)
    assert left(world) == 300
    world.clock.advance(timedelta(days=60))
    world.lapse()
    assert world.redemption(lapsed).state is RedemptionState.LAPSED
    assert left(world) == 400
    assert world.lapse().lapsed == 0
    assert left(world) == 400


def test_a_reservation_that_times_out_gives_its_budget_back_and_a_confirmed_one_does_not() -> None:
    world = capped(TEAM, approval=Approval.AUTOMATIC)
    kept, lost = (world.redeem(200, "lee", reserve=True) for _ in range(2))
    world.confirm(kept)
    assert left(world) == 100
    world.clock.advance(timedelta(minutes=30))
    world.lapse()
    assert world.redemption(lost).state is RedemptionState.LAPSED
    assert left(world) == 300


def test_of_two_who_ask_for_the_last_of_a_budget_at_once_one_gets_it() -> None:
    world = capped(replace(TEAM, limit=300, left=300))
    world.ledger.meanwhile.append(lambda: world.redeem(300, "kim"))
    no = refused(lambda: world.redeem(300, "lee"))
    assert (no.reason, no.facts["credits_possible"]) == (Reason.BUDGET_EXCEEDED, 0)
    assert left(world) == 0


def test_a_budget_counts_the_price_of_all_lines_and_not_what_is_free() -> None:
    world = capped(TEAM)
    offers(world, "C", "course", price_minor=30_000, mode=Mode.VIRTUAL)
    offers(world, "D", "course", price_minor=20_000, mode=Mode.VIRTUAL)
    world.redeem(lines=[line(code(world), offering=one) for one in ("C", "D")])
    assert left(world) == 0
    offers(world, "F", "course", price_minor=0, mode=Mode.VIRTUAL)
    asked = world.redeem(lines=[line(code(world), offering="F")])
    assert world.redemption(asked).credits == 0


def test_an_address_is_the_same_however_it_is_written() -> None:
    assert TEAM.caps("Lee@ACME.example")
    assert not TEAM.caps("pat@acme.example")


@pytest.mark.rule("CI-41")
def test_the_advisors_no_gives_a_budget_back_too() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    budget = Budget(budget_id="B1", name="Pat", limit=22, left=22, learners=(email("pat"),))
    world.commit(SetBudget(budget=budget, was=None))
    offers(world, "C", "class", credits=22, mode=Mode.VIRTUAL, country="DE")
    asked = world.redeem(who="pat", lines=[line(number(), offering="C")])
    assert left(world) == 0
    says(world, advisor(world), Verdict.DENY, asked)
    assert (left(world), world.balance()) == (22, Balance(available=61))
