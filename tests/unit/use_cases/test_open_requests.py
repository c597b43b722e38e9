"""Nobody asks without end: each request that waits is looked at by somebody, and mailed."""

from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.bookings_tools import LOT
from tests.unit.rules.cases_tools import advisor, cisco
from tests.world import World, ready
from training_credits.domain.change import EditAccount
from training_credits.domain.decisions import waiting
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, RedemptionState

pytestmark = pytest.mark.proves("T23")
MOST = 3


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of fifty."""
    monkeypatch.setattr(waiting, "OPEN_MAX", MOST)


@pytest.fixture
def world() -> World:
    made = ready()
    made.buy(1_000)
    return made


def asks(world: World, who: str = "lee", times: int = MOST) -> list[str]:
    return [world.redeem(1, who) for _ in range(times)]


def is_full(world: World, who: str = "lee") -> bool:
    no = refused(lambda: world.redeem(1, who))
    return (no.reason, no.facts) == (Reason.TOO_MANY_OPEN_REQUESTS, {"most": MOST})


def test_one_more_than_the_most_is_refused_and_of_others_one_is_not(world: World) -> None:
    asks(world)
    assert is_full(world)
    assert world.redeem(1, "kim")


@pytest.mark.parametrize("verdict", ["approve", "deny"])
def test_where_one_was_decided_another_may_be_asked_for(world: World, verdict: str) -> None:
    first, *_ = asks(world)
    getattr(world, verdict)(first)
    assert world.redeem(1)
    assert is_full(world)


def test_what_has_lapsed_counts_no_more_whether_anybody_has_swept_or_not(world: World) -> None:
    first, *_ = asks(world)
    lapses_at = world.redemption(first).lapses_at
    assert lapses_at is not None
    world.clock.at = lapses_at
    assert asks(world)
    assert is_full(world)


def test_taking_back_makes_no_room_before_a_day_has_gone_by(world: World) -> None:
    """Each of them was a mail to every owner."""
    for redemption_id in asks(world):
        world.cancel(redemption_id)
    assert is_full(world)
    world.clock.advance(waiting.WITHDRAWN_COUNTS - timedelta(microseconds=1))
    assert is_full(world)
    world.clock.advance(timedelta(microseconds=1))
    assert asks(world)


def test_what_is_approved_at_once_waits_for_nobody_and_counts_for_nothing() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    assert len(asks(world, times=2 * MOST)) == 2 * MOST


def test_who_has_no_room_may_still_buy_what_is_approved_at_once(world: World) -> None:
    asks(world)
    world.commit(EditAccount(approval=Approval.AUTOMATIC))
    assert world.redemption(world.redeem(1)).state is RedemptionState.APPROVED


def test_a_reservation_waits_until_it_is_confirmed(world: World) -> None:
    reserved = [world.redeem(1, reserve=True) for _ in range(MOST)]
    world.approve(*reserved)
    assert {world.redemption(one).state for one in reserved} == {RedemptionState.RESERVED}
    assert is_full(world)
    world.confirm(reserved[0])
    assert world.redeem(1)


def test_the_same_request_again_is_answered_when_there_is_no_room(world: World) -> None:
    asking = world.intent("lee", "redeem")
    first = world.redeem(1, asking=asking)
    asks(world, times=MOST - 1)
    assert is_full(world)
    assert world.redeem(1, asking=asking) == first


@pytest.mark.proves("G20")
def test_without_the_guard_there_would_be_no_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "counted", lambda _: ())
    assert len(asks(world, times=10 * MOST)) == 10 * MOST


def test_the_vendors_staff_ask_for_many() -> None:
    world = cisco(left=61, approval=Approval.MANUAL)
    for _ in range(2 * MOST):
        world.redeem(1, advisor(), sales_order=LOT)
    for _ in range(MOST):
        world.redeem(1, "lee", sales_order=LOT)
    no = refused(lambda: world.redeem(1, "lee", sales_order=LOT))
    assert no.reason is Reason.TOO_MANY_OPEN_REQUESTS
