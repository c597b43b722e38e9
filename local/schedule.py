"""When EventBridge would call: rate(…), cron(…) and at(…), in UTC."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_AT = re.compile(r"at\((\S+)\)")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS: Final = {name.upper(): n for n, name in enumerate(calendar.month_abbr) if name}
_DAYS: Final = {"SUN": 1, "MON": 2, "TUE": 3, "WED": 4, "THU": 5, "FRI": 6, "SAT": 7}


def occurrences(expression: str, after: datetime, until: datetime) -> Iterator[datetime]:
    """Instants in (after, until], in order.

    A rate counts from 1970, not from when the schedule was made, so that a run can be repeated.
    """
    if match := _RATE.fullmatch(expression):
        return _every(timedelta(**{f"{match[2]}s": int(match[1])}), after, until)
    if match := _AT.fullmatch(expression):
        instant = datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
        return iter([instant] if after < instant <= until else [])
    if match := _CRON.fullmatch(expression):
        return _calendar(*match.groups(), after=after, until=until)
    raise ValueError(f"not a schedule: {expression}")


def _every(step: timedelta, after: datetime, until: datetime) -> Iterator[datetime]:
    instant = _EPOCH + ((after - _EPOCH) // step + 1) * step
    while instant <= until:
        yield instant
        instant += step


def _calendar(  # the six fields of cron
    minute: str,
    hour: str,
    day: str,
    month: str,
    weekday: str,
    year: str,
    *,
    after: datetime,
    until: datetime,
) -> Iterator[datetime]:
    minutes, hours = _values(minute, 0, 59), _values(hour, 0, 23)
    months, years = _values(month, 1, 12, _MONTHS), _values(year, 1970, 2199)
    date = after.date()
    while date <= until.date():
        if (
            date.month in months
            and date.year in years
            and _on(date.year, date.month, date.day, day, weekday)
        ):
            for one_hour in sorted(hours):
                for one_minute in sorted(minutes):
                    instant = datetime(
                        date.year, date.month, date.day, one_hour, one_minute, tzinfo=UTC
                    )
                    if after < instant <= until:
                        yield instant
        date += timedelta(days=1)


def _on(year: int, month: int, date: int, day: str, weekday: str) -> bool:
    if day == "L":
        return date == calendar.monthrange(year, month)[1]
    sunday_first = calendar.weekday(year, month, date) + 2
    return date in _values(day, 1, 31) and (
        (sunday_first - 1) % 7 + 1 in _values(weekday, 1, 7, _DAYS)
    )


def _values(field: str, low: int, high: int, names: dict[str, int] | None = None) -> set[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if first in {"*", "?"}:
            start, end = low, high
        else:
            start = _number(first, names)
            end = _number(last, names) if last else (high if step else start)
        found.update(range(start, end + 1, int(step or 1)))
    return found


def _number(text: str, names: dict[str, int] | None) -> int:
    return int(text) if text.isdigit() else (names or {})[text.upper()]
