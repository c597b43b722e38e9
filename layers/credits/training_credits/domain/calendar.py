"""Dates and the instants they mean, in a program's own time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def plus_months(day: date, months: int) -> date:
    """The same day so many months on, clamped to the month's last day (AT-06)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def local_date(instant: datetime, zone: str) -> date:
    """The calendar date people in `zone` read at this instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall time; one that a clock change skips is read as if it had not."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The first instant of the next local day: everything before it is still `day`."""
    return instant_of(day + timedelta(days=1), time.min, zone)


def month_bounds(year: int, month: int, zone: str) -> tuple[datetime, datetime]:
    """A calendar month as [start, end) in UTC."""
    first = date(year, month, 1)
    return instant_of(first, time.min, zone), instant_of(plus_months(first, 1), time.min, zone)
