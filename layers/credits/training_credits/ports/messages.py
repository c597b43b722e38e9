"""The world that is told: events and mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened, for whoever wants to know."""

    id: str
    type: str
    program: str
    account_id: str
    at: datetime
    facts: dict[str, str | int | None]


class Bus(Protocol):
    """Our event bus."""

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Send them; returns those that were not taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail to one person."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """The mail service."""

    def send(self, mail: Mail) -> None:
        """Hand one mail over."""


class Outbox(Protocol):
    """Remembers what was sent, so that a repeated event sends nothing twice."""

    def claim(self, program: str, message_id: str) -> bool:
        """True for the first to ask about this message, False ever after."""

    def release(self, program: str, message_id: str) -> None:
        """The message could not be sent: the next one to ask may try."""
