from datetime import UTC, date, datetime, time, timedelta

import pytest

from training_credits.domain.calendar import (
    end_of,
    instant_of,
    local_date,
    month_bounds,
    plus_business_days,
    plus_months,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        ("2026-12-31", "Pacific/Kiritimati", "2026-12-31T10:00"),
        ("2026-12-31", "Pacific/Pago_Pago", "2027-01-01T11:00"),
        ("2026-03-28", "Asia/Beirut", "2026-03-28T22:00"),
        ("2026-04-23", "Africa/Cairo", "2026-04-23T22:00"),
        ("2026-03-07", "America/Havana", "2026-03-08T05:00"),
        ("2026-10-24", "Asia/Beirut", "2026-10-24T22:00"),
        ("2028-02-28", "Europe/Berlin", "2028-02-28T23:00"),
        ("2028-02-29", "Europe/Berlin", "2028-02-29T23:00"),
        ("2017-10-14", "America/Sao_Paulo", "2017-10-15T03:00"),
        ("2023-04-27", "Africa/Cairo", "2023-04-27T22:00"),
        ("2024-03-30", "America/Nuuk", "2024-03-31T01:00"),
        ("2006-10-28", "America/St_Johns", "2006-10-29T02:30"),
        ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00"),
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00"),
        ("2027-02-10", "UTC", "2027-02-11T00:00"),
        ("2027-07-01", "America/Los_Angeles", "2027-07-02T07:00"),
        ("2027-01-15", "America/Los_Angeles", "2027-01-16T08:00"),
    ],
)
def test_a_day_ends_at_one_instant_wherever_it_is(day: str, zone: str, instant: str) -> None:
    assert end_of(date.fromisoformat(day), zone) == at(instant)


def test_a_day_of_25_hours_is_usable_through_both_of_its_last_hours() -> None:
    day = date(2026, 10, 24)
    begin = end_of(day - timedelta(days=1), "Asia/Beirut")
    assert end_of(day, "Asia/Beirut") - begin == timedelta(hours=25)


def test_a_day_of_23_hours_is_an_hour_short() -> None:
    day = date(2026, 3, 29)
    begin = end_of(day - timedelta(days=1), "Europe/Berlin")
    assert end_of(day, "Europe/Berlin") - begin == timedelta(hours=23)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Beirut", "Africa/Cairo", "America/Havana"])
def test_each_end_is_later_than_the_one_before(zone: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    ends = [end_of(day, zone) for day in days]
    assert ends == sorted(set(ends))
    assert all(end.tzinfo is UTC for end in ends)


def test_where_the_clock_jumps_over_midnight_the_next_day_begins_with_the_jump() -> None:
    end = end_of(date(1919, 3, 30), "America/Toronto")  # 23:30 was followed by 00:30
    assert end == at("1919-03-31T04:30")
    assert local_date(end, "America/Toronto") == date(1919, 3, 31)
    assert local_date(end - timedelta(microseconds=1), "America/Toronto") == date(1919, 3, 30)


@pytest.mark.parametrize("wall", ["02:00", "02:00:00.000001", "02:30", "02:59:59.999999", "03:00"])
def test_a_wall_time_that_a_clock_change_skips_is_the_instant_of_the_change(wall: str) -> None:
    skipped = instant_of(date(2026, 3, 8), time.fromisoformat(wall), "America/Los_Angeles")
    assert skipped == at("2026-03-08T10:00")
    assert skipped.tzinfo is UTC


def test_a_skipped_wall_time_before_1970_is_the_instant_of_the_change_too() -> None:
    skipped = instant_of(date(1919, 3, 30), time(23, 59, 59, 999_999), "America/Toronto")
    assert skipped == at("1919-03-31T04:30")


def test_a_wall_time_that_comes_twice_is_its_first_coming() -> None:
    assert instant_of(date(2026, 11, 1), time(1, 30), "America/Los_Angeles") == at(
        "2026-11-01T08:30"
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-02-10", 12, "2027-02-10"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-01", 0, "2026-12-01"),
    ],
)
def test_months_are_clamped_to_the_last_day(day: str, months: int, later: str) -> None:
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.rule("CI-11")
def test_credits_are_expected_four_to_seven_business_days_after_booking() -> None:
    booked = date(2026, 3, 5)
    assert plus_business_days(booked, 4, frozenset()) == date(2026, 3, 11)
    assert plus_business_days(booked, 7, frozenset()) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("day", "days", "later"),
    [
        ("2026-12-24", 0, "2026-12-24"),
        ("2026-12-26", 0, "2026-12-26"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-25", 1, "2026-12-28"),
        ("2026-12-26", 1, "2026-12-28"),
        ("2026-12-27", 1, "2026-12-28"),
        ("2026-12-28", 1, "2026-12-29"),
        ("2026-12-30", 2, "2027-01-04"),
        ("2028-02-28", 2, "2028-03-01"),
    ],
)
def test_business_days_leave_out_weekends_and_holidays(day: str, days: int, later: str) -> None:
    holidays = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})
    assert plus_business_days(date.fromisoformat(day), days, holidays) == date.fromisoformat(later)


def test_the_date_is_the_one_people_read_there() -> None:
    instant = at("2026-07-01T06:59")
    assert local_date(instant, "America/Los_Angeles") == date(2026, 6, 30)
    assert local_date(instant, "Pacific/Kiritimati") == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("year", "month", "zone", "start", "end"),
    [
        (2026, 2, "UTC", "2026-02-01T00:00", "2026-03-01T00:00"),
        (2026, 12, "UTC", "2026-12-01T00:00", "2027-01-01T00:00"),
        (2026, 3, "America/Los_Angeles", "2026-03-01T08:00", "2026-04-01T07:00"),
    ],
)
def test_a_month_runs_from_its_first_instant_to_that_of_the_next(
    year: int, month: int, zone: str, start: str, end: str
) -> None:
    assert month_bounds(year, month, zone) == (at(start), at(end))
