"""Dates and the instants they mean, in a program's own time zone."""

from bisect import bisect_left
from calendar import SATURDAY, monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo


def plus_months(day: date, months: int) -> date:
    """The same day so many months on, clamped to the month's last day (AT-06)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def plus_business_days(day: date, days: int, holidays: Collection[date]) -> date:
    """So many business days after `day`: Monday to Friday without the holidays (CI-11)."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in holidays
    return day


def minus_business_days(day: date, days: int, holidays: Collection[date]) -> date:
    """The day so many business days before `day`; counted back, `day` itself is not one."""
    while days > 0:
        day -= timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in holidays
    return day


def business_days_between(day: date, later: date, holidays: Collection[date]) -> int:
    """How many business days lie after `day`, up to and including `later`; 0 if none do."""
    days = (day + timedelta(days=n) for n in range(1, (later - day).days + 1))
    return sum(each.weekday() < SATURDAY and each not in holidays for each in days)


def local_date(instant: datetime, zone: str) -> date:
    """The calendar date people in `zone` read at this instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The first UTC instant at which clocks in `zone` show this wall time, or are past it."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    instant = wall.astimezone(UTC)
    # Within one zone Python compares what the clocks show: a skipped time comes back as another.
    exists = instant.astimezone(wall.tzinfo) == wall
    return instant if exists else _change_that_skips(wall)


def _change_that_skips(wall: datetime) -> datetime:
    """The instant of the clock change; the new offset puts `wall` before it, the old one after."""
    before, after = (int(wall.replace(fold=fold).timestamp()) for fold in (1, 0))
    shown = partial(datetime.fromtimestamp, tz=wall.tzinfo)
    return datetime.fromtimestamp(before + bisect_left(range(before, after), wall, key=shown), UTC)


def end_of(day: date, zone: str) -> datetime:
    """The first instant of the next local day: everything before it is still `day`."""
    return instant_of(day + timedelta(days=1), time.min, zone)


def month_bounds(year: int, month: int, zone: str) -> tuple[datetime, datetime]:
    """A calendar month as [start, end) in UTC."""
    first = date(year, month, 1)
    return instant_of(first, time.min, zone), instant_of(plus_months(first, 1), time.min, zone)
