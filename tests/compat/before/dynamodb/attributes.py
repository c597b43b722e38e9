"""Attribute types that keep what the domain means: whole numbers, UTC instants, dates, parts."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from pynamodb.attributes import Attribute
from pynamodb.constants import LIST, NUMBER, STRING

from tests.compat.before.domain.model import Draw, Movement, Person, State
from tests.compat.before.dynamodb import keys

E = TypeVar("E", bound=StrEnum)
J = TypeVar("J")


class WholeNumber(Attribute[int]):
    """An integer; pynamodb's own number attribute is a float."""

    attr_type = NUMBER

    def serialize(self, value: Any) -> str:
        """Refuses everything that is not an integer, booleans too."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"not a whole number: {value!r}")
        return str(value)

    def deserialize(self, value: str) -> int:
        """Refuses a fraction that somebody else has written."""
        return int(value)


class Instant(Attribute[datetime]):
    """A UTC instant as sortable text."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """With microseconds, always."""
        return keys.instant(value)

    def deserialize(self, value: str) -> datetime:
        """Aware, in UTC."""
        return datetime.fromisoformat(value).astimezone(UTC)


class Day(Attribute[date]):
    """A calendar date."""

    attr_type = STRING

    def serialize(self, value: date) -> str:
        """ISO 8601."""
        return value.isoformat()

    def deserialize(self, value: str) -> date:
        """ISO 8601."""
        return date.fromisoformat(value)


class Choice(Attribute[E]):
    """One of an enumeration; a value this code does not know is refused, not guessed."""

    attr_type = STRING

    def __init__(self, kind: type[E], *, attr_name: str | None = None, null: bool = False) -> None:
        super().__init__(attr_name=attr_name, null=null)
        self.kind = kind

    def serialize(self, value: E) -> str:
        """Its value."""
        return self.kind(value).value

    def deserialize(self, value: str) -> E:
        """The member of this value."""
        return self.kind(value)


class Json(Attribute[J]):
    """A value of several parts that is always read and written whole, as JSON text."""

    attr_type = STRING

    def __init__(self, kind: type[J], *, null: bool = False, default: J | None = None) -> None:
        super().__init__(null=null, default=default)
        self.kind = kind

    def serialize(self, value: J) -> str:
        """Its parts by name."""
        return msgspec.json.encode(value).decode()

    def deserialize(self, value: str) -> J:
        """Refuses what the model does not know."""
        return msgspec.json.decode(value, type=self.kind)


class Who(Attribute[Person]):
    """A person, as the token named them."""

    attr_type = LIST

    def serialize(self, value: Person) -> list[dict[str, str]]:
        """Subject, address, name."""
        return [{STRING: part} for part in (value.subject, value.email, value.name)]

    def deserialize(self, value: list[dict[str, str]]) -> Person:
        """Subject, address, name."""
        subject, email, name = (part[STRING] for part in value)
        return Person(subject=subject, email=email, name=name)


class Draws(Attribute[tuple[Draw, ...]]):
    """Which lots paid how much, as requests of before say it."""

    attr_type = LIST

    def serialize(self, value: tuple[Draw, ...]) -> list[dict[str, Any]]:
        """One map each."""
        return [
            {"M": {"lot": {STRING: d.lot_id}, "credits": {NUMBER: str(d.credits)}}} for d in value
        ]

    def deserialize(self, value: list[dict[str, Any]]) -> tuple[Draw, ...]:
        """One map each."""
        maps = (part["M"] for part in value)
        return tuple(Draw(lot_id=m["lot"][STRING], credits=int(m["credits"][NUMBER])) for m in maps)


class Movements(Attribute[tuple[Movement, ...]]):
    """The movements of one entry."""

    attr_type = LIST

    def serialize(self, value: tuple[Movement, ...]) -> list[dict[str, Any]]:
        """One map each."""
        return [
            {
                "M": {
                    "lot": {STRING: m.lot_id},
                    "from": {STRING: m.source.value},
                    "to": {STRING: m.target.value},
                    "credits": {NUMBER: str(m.credits)},
                }
            }
            for m in value
        ]

    def deserialize(self, value: list[dict[str, Any]]) -> tuple[Movement, ...]:
        """One map each; an edge the model does not know is refused."""
        return tuple(
            Movement(
                lot_id=m["lot"][STRING],
                source=State(m["from"][STRING]),
                target=State(m["to"][STRING]),
                credits=int(m["credits"][NUMBER]),
            )
            for m in (part["M"] for part in value)
        )
