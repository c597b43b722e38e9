"""Local days in every zone there is, beside a clock that is simply watched."""

from calendar import isleap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import lot_of, refused
from training_credits.domain.calendar import end_of, instant_of, local_date, plus_months
from training_credits.domain.drawing import draw
from training_credits.domain.errors import Reason
from training_credits.domain.model import Draw
from training_credits.programs import program_versions

pytestmark = pytest.mark.proves("G11")

FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
NOONS = [datetime.combine(FIRST + n * DAY, time(12)) for n in range((LAST - FIRST).days + 1)]
LEAP_DAYS = [date(year, 2, 29) for year in range(2020, 2041) if isleap(year)]
EARLY_ENDS = [date(2027, 1, 31), date(2028, 1, 31), date(2027, 2, 28), date(2026, 8, 31), LAST]

TELLING = [
    ("Africa/Cairo", date(2023, 4, 27)),  # 24:00 is 01:00
    ("Asia/Beirut", date(2026, 3, 28)),  # 24:00 is 01:00
    ("Asia/Beirut", date(2026, 10, 24)),  # 24:00 is 23:00
    ("America/Santiago", date(2026, 9, 5)),  # 24:00 is 01:00
    ("America/Havana", date(2026, 3, 7)),  # 24:00 is 01:00
    ("America/Havana", date(2026, 10, 31)),  # midnight comes twice
    ("America/Asuncion", date(2023, 9, 30)),  # 24:00 is 01:00
    ("Australia/Lord_Howe", date(2026, 10, 3)),  # half an hour
    ("Antarctica/Troll", date(2026, 3, 28)),  # two hours
    ("Africa/Casablanca", date(2026, 2, 14)),  # winter time is for Ramadan only
    ("America/Scoresbysund", date(2024, 3, 30)),  # another offset, the same clock
    ("America/Scoresbysund", date(2025, 3, 29)),  # 23:00 is 24:00
    ("Pacific/Kiritimati", date(2026, 12, 31)),
    ("America/Los_Angeles", date(2028, 2, 29)),
    ("UTC", date(2028, 2, 28)),
    ("America/Toronto", date(1919, 3, 30)),  # 23:30 is 00:30
    ("America/St_Johns", date(2006, 10, 28)),  # 00:01 is 23:01 of the day before
    ("Pacific/Apia", date(2011, 12, 29)),  # the next day is left out
]

zones = st.sampled_from(sorted({zone for zone, _ in TELLING})) | st.sampled_from(
    sorted(available_timezones())
)
days = st.dates(FIRST, LAST) | st.sampled_from(LEAP_DAYS + EARLY_ENDS)
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))
# Each property draws samples of its own: derandomize seeds them with its text.
calm = settings(max_examples=300, deadline=None, database=None, derandomize=True)
CREDITS_END = (None, time(0, 1))  # with the date, or at a minute past midnight as the date begins

Test = Callable[..., None]


def telling(test: Test) -> Test:
    for zone, day in TELLING:
        test = example(zone=zone, day=day)(test)
    return test


def watched(wall: datetime, zone: str, ahead: timedelta = 16 * HOUR) -> datetime:
    """When clocks in `zone` first show `wall` or later: each minute is read, then each second.

    Only UTC is turned into local time, never local time into UTC, so gaps need no thought.
    The watch begins when UTC is `ahead` short of `wall`: no zone is farther east than 16 hours.
    """
    local = ZoneInfo(zone)
    minute = _first(wall - ahead, MINUTE, wall, local)
    return _first(minute - MINUTE, SECOND, wall, local).replace(tzinfo=UTC)


def _first(since: datetime, step: timedelta, wall: datetime, local: ZoneInfo) -> datetime:
    now = since
    while local.fromutc(now.replace(tzinfo=local)).replace(tzinfo=None) < wall:
        now += step
    assert now > since, "the watch began too late"
    return now


def next_midnight(day: date) -> datetime:
    return datetime.combine(day + DAY, time.min)


@telling
@given(zone=zones, day=days)
@calm
def test_a_day_ends_at_the_first_instant_of_the_next(zone: str, day: date) -> None:
    end = end_of(day, zone)
    assert end == watched(next_midnight(day), zone)
    assert local_date(end - MICROSECOND, zone) <= day < local_date(end, zone)


def clock_changes(zone: str) -> Iterator[tuple[date, timedelta]]:
    """Each day from whose noon to the next the offset changes, with the larger offset."""
    offsets = [ZoneInfo(zone).utcoffset(noon) or timedelta(0) for noon in NOONS]
    for noon, (old, new) in zip(NOONS, pairwise(offsets), strict=False):
        if old != new:
            yield noon.date(), max(old, new)


def test_days_end_rightly_around_every_clock_change_of_twenty_years() -> None:
    """No sample: each zone, each change, the midnight before or after it."""
    seen = 0
    for zone in sorted(available_timezones()):
        for before, offset in clock_changes(zone):
            seen += 1
            for day in (before, before + DAY):
                begins = watched(next_midnight(day), zone, ahead=offset + MINUTE)
                assert end_of(day, zone) == begins, (zone, day)
    assert seen > 5_000


@telling
@given(zone=zones, day=days)
@calm
@pytest.mark.rule("CI-21")
def test_a_minute_past_midnight_is_where_clocks_first_show_it(zone: str, day: date) -> None:
    instant = instant_of(day + DAY, time(0, 1), zone)
    assert instant == watched(next_midnight(day) + MINUTE, zone)
    assert end_of(day, zone) <= instant


@example(zone="America/Los_Angeles", day=date(2026, 3, 8), at=time(2, 30))
@example(zone="America/Los_Angeles", day=date(2026, 11, 1), at=time(1, 30))
@example(zone="Australia/Lord_Howe", day=date(2026, 10, 4), at=time(2, 15))
@example(zone="Antarctica/Troll", day=date(2026, 3, 29), at=time(2, 59))
@example(zone="America/St_Johns", day=date(2006, 10, 29), at=time(0, 1))
@given(zone=zones, day=days, at=minutes)
@calm
def test_a_wall_time_is_the_first_instant_that_shows_it(zone: str, day: date, at: time) -> None:
    assert instant_of(day, at, zone) == watched(datetime.combine(day, at), zone)


@example(day=date(2027, 1, 31), months=1)
@example(day=date(2028, 1, 31), months=1)
@example(day=date(2028, 2, 29), months=12)
@example(day=date(2028, 2, 29), months=48)
@given(day=days, months=st.integers(0, 60))
@calm
def test_months_later_is_the_same_day_or_the_last_of_a_month_without_it(
    day: date, months: int
) -> None:
    later = plus_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@telling
@given(zone=zones, day=days)
@calm
def test_a_year_bought_on_any_day_is_usable_to_the_last_microsecond(zone: str, day: date) -> None:
    expires = plus_months(day, 12)
    end = end_of(expires, zone)
    assert local_date(end - MICROSECOND, zone) <= expires < local_date(end, zone)
    assert end == watched(next_midnight(expires), zone)


@telling
@example(zone="America/Santiago", day=date(2026, 9, 6))  # the date begins at 01:00
@example(zone="America/Havana", day=date(2026, 11, 1))  # 00:01 comes twice
@example(zone="Africa/Cairo", day=date(2024, 2, 29))
@given(zone=zones, day=days)
@settings(calm, max_examples=600)
@pytest.mark.rule("SF-17")
@pytest.mark.rule("CI-21")
def test_credits_are_spent_one_microsecond_before_their_end_and_not_at_it(
    zone: str, day: date
) -> None:
    """The whole way: a program's rules, the lot's end, and whether it pays."""
    rules = program_versions("cisco")[-1]
    for at in CREDITS_END:
        program = replace(rules, time_zone=zone, expiry=replace(rules.expiry, at=at))
        lot = lot_of("L1", 5, program.expires_at(day), expires_on=day)
        wall = next_midnight(day) if at is None else datetime.combine(day, at)
        end = watched(wall, zone)
        assert draw([lot], 5, end - MICROSECOND) == (Draw(lot_id="L1", credits=5),)
        no = refused(partial(draw, [lot], 5, end))
        assert (no.reason, no.facts["expired_on"]) == (Reason.CREDITS_EXPIRED, day.isoformat())
