"""A burn-down, worked out in one go, is what happens day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.builders import lot_of
from training_credits.domain.drawing import spending_order
from training_credits.domain.forecast import DAY, Forecast, Pace, forecast
from training_credits.domain.model import Balance, Lot
from training_credits.domain.program import Program
from training_credits.programs import program_named

NOW = datetime(2026, 12, 1, 20, tzinfo=UTC)
CISCO = program_named("cisco", NOW)
ATLASSIAN = program_named("atlassian", NOW)
PROGRAMS = st.sampled_from([CISCO, ATLASSIAN])
# Few days and small lots, so that ends meet and lots run dry.
OWNED = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), max_size=6)
PACES = st.builds(Pace, credits=st.integers(0, 400), days=st.integers(7, 90))


def lots_of(program: Program, owned: list[tuple[int, int]]) -> list[Lot]:
    """Lots by the day on which they end, and how many credits they have."""
    today = program.today(NOW)
    ends = [today + (days + (program.expiry.at is not None)) * DAY for days, _ in owned]
    return [
        replace(lot_of(f"L{n}", credits, program.expires_at(end), NOW - 30 * DAY), expires_on=end)
        for n, ((_, credits), end) in enumerate(zip(owned, ends, strict=True))
    ]


def played(
    program: Program, lots: list[Lot], pace: Pace
) -> tuple[dict[str, int], dict[date, int], date | None]:
    """Day after day: what of each lot is lost, what is left each day, and when it is nothing."""
    left = {lot.lot_id: lot.balance.available for lot in lots}
    last = {lot.lot_id: program.last_day(lot.expires_on) for lot in lots}
    lost: dict[str, int] = {}
    balances: dict[date, int] = {}
    day = program.today(NOW)
    while day <= max(last.values(), default=date.min):
        n = (day - program.today(NOW)).days
        demand = pace.credits * n // pace.days - pace.credits * max(n - 1, 0) // pace.days
        for lot in spending_order(lots):
            taken = min(demand, left[lot.lot_id])
            left[lot.lot_id] -= taken
            demand -= taken
        for lot_id, end in last.items():
            if end == day:
                lost[lot_id], left[lot_id] = left[lot_id], 0
        balances[day] = sum(left.values())
        day += DAY
    return lost, balances, next((day for day, balance in balances.items() if not balance), None)


def foreseen(program: Program, lots: list[Lot], pace: Pace) -> Forecast:
    return forecast(program, "TC", lots, pace, NOW)


def lost(ahead: Forecast) -> dict[str, int]:
    return {each.lot.lot_id: each.credits for each in ahead.lots}


@settings(deadline=None, max_examples=300)
@given(program=PROGRAMS, owned=OWNED, pace=PACES)
def test_a_forecast_is_what_happens_day_by_day(
    program: Program, owned: list[tuple[int, int]], pace: Pace
) -> None:
    lots = lots_of(program, owned)
    ahead = foreseen(program, lots, pace)
    at_risk, balances, empty = played(program, lots, pace)
    assert lost(ahead) == at_risk
    assert ahead.at_risk == sum(at_risk.values())
    assert dict(ahead.left) == {day: balances[day] for day, _ in ahead.left}
    assert ahead.empty_on == empty


@settings(deadline=None, max_examples=200)
@given(owned=OWNED, pace=PACES, more=st.integers(0, 50))
def test_who_goes_faster_loses_no_more(owned: list[tuple[int, int]], pace: Pace, more: int) -> None:
    """Nor has more left on a day, but for one credit: what is rounded down comes a day later."""
    lots = lots_of(ATLASSIAN, owned)
    slow = foreseen(ATLASSIAN, lots, pace)
    fast = foreseen(ATLASSIAN, lots, replace(pace, credits=pace.credits + more))
    assert fast.at_risk <= slow.at_risk
    for (day, left), (same_day, less) in zip(slow.left, fast.left, strict=True):
        assert day == same_day
        assert less <= left + 1


@settings(deadline=None, max_examples=200)
@given(program=PROGRAMS, owned=OWNED, pace=PACES)
def test_nothing_is_lost_at_the_pace_that_is_needed_and_something_at_any_slower_one(
    program: Program, owned: list[tuple[int, int]], pace: Pace
) -> None:
    lots = lots_of(program, owned)
    needed = foreseen(program, lots, pace).needed
    assume(lots)
    if needed is None:
        assert foreseen(program, lots, Pace(credits=10**9, days=1)).at_risk
        return
    assert foreseen(program, lots, needed).at_risk == 0
    assert (foreseen(program, lots, pace).at_risk == 0) is pace.covers(needed)
    finer = Pace(credits=needed.credits * 1_000 - 1, days=needed.days * 1_000)
    assert foreseen(program, lots, finer).at_risk > 0


@settings(deadline=None, max_examples=100)
@given(owned=OWNED, pace=PACES, gone=st.integers(0, 40))
def test_what_is_at_risk_and_what_is_spent_make_what_there_was_and_what_was_paid(
    owned: list[tuple[int, int]], pace: Pace, gone: int
) -> None:
    """Of a lot of which some was spent before, the paid value is that of its last credits."""
    lots = [
        replace(
            lot, balance=Balance(available=lot.credits, redeemed=gone), credits=lot.credits + gone
        )
        for lot in lots_of(ATLASSIAN, owned)
    ]
    ahead = foreseen(ATLASSIAN, lots, pace)
    assert ahead.available == sum(lot.balance.available for lot in lots)
    for each in ahead.lots:
        assert 0 <= each.credits <= each.lot.balance.available
        spent = each.lot.credits - each.credits
        kept = each.lot.paid_minor * spent // each.lot.credits
        assert each.paid_minor == each.lot.paid_minor - kept
    assert sum(ahead.paid_minor.values()) == sum(each.paid_minor for each in ahead.lots)


def test_what_is_dead_or_empty_is_no_part_of_it() -> None:
    dead = lot_of("L0", 9, NOW - timedelta(microseconds=1))
    empty = replace(lot_of("L1", 9, NOW + 9 * DAY), balance=Balance(held=4, redeemed=5))
    ahead = foreseen(ATLASSIAN, [dead, empty], Pace(credits=1, days=7))
    assert (ahead.lots, ahead.available, ahead.held, ahead.empty_on) == ((), 0, 4, None)
    assert (ahead.needed, ahead.left) == (None, ())
