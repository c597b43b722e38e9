"""The words of papers, outside Python so that they can be translated; numbers and days in them."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(language: str = "en") -> dict[str, Any]:
    """Every word there is on a paper."""
    return tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))


def day(value: date) -> str:
    """A day as people write it."""
    said = words()
    month = said["months"][value.month - 1]
    return str(said["day"].format(day=value.day, month=month, year=value.year))


def whole(value: int) -> str:
    """In groups of three, with a minus that is one."""
    return f"{value:,}".replace("-", "\N{MINUS SIGN}")


def change(value: int) -> str:
    """The same with its sign."""
    return f"+{value:,}" if value > 0 else whole(value)


def money(minor: int, currency: str) -> str:
    """In the notation of every currency whose minor unit is a hundredth."""
    units, cents = divmod(abs(minor), 100)
    return f"{currency} {whole(-units if minor < 0 else units)}.{cents:02}"
