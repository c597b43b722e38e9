"""What credits can be spent on: offerings, their sessions, and one of them as it is asked for."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Fulfilment(StrEnum):
    """What a learner gets for an offering (CI-06)."""

    SESSION = "session"
    SUBSCRIPTION = "subscription"
    VOUCHER = "voucher"
    EVENT = "event"
    LICENCE = "licence"
    CUSTOM = "custom"


class Mode(StrEnum):
    """How it is delivered."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    SELF_PACED = "self_paced"


class Audience(StrEnum):
    """Whether anybody may book it, or it is held for one company."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offering:
    """A course, an exam, an event: what the vendor lists, with its price (SF-25).

    The price is in `credits`, or in minor units of the product's currency (`price_minor`), from
    which credits are worked out; `prices` shows it in other currencies, `titles` in other
    languages. `partner` fulfils it (CI-31); `eligible` is the vendor's mark that credits pay for
    it at all (CI-07); `country` and `mode` say where and how one without sessions is delivered.
    """

    offering_id: str
    type: str
    title: str
    collections: tuple[str, ...] = ()
    family: str = ""
    audience: Audience = Audience.PUBLIC
    eligible: bool = True
    credits: int | None = None
    price_minor: int | None = None
    prices: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    partner: str | None = None
    mode: Mode | None = None
    country: str | None = None

    @property
    def priced(self) -> bool:
        """Whether it is listed with a price; else whoever asks is told one (CI-09)."""
        return self.credits is not None or self.price_minor is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One run of a course: its days, both included, where and how; `seats` None is no limit."""

    session_id: str
    offering_id: str
    starts_on: date
    ends_on: date
    mode: Mode
    country: str
    language: str = "en"
    seats: int | None = None
    taken: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What one line asks for: an offering, in one of its sessions where it has any."""

    offering: Offering
    session: Session | None = None
    quantity: int = 1

    @property
    def mode(self) -> Mode | None:
        """How it is delivered."""
        return self.session.mode if self.session else self.offering.mode

    @property
    def country(self) -> str | None:
        """Where it is delivered."""
        return self.session.country if self.session else self.offering.country

    @property
    def starts_on(self) -> date | None:
        """Its first day, where it has days."""
        return self.session.starts_on if self.session else None

    @property
    def ends_on(self) -> date | None:
        """Its last day, where it has days."""
        return self.session.ends_on if self.session else None
