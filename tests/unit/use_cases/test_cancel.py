from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.world import ready
from training_credits.domain.errors import Conflict, NotFound, Reason
from training_credits.domain.model import (
    Balance,
    EntryKind,
    RedemptionState,
    State,
    Verdict,
)
from training_credits.use_cases import redeem
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)


@pytest.mark.rule("AT-30")
@pytest.mark.rule("AT-38")
def test_a_learner_takes_a_pending_request_of_200_back() -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    world.clock.advance(timedelta(hours=1))
    world.cancel(asked)
    after = world.redemption(asked)
    assert after.state is RedemptionState.CANCELLED
    assert (after.decided_by, after.decided_at) == ("lee@acme.example", world.clock())
    assert world.balance() == Balance(available=500)


@pytest.mark.rule("AT-38")
def test_after_the_approval_it_is_too_late_to_cancel() -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    world.approve(asked)
    no = refused(lambda: world.cancel(asked), Conflict)
    assert no.reason is Reason.ALREADY_DECIDED
    assert no.facts == {"state": "approved", "instead": "returnLine"}
    assert "ann" not in no.detail


@pytest.mark.rule("AT-38")
@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict.APPROVE, {"state": "approved", "instead": "returnLine"}),
        (Verdict.DENY, {"state": "denied"}),
    ],
)
def test_the_learner_is_never_told_who_decided(verdict: Verdict, told: dict[str, str]) -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    world.ledger.meanwhile.append(lambda: world.decide(verdict, [asked]))
    no = refused(lambda: world.cancel(asked), Conflict)
    assert no.facts == told
    assert "@" not in no.detail


def test_a_cancellation_sent_twice_is_one() -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    asking = world.intent("lee", "cancel")
    assert world.cancel(asked, asking=asking) == world.cancel(asked, asking=asking)
    assert refused(lambda: world.cancel(asked), Conflict).reason is Reason.ALREADY_DECIDED


def test_a_request_is_its_learners_alone() -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    assert redeem.read_redemption(world.ledger, world.caller("lee"), asked).credits == 200
    for who in ("kim", "ann"):
        no = refused(
            partial(redeem.read_redemption, world.ledger, world.caller(who), asked),
            NotFound,
        )
        assert no.reason is Reason.REDEMPTION_NOT_FOUND
        assert refused(partial(world.cancel, asked, who), NotFound).reason is no.reason
    assert refused(lambda: world.cancel("A1-R1"), NotFound).reason is (Reason.REDEMPTION_NOT_FOUND)


def test_a_request_whose_account_is_gone_cannot_be_cancelled() -> None:
    world = ready()
    world.buy(500)
    asked = world.redeem(200)
    world.ledger.rows("atlassian", world.account).account = None
    assert refused(lambda: world.cancel(asked), NotFound).reason is Reason.REDEMPTION_NOT_FOUND


def test_what_is_taken_back_goes_back_to_its_lot() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    world.cancel(asked)
    assert world.balance() == Balance(available=61)
    assert world.redemption(asked).draws == ()
    (release,) = (e for e in world.entries() if e.kind is EntryKind.RELEASE)
    assert (release.change, release.actor) == (0, "lee@acme.example")


@pytest.mark.rule("CI-21")
@pytest.mark.parametrize("swept", [False, True])
def test_what_is_taken_back_from_a_dead_lot_has_expired(*, swept: bool) -> None:
    world = ready(program="cisco", clock=StoppedClock(datetime(2026, 2, 10, tzinfo=UTC)))
    lot = world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    world.clock.at = lot.expires_at
    if swept:
        assert sweep(world.ledger, world.clock, lambda: True).credits == 39
    world.cancel(asked)
    assert world.balance() == Balance(expired=61)
    (release,) = (e for e in world.entries() if e.kind is EntryKind.RELEASE)
    assert [m.target for m in release.movements] == [State.EXPIRED]
