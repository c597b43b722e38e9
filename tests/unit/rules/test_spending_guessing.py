"""Who guesses at codes is slowed: at once after some in a row, and for long after very many."""

from datetime import date, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.world import World
from training_credits.domain.errors import Reason, Throttled

WRONG = "0000-0000-00000"


def shop() -> World:
    """A Salesforce account with a code, and credits that pay."""
    made = World(program="salesforce")
    made.open()
    made.grant("O1", 3_000, order_start=date(2026, 1, 1))
    made.issue_code(lot="O1")
    return made


def guess(made: World) -> Reason:
    found = refused(partial(made.redeem, 1, "eve", code=WRONG)).reason
    return Reason(found)


@pytest.mark.rule("SF-40")
def test_after_five_wrong_codes_in_ten_minutes_no_more_are_looked_at() -> None:
    made = shop()
    for _ in range(5):
        assert guess(made) is Reason.CODE_NOT_ACCEPTED
        made.clock.advance(timedelta(minutes=1))
    no = refused(partial(made.redeem, 1, "eve"), Throttled)
    assert (no.reason, no.facts) == (Reason.TOO_MANY_TRIES, {"tries_max": 5, "minutes": 10})
    assert made.redemption(made.redeem(1)).credits == 1, "somebody else is not slowed"


@pytest.mark.rule("SF-40")
def test_ten_minutes_after_the_first_of_them_a_right_code_is_looked_at_again() -> None:
    made = shop()
    for _ in range(5):
        guess(made)
    made.clock.advance(timedelta(minutes=10) - timedelta(microseconds=1))
    assert refused(partial(made.redeem, 1, "eve"), Throttled).facts["minutes"] == 10
    made.clock.advance(timedelta(microseconds=1))
    assert made.redeem(1, "eve")


def test_where_the_program_says_nothing_of_a_row_only_very_many_are_too_many() -> None:
    made = World(program="atlassian")
    made.open()
    made.buy(100)
    made.issue_code()
    for _ in range(50):
        assert (
            refused(partial(made.redeem, 1, "eve", code=WRONG)).reason is Reason.CODE_NOT_ACCEPTED
        )
    assert made.redeem(1, "eve")
