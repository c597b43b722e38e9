"""To the last minute of credits: what is registered before they end may happen after."""

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import cisco, line, number, offers, runs
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, Balance, RedemptionState


def registers(world: World) -> str:
    """Pat asks for the conference of June 2027, with credits that end on 15 January 2027."""
    return world.redeem(
        who="pat", lines=[line(number(), offering="LIVE", session="JUNE")], country="US"
    )


def conference(at: str) -> World:
    world = cisco("2026-03-02T18:00", Approval.AUTOMATIC)
    offers(world, "LIVE", "event", credits=22)
    runs(world, "LIVE", "2027-06-13", session_id="JUNE")
    world.clock.at = instant(at)
    return world


@pytest.mark.rule("CI-34")
def test_ten_minutes_before_the_last_day_the_conference_of_june_is_still_registered_for() -> None:
    world = conference("2027-01-15T07:50")  # 23:50 on the 14th, where the vendor is
    made = world.redemption(registers(world))
    assert made.state is RedemptionState.APPROVED
    assert world.balance() == Balance(available=39, redeemed=22)


@pytest.mark.rule("CI-21")
@pytest.mark.rule("CI-34")
def test_a_minute_past_midnight_of_the_last_day_it_is_too_late() -> None:
    world = conference("2027-01-15T08:01")
    no = refused(lambda: registers(world))
    assert no.reason is Reason.CREDITS_EXPIRED
    assert world.balance() == Balance(expired=61)
