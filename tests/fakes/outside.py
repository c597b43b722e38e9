"""The world outside: the bus and the mail service, remembered in lists, and payments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.fakes.described import check_described
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.ports import Event, Mail, Mailer
from training_credits.use_cases.mailing import Office

PORTAL = "https://credits.example"
OPEN = re.compile(r"XX|\bNone\b")
# An id or a code; some hold such letters by chance.
DRAWN = re.compile(r"\b[0-9A-Z]{16}\b|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b")


@dataclass
class RecordedBus:
    """Implements `ports.Bus`; events whose type is in `down` are not taken.

    One that its schema does not describe is a defect.
    """

    events: list[Event] = field(default_factory=list)
    down: frozenset[str] = frozenset()

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        for event in events:
            check_described(event)
        self.events += [event for event in events if event.type not in self.down]
        return tuple(event for event in events if event.type in self.down)


@dataclass
class RecordedMailer:
    """Implements `ports.Mailer`; while it is `down`, or for some, nothing is taken.

    One that shows where something was to be filled in is a defect.
    """

    mails: list[Mail] = field(default_factory=list)
    down: bool = False
    down_for: frozenset[str] = frozenset()

    def send(self, mail: Mail) -> None:
        if self.down or mail.to in self.down_for:
            raise ConnectionError(mail.to)
        left_open = OPEN.search(DRAWN.sub("", f"{mail.to} {mail.subject} {mail.text}"))
        assert left_open is None, mail
        self.mails.append(mail)


def office_of(ledger: MemoryLedger, mailer: Mailer) -> Office:
    """What mails are sent with, where nothing is real."""
    return Office(ledger=ledger, outbox=ledger, mailer=mailer, portal_url=PORTAL)
