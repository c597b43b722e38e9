"""What a fact of an event is: its kind, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """Of what kind a fact is."""

    TEXT = "text"
    ID = "id"
    WHOLE = "whole"
    SIGNED = "signed"
    DAY = "day"
    INSTANT = "instant"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its kind, what it is, and whether it may be null."""

    kind: Kind
    says: str
    nullable: bool = False

    @classmethod
    def text(cls, says: str, *, nullable: bool = False) -> Self:
        """Anything a person wrote, or a word of the program's."""
        return cls(Kind.TEXT, says, nullable)

    @classmethod
    def id(cls, says: str, *, nullable: bool = False) -> Self:
        """The name of a thing, as the API has it."""
        return cls(Kind.ID, says, nullable)

    @classmethod
    def whole(cls, says: str, *, nullable: bool = False) -> Self:
        """A whole number, zero or more."""
        return cls(Kind.WHOLE, says, nullable)

    @classmethod
    def signed(cls, says: str, *, nullable: bool = False) -> Self:
        """A whole number that may be less than nothing."""
        return cls(Kind.SIGNED, says, nullable)

    @classmethod
    def day(cls, says: str, *, nullable: bool = False) -> Self:
        """A calendar day in the program's zone."""
        return cls(Kind.DAY, says, nullable)

    @classmethod
    def instant(cls, says: str, *, nullable: bool = False) -> Self:
        """An instant."""
        return cls(Kind.INSTANT, says, nullable)

    @classmethod
    def email(cls, says: str, *, nullable: bool = False) -> Self:
        """The address of a person."""
        return cls(Kind.EMAIL, says, nullable)


@dataclass(frozen=True, slots=True)
class Described:
    """A type of event: when it happens, and its facts."""

    when: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
