from datetime import date, timedelta
from functools import partial

import pytest

from tests.builders import intent, refused
from tests.unit.use_cases.conftest import funded, listed
from tests.world import ready
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import (
    Balance,
    EntryKind,
    RedemptionState,
    Verdict,
)


@pytest.mark.rule("AT-18")
def test_of_1000_credits_an_approved_300_leave_700() -> None:
    world = funded(1_000)
    asked = world.redeem(300)
    assert world.balance().available == 1_000
    (outcome,) = world.approve(asked)
    assert outcome.redemption == world.redemption(asked)
    assert world.redemption(asked).state is RedemptionState.APPROVED
    assert world.balance() == Balance(available=700, redeemed=300)
    assert listed(world, RedemptionState.APPROVED).items == (asked,)


@pytest.mark.rule("AT-20")
def test_a_denied_300_leaves_1000_and_is_listed_as_denied() -> None:
    world = funded(1_000)
    asked = world.redeem(300)
    world.deny(asked, note="Not this year")
    after = world.redemption(asked)
    assert (after.state, after.note) == (RedemptionState.DENIED, "Not this year")
    assert after.decided_by == "ann@acme.example"
    assert world.balance() == Balance(available=1_000)
    assert listed(world, RedemptionState.DENIED).items == (asked,)
    assert [entry.kind for entry in world.entries()] == [EntryKind.PURCHASE]


@pytest.mark.rule("AT-17")
def test_of_two_owners_at_once_the_second_learns_who_was_first() -> None:
    world = funded(1_000)
    world.add_owner("bob")
    asked = world.redeem(300)
    world.ledger.meanwhile.append(lambda: world.approve(asked, who="bob"))
    no = refused(lambda: world.approve(asked), Conflict)
    assert no.reason is Reason.ALREADY_DECIDED
    assert no.facts == {"state": "approved", "decided_by": "bob@acme.example"}
    assert world.balance() == Balance(available=700, redeemed=300)


@pytest.mark.rule("AT-17")
@pytest.mark.parametrize("verdict", Verdict)
def test_a_double_click_is_one_decision(verdict: Verdict) -> None:
    world = funded(1_000)
    asked = world.redeem(300)
    asking = world.intent("ann", "decide")
    first = world.decide(verdict, [asked], asking=asking)
    assert world.decide(verdict, [asked], asking=asking) == first
    assert world.balance().redeemed == (300 if verdict is Verdict.APPROVE else 0)


@pytest.mark.rule("AT-17")
def test_a_decision_under_another_key_comes_too_late_even_for_the_same_owner() -> None:
    world = funded(1_000)
    asked = world.redeem(300)
    world.approve(asked)
    for act in (world.approve, world.deny):
        assert refused(partial(act, asked), Conflict).reason is Reason.ALREADY_DECIDED


@pytest.mark.rule("AT-38")
def test_an_approval_and_a_cancellation_at_once_are_one_of_the_two() -> None:
    world = funded(1_000)
    asked = world.redeem(300)
    world.ledger.meanwhile.append(lambda: world.cancel(asked))
    no = refused(lambda: world.approve(asked), Conflict)
    assert no.facts == {"state": "cancelled", "decided_by": "lee@acme.example"}
    assert world.balance() == Balance(available=1_000)


def test_a_key_used_for_another_decision_is_refused() -> None:
    world = funded(1_000)
    one, two = world.redeem(300), world.redeem(200)
    world.decide(Verdict.APPROVE, [one], asking=intent("ann", "decide", "key-1", "one"))
    other = intent("ann", "decide", "key-1", "two")
    for ids in ([two], [one], [one, two]):
        no = refused(
            partial(world.decide, Verdict.APPROVE, ids, asking=other),
            Conflict,
        )
        assert no.reason is Reason.KEY_REUSED
    assert world.redemption(two).state is RedemptionState.PENDING


@pytest.mark.rule("AT-28")
def test_the_list_opens_with_3_that_wait_oldest_first_and_not_with_40_decided() -> None:
    world = funded(1_000)
    for number in range(43):
        world.clock.advance(timedelta(minutes=1))
        asked = world.redeem(number + 1)
        if number < 40:
            world.deny(asked)
    waiting = listed(world).items
    assert [world.redemption(i).credits for i in waiting] == [41, 42, 43]
    assert len(listed(world, RedemptionState.DENIED).items) == 40


def test_a_list_is_read_page_by_page() -> None:
    world = funded(1_000)
    asked = []
    for _ in range(5):
        world.clock.advance(timedelta(minutes=1))
        asked.append(world.redeem(1))
    first = listed(world, limit=2)
    second = listed(world, cursor=first.cursor, limit=2)
    third = listed(world, cursor=second.cursor, limit=2)
    assert [*first.items, *second.items, *third.items] == asked
    assert third.cursor is None
    assert refused(lambda: listed(world, cursor="x")).reason is Reason.INVALID_CURSOR


@pytest.mark.rule("AT-30")
def test_each_state_has_its_list() -> None:
    world = funded(1_000)
    ids = [world.redeem(200) for _ in range(4)]
    world.approve(ids[0])
    world.deny(ids[1])
    world.cancel(ids[2])
    found = {state: listed(world, state).items for state in RedemptionState}
    assert {state: items for state, items in found.items() if items} == {
        RedemptionState.APPROVED: (ids[0],),
        RedemptionState.DENIED: (ids[1],),
        RedemptionState.CANCELLED: (ids[2],),
        RedemptionState.PENDING: (ids[3],),
    }


@pytest.mark.rule("AT-39")
def test_of_two_pending_300_the_first_leaves_200_of_500_and_the_second_is_refused() -> None:
    world = funded(500)
    one, two = world.redeem(300), world.redeem(300)
    world.approve(one)
    assert world.balance().available == 200
    no = refused(lambda: world.approve(two))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    assert no.facts["missing"] == 100
    assert world.redemption(two).state is RedemptionState.PENDING


@pytest.mark.rule("AT-39")
def test_a_request_that_outlives_the_credits_is_refused_at_the_decision() -> None:
    world = funded(500)
    world.clock.at = world.book().lots[0].expires_at - timedelta(days=1)
    asked, other = world.redeem(300), world.redeem(100)
    world.clock.advance(timedelta(days=1))
    assert refused(lambda: world.approve(asked)).reason is Reason.CREDITS_EXPIRED
    batch = [asked, other]
    assert refused(lambda: world.approve(*batch)).facts["available"] == 0


@pytest.mark.rule("CI-36")
@pytest.mark.proves("I6")
def test_what_was_held_is_posted_even_when_its_lot_has_died() -> None:
    world = ready(program="cisco")
    lot = world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.clock.at = lot.expires_at - timedelta(days=1)
    asked = world.redeem(22)
    world.clock.at = lot.expires_at
    world.approve(asked)
    assert world.balance() == Balance(redeemed=22, expired=39)
    kinds = [entry.kind for entry in world.entries()]
    assert kinds == [EntryKind.PURCHASE, EntryKind.HOLD, EntryKind.REDEEM]
    assert [entry.change for entry in world.entries()] == [61, 0, -22]


def test_a_denial_gives_back_what_was_held() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.deny(world.redeem(22))
    assert world.balance() == Balance(available=61)
