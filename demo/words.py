"""Numbers, money and dates as a person reads them."""

from collections.abc import Sequence
from datetime import date, datetime

from demo.checks import Value
from demo.client import Json

COLUMNS = {
    "purchases": "Bought",
    "redemptions": "Redeemed",
    "returns": "Returned",
    "expiries": "Expired",
    "reissues": "Reissued",
    "extensions": "Extended",
    "voids": "Voided",
    "disputes": "Refuted",
}


def value(found: Value | None) -> str:
    """A whole number is credits or a count; an instant is in UTC, to the second."""
    if found is None:
        return "nothing"
    if isinstance(found, int):
        return f"{found:,}"
    if isinstance(found, datetime):
        return f"{found.day} {found:%b %Y, %H:%M:%S}"
    return day(found) if isinstance(found, date) else found


def day(found: date) -> str:
    return f"{found.day} {found:%B %Y}"


def yes(fact: bool) -> str:  # noqa: FBT001  # it is about nothing else
    return "yes" if fact else "no"


def weekday(text: str) -> str:
    """Of a day in ISO 8601."""
    return f"{date.fromisoformat(text):%A}"


def money(minor: int, currency: str) -> str:
    """Minor units are hundredths in every currency we show."""
    return f"{currency} {minor / 100:,.2f}"


def listed(parts: Sequence[str]) -> str:
    """Ann; Ann and Bob; Ann, Bob and Lee."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def sum_of(statement: Json) -> str:
    """A month as one would write it down: 2,500 - 650 - 1,100 = 750."""
    one = statement["products"][0]
    changes = [one[column] for column in COLUMNS if one[column]]
    terms = [f"{'-' if change < 0 else '+'} {abs(change):,}" for change in changes]
    return " ".join([f"{one['opening']:,}", *terms, f"= {one['closing']:,}"])
