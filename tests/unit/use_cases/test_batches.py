from datetime import date, timedelta

import pytest

from tests.builders import refused
from tests.unit.use_cases.conftest import funded, listed
from tests.world import World, ready
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Approval, Balance, Verdict


@pytest.mark.rule("AT-29")
def test_300_and_200_and_450_are_950_and_900_pay_none_of_them() -> None:
    world = funded(900)
    ids = [world.redeem(credits) for credits in (300, 200, 450)]
    no = refused(lambda: world.approve(*ids))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
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
    outcomes = world.approve(gone, fine)
    assert [outcome.problem and outcome.problem.reason for outcome in outcomes] == [
        Reason.ALREADY_DECIDED,
        None,
    ]
    assert world.balance().redeemed == 300


@pytest.mark.rule("AT-29")
def test_what_has_lapsed_is_not_held_against_the_rest_of_a_batch() -> None:
    world = funded(300)
    late = world.redeem(300)
    world.clock.advance(timedelta(days=60))
    fine = world.redeem(300)
    outcomes = world.approve(late, fine)
    assert [outcome.problem and outcome.problem.reason for outcome in outcomes] == [
        Reason.REQUEST_LAPSED,
        None,
    ]
    assert world.balance() == Balance(redeemed=300)


@pytest.mark.rule("AT-29")
@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_batch_with_a_request_that_is_not_there_is_refused_whole(
    verdict: Verdict, place: int
) -> None:
    world = funded(1_000)
    ids = [world.redeem(300), world.redeem(200)]
    ids.insert(place, f"{world.account}-unknown")
    asking = world.intent("ann", "decide")
    no = refused(lambda: world.decide(verdict, ids, asking=asking), NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND
    assert len(listed(world).items) == 2
    assert world.balance() == Balance(available=1_000)
    assert asking.earlier(world.ledger) is None


def test_a_batch_with_a_request_of_another_account_is_refused_whole() -> None:
    world = funded(1_000)
    mine = world.redeem(300)
    other = World(ledger=world.ledger, requests=50)
    other.open(Approval.MANUAL, who="bob")
    other.issue_code("bob")
    other.buy(500, "bob")
    theirs = other.redeem(100)
    no = refused(lambda: world.approve(mine, theirs), NotFound)
    assert no.reason is Reason.REDEMPTION_NOT_FOUND
    assert other.balance() == Balance(available=500)
    assert listed(world).items == (mine,)


@pytest.mark.rule("AT-29")
def test_what_was_taken_back_or_denied_asks_for_no_credits_in_a_batch() -> None:
    world = funded(500)
    gone, denied, fine = world.redeem(450), world.redeem(450), world.redeem(500)
    world.cancel(gone)
    world.deny(denied)
    outcomes = world.approve(gone, denied, fine)
    assert [outcome.problem is None for outcome in outcomes] == [False, False, True]
    assert world.balance() == Balance(redeemed=500)


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
