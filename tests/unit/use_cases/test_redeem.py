from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.builders import intent, refused
from tests.world import World, ready
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    EntryKind,
    RedemptionState,
)

MOMENT = timedelta(microseconds=1)


@pytest.mark.rule("AT-18")
@pytest.mark.rule("AT-39")
def test_a_pending_request_takes_nothing_where_credits_leave_on_approval() -> None:
    world = ready()
    world.buy(1_000)
    redemption = world.redemption(world.redeem(300))
    assert redemption.state is RedemptionState.PENDING
    assert redemption.draws == ()
    assert world.balance() == Balance(available=1_000)


@pytest.mark.rule("AT-41")
def test_whoever_has_the_code_may_ask_without_being_a_member() -> None:
    world = ready()
    world.buy(1_000)
    asked = world.redemption(world.redeem(300, "x"))
    assert asked.learner.email == "x@acme.example"
    assert world.member("x") is None


@pytest.mark.rule("AT-08")
def test_a_course_of_300_dollars_takes_300_credits() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(300)
    world.redeem(300)
    assert world.balance() == Balance(redeemed=300)


@pytest.mark.rule("AT-42")
def test_600_are_paid_by_500_that_end_first_and_100_of_the_refill() -> None:
    world = ready(Approval.AUTOMATIC)
    first = world.buy(500)
    world.clock.at = datetime(2026, 6, 1, tzinfo=UTC)
    refill = world.buy(1_000)
    redemption = world.redemption(world.redeem(600))
    assert redemption.draws == (
        Draw(lot_id=first, credits=500),
        Draw(lot_id=refill, credits=100),
    )
    (entry,) = (e for e in world.entries() if e.kind is EntryKind.REDEEM)
    assert [(m.lot_id, m.credits) for m in entry.movements] == [(first, 500), (refill, 100)]
    assert entry.change == -600
    assert world.balance() == Balance(available=900, redeemed=600)


@pytest.mark.parametrize(
    "code", ["", "wrong", "0000-0000-00000", "７K2P0ABCDEFGH", "x" * 5_000, "\x00" * 13]
)
@pytest.mark.rule("SF-40")
def test_a_wrong_code_and_no_code_look_the_same(code: str) -> None:
    world = ready()
    no = refused(lambda: world.redeem(300, code=code))
    assert (no.reason, no.facts) == (Reason.CODE_NOT_ACCEPTED, {})


def test_a_code_of_another_vendor_is_not_accepted() -> None:
    world = ready()
    other = World(program="cisco", ledger=world.ledger)
    other.accept_terms("lee")
    no = refused(lambda: other.redeem(300, code=world.code))
    assert no.reason is Reason.CODE_NOT_ACCEPTED


def test_a_code_whose_account_is_gone_is_not_accepted() -> None:
    world = ready()
    world.ledger.accounts.clear()
    assert refused(lambda: world.redeem(1)).reason is Reason.CODE_NOT_ACCEPTED


@pytest.mark.rule("SF-27")
@pytest.mark.parametrize("approval", Approval)
def test_a_request_that_cannot_be_paid_is_refused_and_takes_nothing(approval: Approval) -> None:
    world = ready(approval)
    world.buy(1_000)
    no = refused(lambda: world.redeem(1_200))
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    assert no.facts["missing"] == 200
    assert world.balance() == Balance(available=1_000)
    assert world.book().requests == ()


def test_the_same_request_twice_is_one_request() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(500)
    asking = world.intent("lee", "redeem")
    assert world.redeem(300, asking=asking) == world.redeem(300, asking=asking)
    assert world.balance() == Balance(available=200, redeemed=300)


def test_a_replay_is_answered_though_the_credits_are_gone_by_now() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(300)
    asking = world.intent("lee", "redeem")
    first = world.redeem(300, asking=asking)
    world.clock.advance(timedelta(days=800))
    assert world.redeem(300, asking=asking) == first


def test_a_key_used_for_something_else_is_refused() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    world.redeem(300, asking=intent("lee", "redeem", "key-1", "300"))
    for credits in (400, 40_000):
        no = refused(
            partial(world.redeem, credits, asking=intent("lee", "redeem", "key-1", str(credits))),
            Conflict,
        )
        assert no.reason is Reason.KEY_REUSED
    assert world.balance().redeemed == 300


def test_a_key_belongs_to_whoever_used_it() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    one = world.redeem(300, asking=intent("lee", "redeem", "key-1"))
    two = world.redeem(300, asking=intent("kim", "redeem", "key-1"))
    assert one != two
    assert world.balance().redeemed == 600
