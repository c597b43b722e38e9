"""Which mails somebody wants, and in which language."""

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What can be turned off. What is no topic belongs to what one does with credits."""

    REMINDERS = "reminders"
    MEMBERS = "members"
    PURCHASES = "purchases"
    EXPIRY = "expiry"
    BALANCE = "balance"


class Pace(StrEnum):
    """How somebody hears of transactions: one by one, once a day, or not at all (CI-16)."""

    EACH = "each"
    DAILY = "daily"
    OFF = "off"


@dataclass(frozen=True, kw_only=True, slots=True)
class Preferences:
    """What a person has chosen; None leaves it to the program, or to what they asked in."""

    off: tuple[Topic, ...] = ()
    transactions: Pace | None = None
    language: str | None = None
