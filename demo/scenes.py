"""What a story is told in: scenes, each of one company, at their instants."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

MORNING = time(9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """Who plays: a customer of one program, its people, and its owner among them.

    `staff` are the vendor's, each with the group they are in.
    """

    name: str
    program: str
    colour: str
    owner: str
    people: tuple[str, ...]
    staff: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """`month` counts on: 13 is January of the year after. The time is UTC.

    `days` are added at the end: a term that is counted in days, whatever February has.
    """

    company: Company
    key: str
    title: str
    text: str
    month: int
    day: int
    at: time = MORNING
    days: int = 0

    def begins(self, year: int) -> datetime:
        return moment(year, self.month, self.day, self.at) + timedelta(days=self.days)


def moment(year: int, month: int, day: int, at: time = MORNING) -> datetime:
    """In UTC; month 13 is January of the year after."""
    years, months = divmod(month - 1, 12)
    return datetime(year + years, months + 1, day, at.hour, at.minute, at.second, tzinfo=UTC)
