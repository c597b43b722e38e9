from datetime import date

import pytest

from tests.builders import refused
from tests.world import World, ready
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, Balance, RedemptionState
from training_credits.ports import Page
from training_credits.use_cases import approve


def funded(credits: int) -> World:
    world = ready(Approval.MANUAL)
    world.buy(credits)
    return world


def listed(
    world: World,
    state: RedemptionState = RedemptionState.PENDING,
    cursor: str | None = None,
    limit: int = 100,
) -> Page[str]:
    page = approve.list_requests(
        world.ledger, world.caller("ann"), world.account, state=state, cursor=cursor, limit=limit
    )
    return Page(items=tuple(r.redemption_id for r in page.items), cursor=page.cursor)


@pytest.mark.rule("AT-29")
def test_300_and_200_and_450_are_950_and_900_pay_none_of_them() -> None:
    world = funded(900)
    ids = [world.redeem(credits) for credits in (300, 200, 450)]
    no = refused(lambda: world.approve(*ids))
    assert (no.reason, no.rule) == (Reason.INSUFFICIENT_CREDITS, "AT-29")
    assert no.facts == {"credits": 950, "available": 900, "missing": 50}
    assert listed(world).items == tuple(sorted(ids))
    assert world.balance() == Balance(available=900)


@pytest.mark.rule("AT-29")
def test_300_and_200_and_450_are_paid_together_by_950() -> None:
    world = funded(950)
    ids = [world.redeem(credits) for credits in (300, 200, 450)]
    outcomes = world.approve(*ids)
    assert [outcome.redemption_id for outcome in outcomes] == ids
    assert sum(outcome.redemption.credits for outcome in outcomes if outcome.redemption) == 950
    assert world.balance() == Balance(redeemed=950)


@pytest.mark.rule("AT-29")
def test_in_a_batch_each_request_has_its_own_outcome() -> None:
    world = funded(1_000)
    fine, gone = world.redeem(300), world.redeem(200)
    world.cancel(gone)
    outcomes = world.approve(fine, gone, "A1-unknown")
    assert [outcome.problem and outcome.problem.reason for outcome in outcomes] == [
        None,
        Reason.ALREADY_DECIDED,
        Reason.REDEMPTION_NOT_FOUND,
    ]
    assert world.balance().redeemed == 300


def test_a_batch_that_is_denied_needs_no_balance() -> None:
    world = funded(300)
    ids = [world.redeem(300) for _ in range(3)]
    assert all(outcome.problem is None for outcome in world.deny(*ids))
    assert world.balance() == Balance(available=300)


def test_in_a_batch_that_meets_a_spender_the_rest_is_refused_one_by_one() -> None:
    world = funded(500)
    ids = [world.redeem(250) for _ in range(2)]
    spender = world.redeem(100, "kim")
    world.ledger.meanwhile.append(lambda: world.approve(spender))
    outcomes = world.approve(*ids)
    assert [o.problem and o.problem.reason for o in outcomes] == [
        None,
        Reason.INSUFFICIENT_CREDITS,
    ]
    assert world.balance() == Balance(available=150, redeemed=350)


def test_what_is_held_counts_for_no_batch() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 44, invoice=date(2026, 1, 15))
    ids = [world.redeem(22), world.redeem(22)]
    assert all(outcome.redemption for outcome in world.approve(*ids))
    assert world.balance() == Balance(redeemed=44)
