import json
from datetime import UTC, datetime

import pytest

from tests.fakes.clock import StoppedClock
from tests.world import World, ready
from training_credits.edge import views
from training_credits.programs import program_named
from training_credits.use_cases import statements

ATLASSIAN = program_named("atlassian", datetime(2026, 2, 10, tzinfo=UTC))


@pytest.fixture
def world() -> World:
    """500 bought on 2026-02-10 and a refill of 1,000 on 2026-06-01."""
    world = ready(clock=StoppedClock(datetime(2026, 2, 10, 9, tzinfo=UTC)))
    world.buy(500)
    world.clock.at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    world.buy(1_000)
    return world


@pytest.mark.rule("CI-29")
def test_days_left_on_a_statement_count_from_its_end_or_from_now(world: World) -> None:
    def days_left(year: int, month: int) -> list[int]:
        stated = statements.monthly_statement(
            world.ledger, world.clock, world.caller("ann"), world.account, year, month
        )
        answer = views.statement(stated, ATLASSIAN, f"{year}-{month:02}")
        return [lot.days_left for lot in answer.lots]

    assert days_left(2026, 2) == [346]
    assert days_left(2026, 6) == [254, 365]


def test_a_statement_says_in_numbers_what_happened(world: World) -> None:
    world.approve(world.redeem(300))
    stated = statements.monthly_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, 2026, 6
    )
    answer = json.loads(views.encoded(views.statement(stated, ATLASSIAN, "2026-06")))
    assert (answer["month"], answer["name"], answer["time_zone"]) == ("2026-06", "Ann", "UTC")
    (product,) = answer["products"]
    assert (product["opening"], product["closing"]) == (500, 1_200)
    assert (product["purchases"], product["redemptions"], product["expiries"]) == (1_000, -300, 0)
    assert product["next_expiry"] == {"expires_on": "2027-02-10", "credits": 200, "days_left": 254}
    assert [line["balance"] for line in answer["lines"]] == [1_500, 1_200]
    assert [lot["closing"]["available"] for lot in answer["lots"]] == [200, 1_000]
    assert [lot["opening"]["available"] for lot in answer["lots"]] == [500, 0]
    assert [lot["redemptions"] for lot in answer["lots"]] == [-300, 0]
    worth = [lot["unspent_paid_minor"] for lot in answer["lots"]]
    assert product["paid_minor"] == {"USD": sum(worth)}
    first, second = world.book().lots
    assert worth == [first.paid_for(200), second.paid_for(1_000)]
