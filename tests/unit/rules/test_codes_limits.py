"""Limits of a code: of all its uses, and of each learner's."""

from functools import partial
from typing import Any

import pytest

from tests.builders import refused
from tests.unit.rules.codes_tools import card, limited_by_hand, with_lot
from tests.world import World
from training_credits.domain.change import EndCode
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import Approval, Balance, RedemptionState


def reached(world: World, credits: int, who: str = "lee") -> int:
    """The limit says no, and how many credits would be possible."""
    before = world.ledger.kept()
    no = refused(partial(world.redeem, credits, who))
    assert (no.reason, no.facts["credits"]) == (Reason.CODE_LIMIT_REACHED, credits)
    assert world.ledger.kept() == before
    return int(no.facts["credits_possible"])


def waiting(**conditions: Any) -> World:
    """An account whose owner decides, with 1,000 credits and a code under these conditions."""
    world = World()
    world.open(Approval.MANUAL)
    world.buy(1_000)
    limited_by_hand(world, **conditions)
    return world


def used(world: World, *who: str) -> list[int]:
    """What is counted: of all, and of each of these."""
    each = (
        world.ledger.used(world.program, world.account, world.code_id, f"s-{name}") for name in who
    )
    return [card(world).used, *each]


def test_all_uses_together_stay_within_the_limit_whoever_they_are_of() -> None:
    world = with_lot(limit=500)
    world.redeem(300, "lee")
    assert reached(world, 201, "mia") == 200
    world.redeem(200, "mia")
    assert reached(world, 1, "lee") == 0
    assert world.balance() == Balance(available=500, redeemed=500)
    assert used(world, "lee", "mia") == [500, 0, 0]


def test_each_learner_has_a_limit_of_their_own() -> None:
    world = with_lot(limit_each=100)
    world.redeem(100, "lee")
    assert reached(world, 1, "lee") == 0
    assert reached(world, 101, "mia") == 100
    world.redeem(60, "mia")
    assert reached(world, 41, "mia") == 40
    world.redeem(40, "mia")
    assert used(world, "lee", "mia") == [200, 100, 100]


def test_of_two_limits_the_tighter_one_counts() -> None:
    world = with_lot(limit=150, limit_each=100)
    world.redeem(100, "lee")
    assert reached(world, 60, "mia") == 50
    world.redeem(50, "mia")
    assert reached(world, 1, "kim") == 0


def test_one_use_may_reach_the_limit_exactly_and_not_pass_it() -> None:
    world = with_lot(limit=500, limit_each=500)
    assert reached(world, 501) == 500
    world.redeem(500)
    assert used(world, "lee") == [500, 500]


def test_a_limit_beyond_the_lot_makes_no_credits() -> None:
    world = with_lot(100, limit=500)
    no = refused(lambda: world.redeem(101))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 1)
    assert used(world, "lee") == [0, 0]


def test_without_a_limit_nothing_is_counted() -> None:
    world = with_lot()
    world.redeem(300)
    assert used(world, "lee") == [0, 0]


@pytest.mark.parametrize("limit", [{"limit": 500}, {"limit_each": 500}])
def test_two_at_once_do_not_pass_the_limit_together(limit: dict[str, int]) -> None:
    world = with_lot(**limit)
    world.ledger.meanwhile.append(lambda: world.redeem(300))
    no = refused(lambda: world.redeem(300))
    assert (no.reason, no.facts["credits_possible"]) == (Reason.CODE_LIMIT_REACHED, 200)
    assert world.balance().redeemed == 300


def test_the_limits_of_two_codes_of_one_lot_are_apart() -> None:
    world = with_lot(limit=100)
    first = world.code
    world.issue_code(lot="L1", limit=100)
    world.redeem(100, code=first)
    world.redeem(100)
    assert world.balance().redeemed == 200


@pytest.mark.parametrize("limits", [{"limit": 500}, {"limit_each": 500}])
@pytest.mark.parametrize("end", ["deny", "cancel"])
def test_what_came_to_nothing_is_given_back_to_the_limit(end: str, limits: dict[str, int]) -> None:
    world = waiting(**limits)
    asked = world.redeem(300)
    assert reached(world, 201) == 200
    if end == "deny":
        world.deny(asked)
    else:
        world.cancel(asked)
    assert used(world, "lee") == [0, 0]
    world.redeem(500)
    assert reached(world, 1) == 0


@pytest.mark.parametrize("limits", [{"limit": 500}, {"limit_each": 500}])
def test_what_was_approved_stays_counted(limits: dict[str, int]) -> None:
    world = waiting(**limits)
    world.approve(world.redeem(300))
    assert reached(world, 201) == 200
    assert card(world).used == 300


@pytest.mark.parametrize("end", ["deny", "cancel"])
def test_a_request_can_come_to_nothing_after_its_code_has_ended(end: str) -> None:
    world = waiting(limit=500, limit_each=500)
    asked = world.redeem(300)
    world.commit(EndCode(code=card(world), at=world.clock()))
    act = world.deny if end == "deny" else world.cancel
    act(asked)
    assert world.redemption(asked).state in {RedemptionState.DENIED, RedemptionState.CANCELLED}
    assert refused(partial(act, asked), Conflict).reason is Reason.ALREADY_DECIDED


def test_it_is_given_back_once() -> None:
    world = waiting(limit=500, limit_each=500)
    asked = world.redeem(300)
    world.redeem(100)
    world.cancel(asked)
    refused(partial(world.cancel, asked), Conflict)
    assert used(world, "lee") == [100, 100]


def test_a_request_sent_again_counts_once() -> None:
    world = with_lot(limit=500, limit_each=500)
    asking = world.intent("lee", "redeem")
    assert world.redeem(300, asking=asking) == world.redeem(300, asking=asking)
    assert used(world, "lee") == [300, 300]
