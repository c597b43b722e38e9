from datetime import UTC, datetime

import pytest

from tests.fakes.clock import StoppedClock
from tests.world import World, ready
from training_credits.domain.model import Approval, RedemptionState
from training_credits.ports import Page
from training_credits.use_cases import approve


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def funded(credits: int) -> World:
    """So many credits on an account whose owners decide."""
    world = ready(Approval.MANUAL)
    world.buy(credits)
    return world


def listed(
    world: World,
    state: RedemptionState = RedemptionState.PENDING,
    cursor: str | None = None,
    limit: int = 100,
    who: str = "ann",
) -> Page[str]:
    """Ids of the requests in one state."""
    found = approve.list_requests(
        world.ledger,
        world.clock,
        world.caller(who),
        world.account,
        state=state,
        cursor=cursor,
        limit=limit,
    )
    page = found.page
    return Page(items=tuple(r.redemption_id for r in page.items), cursor=page.cursor)


@pytest.fixture
def year() -> World:
    """500 in February, 300 of them spent in March, 1,000 more in June; it is August 2027."""
    world = ready(Approval.AUTOMATIC, clock=StoppedClock(at(2026, 2, 10)))
    world.buy(500)
    world.clock.at = at(2026, 3, 5)
    world.redeem(300, title="Jira Basics")
    world.clock.at = at(2026, 6, 1)
    world.buy(1_000)
    world.clock.at = at(2027, 8, 1)
    return world
