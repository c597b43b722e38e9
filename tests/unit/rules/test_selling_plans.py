"""A training plan comes with a lot, is nobody's duty, and spends nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import refused, staff
from tests.unit.rules.selling_tools import booked, name_contacts, world_of
from tests.world import World
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import (
    Balance,
    Caller,
    OrderState,
    Permission,
    PlanItem,
    Role,
    Verdict,
)
from training_credits.edge import views
from training_credits.use_cases import accounts, purchase

EIGHTY = (
    PlanItem(title="Routing", month="2026-05", credits=50, person="lee@acme.example"),
    PlanItem(title="Switching", month="2026-09", credits=30),
)


@pytest.fixture
def world() -> World:
    """A lot of 100 of SO-5001; the account has an advisor and an account manager."""
    world = world_of("cisco", "2026-03-05T20:00")
    name_contacts(world)
    order_id = booked(world, 100)
    for to in (OrderState.APPROVED, OrderState.INVOICED, OrderState.ACTIVATED):
        world.move(order_id, to)
    return world


def only_lot(world: World) -> str:
    return world.book().lots[0].lot_id


def plan(world: World, *items: PlanItem, who: Caller | None = None, lot: str = "") -> None:
    world.clock.advance(timedelta(seconds=1))
    accounts.change_plan(
        world.ledger,
        world.clock,
        who or world.caller("ann"),
        world.account,
        lot or only_lot(world),
        items,
    )


def planned(world: World, who: str = "ann") -> tuple[int, int]:
    found = accounts.read_plan(
        world.ledger, world.clock, world.caller(who), world.account, only_lot(world)
    )
    answer = views.plan(*found)
    return answer.planned, answer.unplanned


@pytest.mark.rule("CI-10")
def test_a_plan_of_80_of_100_credits_shows_20_unplanned(world: World) -> None:
    assert planned(world) == (0, 100)
    plan(world, *EIGHTY)
    assert planned(world) == (80, 20)
    assert world.balance() == Balance(available=100)
    plan(world, EIGHTY[1])
    assert planned(world) == (30, 70)
    plan(world)
    assert planned(world) == (0, 100)


@pytest.mark.rule("CI-10")
@pytest.mark.rule("CI-03")
def test_credits_are_bought_and_spent_without_any_plan(world: World) -> None:
    world.approve(world.redeem(100, "ann", sales_order="SO-5001"))
    assert world.balance() == Balance(redeemed=100)
    assert planned(world) == (0, 100)


def test_a_plan_holds_no_more_than_its_lot(world: World) -> None:
    plan(world, *EIGHTY)
    extra = PlanItem(title="More", month="2026-10", credits=21)
    no = refused(lambda: plan(world, *EIGHTY, extra))
    assert (no.reason, no.facts) == (Reason.PLAN_TOO_LARGE, {"credits": 100, "planned": 101})
    assert planned(world) == (80, 20)
    plan(world, *EIGHTY, PlanItem(title="More", month="2026-10", credits=20))
    assert planned(world) == (100, 0)


def test_a_lot_that_is_not_there_has_no_plan(world: World) -> None:
    assert refused(lambda: plan(world, lot="O-9"), NotFound).reason is Reason.LOT_NOT_FOUND


@pytest.mark.parametrize("role", [Role.PLAYER, Role.BUYER, Role.FINANCE])
def test_who_only_sees_or_buys_plans_nothing(world: World, role: Role) -> None:
    world.add("bob", role)
    no = refused(lambda: plan(world, *EIGHTY, who=world.caller("bob")), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, Permission.PLAN)


def test_every_change_of_a_plan_is_a_line_of_the_history(world: World) -> None:
    plan(world, *EIGHTY)
    rows = world.ledger.rows("cisco", world.account)
    last = max(rows.history.values(), key=lambda line: line.at)
    assert (last.kind, last.about, last.actor) == (
        "plan_changed",
        only_lot(world),
        "ann@acme.example",
    )
    assert last.detail == "80 of 100 credits planned"


@pytest.mark.rule("CI-04")
def test_the_business_development_manager_prepares_and_does_not_approve(world: World) -> None:
    kim = staff("kim", "cisco", Role.ADVISOR)
    plan(world, *EIGHTY, who=kim)
    assert planned(world) == (80, 20)
    asked = world.redeem(10, asking=world.intent(kim, "redeem"), sales_order="SO-5001")
    assert world.redemption(asked).state == "pending"
    deciding = world.intent(kim, "decide")
    no = refused(lambda: world.decide(Verdict.APPROVE, [asked], asking=deciding), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, Permission.DECIDE)
    assert world.balance() == Balance(available=90, held=10)
    world.approve(asked)
    assert world.balance() == Balance(available=90, redeemed=10)


@pytest.mark.rule("CI-04")
def test_an_advisor_of_another_account_finds_nothing_here(world: World) -> None:
    lou = staff("lou", "cisco", Role.ADVISOR)
    acts: tuple[Callable[[], object], ...] = (
        lambda: plan(world, *EIGHTY, who=lou),
        lambda: purchase.list_orders(
            world.ledger, world.clock, lou, world.account, cursor=None, limit=1
        ),
    )
    for act in acts:
        assert refused(act, NotFound).reason is Reason.ACCOUNT_NOT_FOUND
