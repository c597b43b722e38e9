"""The world that is told: events and mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened, for whoever wants to know."""

    id: str
    type: str
    program: str
    account_id: str
    at: datetime
    facts: dict[str, str | int | None]

    @property
    def detail(self) -> dict[str, Any]:
        """What subscribers read, on the bus and from a webhook."""
        return {
            "version": VERSION,
            "id": self.id,
            "program": self.program,
            "account": self.account_id,
            "at": self.at.isoformat(),
            "facts": self.facts,
        }


class Bus(Protocol):
    """Our event bus."""

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Send them; returns those that were not taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail to one person, the same words as text and as HTML."""

    to: str
    subject: str
    text: str
    html: str

    def __post_init__(self) -> None:
        """Both become header fields; what could end one is a defect of whoever wrote it."""
        if not (self.to + self.subject).isprintable():
            raise ValueError("a header field is one line")


class InDoubt(Exception):
    """Nobody can say whether the mail service has taken a mail: it is not handed over again."""


class Mailer(Protocol):
    """The mail service."""

    def send(self, mail: Mail) -> None:
        """Hand one mail over; raises InDoubt if that may have happened, and any other if not."""


class Outbox(Protocol):
    """Remembers what was sent, so that a repeated event sends nothing twice."""

    def claim(self, program: str, message_id: str) -> bool:
        """True for the first to ask about this message, False ever after."""

    def release(self, program: str, message_id: str) -> None:
        """The message could not be sent: the next one to ask may try."""


Errand = Mapping[str, str]


class Errands(Protocol):
    """A queue of things to be done, each at least once, in no order."""

    def send(self, errands: Sequence[Errand]) -> tuple[Errand, ...]:
        """Put them on the queue; returns those that were not taken."""
