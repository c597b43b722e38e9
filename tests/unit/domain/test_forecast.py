"""The burn-down of lots that end one after the other, at one credit a day."""

from datetime import UTC, date, datetime, timedelta

from tests.builders import lot_of
from training_credits.domain.forecast import Forecast, Pace, forecast
from training_credits.programs import program_named

NOON = datetime(2026, 7, 1, 19, tzinfo=UTC)
PROGRAM = program_named("atlassian", NOON)
TODAY = PROGRAM.today(NOON)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def ahead(*lots: tuple[int, int]) -> Forecast:
    """Of lots with so many credits, whose last whole day is so many days away."""
    made = [lot_of(f"{days}", credits, PROGRAM.expires_at(after(days))) for credits, days in lots]
    return forecast(PROGRAM, "TC", made, Pace(credits=1, days=1), NOON)


def test_what_one_lot_pays_no_later_one_pays_again() -> None:
    seen = ahead((10, 2), (10, 4), (10, 6))
    assert [lot.credits for lot in seen.lots] == [8, 8, 8]
    assert seen.left == ((after(2), 20), (after(4), 10), (after(6), 0))
    assert seen.empty_on == after(6)


def test_what_a_small_lot_cannot_pay_is_missing_from_the_next_one() -> None:
    seen = ahead((1, 2), (10, 4))
    assert [lot.credits for lot in seen.lots] == [0, 7]
    assert seen.left == ((after(2), 9), (after(4), 0))


def test_the_pace_that_is_needed_is_that_of_all_lots_to_the_end_that_is_hardest() -> None:
    assert ahead((2, 2), (30, 3)).needed == Pace(credits=32, days=3)


def test_of_a_lot_that_ends_today_nothing_can_be_foretold_but_its_loss() -> None:
    seen = ahead((10, 0), (5, 5))
    assert [(lot.last_day, lot.credits) for lot in seen.lots] == [(TODAY, 10), (after(5), 0)]
    assert seen.needed is None
