"""The same batch, sent again: what this very request decided is its own, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations

import pytest

from tests.builders import refused
from tests.unit.use_cases.conftest import funded
from tests.world import ready
from training_credits.domain.errors import Conflict, NotFound, Reason
from training_credits.domain.model import Approval, Balance, RedemptionState, Verdict
from training_credits.use_cases.approve import Outcome


def told(outcomes: Sequence[Outcome]) -> list[object]:
    """Outcomes that can be compared: a problem by what it says."""
    return [
        (o.redemption_id, o.redemption, o.problem and (o.problem.reason, o.problem.facts))
        for o in outcomes
    ]


class Crash(Exception):
    """The function dies between two requests of a batch."""


def crash() -> None:
    raise Crash


@pytest.mark.rule("AT-17")
def test_what_was_approved_under_another_key_is_refused_the_first_time_and_ever_after() -> None:
    world = funded(1_000)
    first, second = world.redeem(300), world.redeem(200)
    world.approve(first)
    asking = world.intent("ann", "decide")
    answer = told(world.decide(Verdict.APPROVE, [first, second], asking=asking))
    facts = {"state": "approved", "decided_by": "ann@acme.example"}
    assert answer == [
        (first, None, (Reason.ALREADY_DECIDED, facts)),
        (second, world.redemption(second), None),
    ]
    for _ in range(2):
        again = world.decide(Verdict.APPROVE, [first, second], asking=asking)
        assert told(again) == answer
    assert world.balance() == Balance(available=500, redeemed=500)


@pytest.mark.rule("AT-29")
@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_of_a_batch_does_not_matter(order: tuple[int, ...]) -> None:
    world = funded(1_000)
    approved, gone, fine = ids = [world.redeem(n) for n in (300, 200, 100)]
    world.approve(approved)
    world.cancel(gone)
    asking = world.intent("ann", "decide")
    batch = [ids[place] for place in order]
    answer = world.decide(Verdict.APPROVE, batch, asking=asking)
    assert [outcome.redemption_id for outcome in answer] == batch
    assert {o.redemption_id: o.problem and o.problem.facts["state"] for o in answer} == {
        approved: "approved",
        gone: "cancelled",
        fine: None,
    }
    assert told(world.decide(Verdict.APPROVE, batch, asking=asking)) == told(answer)
    assert world.balance() == Balance(available=600, redeemed=400)


def test_a_batch_that_crashed_half_way_is_finished_by_its_replay() -> None:
    world = funded(500)
    ids = [world.redeem(300), world.redeem(200)]
    asking = world.intent("ann", "decide")
    world.ledger.meanwhile += [lambda: None, crash]
    with pytest.raises(Crash):
        world.decide(Verdict.APPROVE, ids, asking=asking)
    done = world.redemption(ids[0])
    assert done.state is RedemptionState.APPROVED
    outcomes = world.decide(Verdict.APPROVE, ids, asking=asking)
    assert [outcome.redemption for outcome in outcomes] == [done, world.redemption(ids[1])]
    assert world.balance() == Balance(redeemed=500)


@pytest.mark.rule("AT-29")
def test_of_a_batch_that_crashed_the_done_is_answered_though_the_rest_cannot_be_paid() -> None:
    world = funded(500)
    ids = [world.redeem(300), world.redeem(200)]
    spender = world.redeem(150, "kim")
    asking = world.intent("ann", "decide")
    world.ledger.meanwhile += [lambda: None, crash]
    with pytest.raises(Crash):
        world.decide(Verdict.APPROVE, ids, asking=asking)
    world.approve(spender)
    answer = world.decide(Verdict.APPROVE, ids, asking=asking)
    assert answer[0].redemption == world.redemption(ids[0])
    assert answer[1].problem is not None
    assert answer[1].problem.reason is Reason.INSUFFICIENT_CREDITS
    assert answer[1].problem.facts["missing"] == 150
    assert told(world.decide(Verdict.APPROVE, ids, asking=asking)) == told(answer)
    assert world.balance() == Balance(available=50, redeemed=450)


def test_what_was_refused_is_judged_anew_when_there_are_credits_by_then() -> None:
    world = funded(500)
    ids = [world.redeem(250), world.redeem(250)]
    spender = world.redeem(100, "kim")
    world.ledger.meanwhile.append(lambda: world.approve(spender))
    asking = world.intent("ann", "decide")
    assert [o.problem is None for o in world.decide(Verdict.APPROVE, ids, asking=asking)] == [
        True,
        False,
    ]
    world.buy(100)
    answer = world.decide(Verdict.APPROVE, ids, asking=asking)
    assert [o.redemption for o in answer] == [world.redemption(i) for i in ids]
    assert world.balance() == Balance(redeemed=600)


def test_a_batch_of_which_nothing_was_done_is_held_against_the_balance_again() -> None:
    world = funded(500)
    ids = [world.redeem(300), world.redeem(300)]
    asking = world.intent("ann", "decide")
    for _ in range(2):
        no = refused(lambda: world.decide(Verdict.APPROVE, ids, asking=asking))
        assert no.facts == {"credits": 600, "available": 500, "missing": 100}
    world.buy(100)
    assert all(o.redemption for o in world.decide(Verdict.APPROVE, ids, asking=asking))


def test_a_key_keeps_its_decisions_apart_from_those_of_other_keys_and_other_people() -> None:
    world = funded(1_000)
    world.add_owner("bob")
    ids = [world.redeem(100) for _ in range(5)]
    world.approve(*ids[:2])
    world.deny(ids[2])
    shared = world.intent("ann", "decide")
    world.decide(Verdict.APPROVE, [ids[3]], asking=shared)
    bobs = replace(shared, caller=world.caller("bob"), digest="bob's")
    world.decide(Verdict.APPROVE, [ids[4]], "bob", asking=bobs)
    made = [world.redemption(i).decision for i in ids]
    assert made[0] == made[1]
    assert len({*made}) == 4
    assert None not in made
    no = refused(lambda: world.decide(Verdict.APPROVE, [ids[3]], "bob", asking=bobs), Conflict)
    assert no.reason is Reason.ALREADY_DECIDED


def test_what_the_learner_takes_back_and_what_the_system_approves_nobody_decided() -> None:
    world = funded(1_000)
    taken_back = world.redeem(100)
    world.cancel(taken_back)
    automatic = ready(Approval.AUTOMATIC)
    automatic.buy(100)
    assert world.redemption(taken_back).decision is None
    assert automatic.redemption(automatic.redeem(100)).decision is None


@pytest.mark.rule("AT-25")
def test_an_owner_who_was_removed_since_gets_no_answer_to_a_replay() -> None:
    world = funded(1_000)
    world.add_owner("bob")
    ids = [world.redeem(300), world.redeem(200)]
    asking = world.intent("ann", "decide")
    world.decide(Verdict.APPROVE, ids, asking=asking)
    world.remove("ann", who="bob")
    for batch in (ids, ids[:1]):
        no = refused(partial(world.decide, Verdict.APPROVE, batch, asking=asking), NotFound)
        assert no.reason is Reason.ACCOUNT_NOT_FOUND
