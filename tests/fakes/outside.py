"""The world outside: payments, the bus and the mail service, remembered in lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from training_credits.domain.errors import Problem
from training_credits.ports import Event, Mail, Payment


@dataclass
class RecordedPayments:
    """Implements `ports.Payments`: pays once per order id; `refusal` is raised if there is one."""

    charges: dict[str, tuple[int, str]] = field(default_factory=dict)
    refusal: Problem | None = None

    def charge(self, order_id: str, amount_minor: int, currency: str) -> Payment:
        if self.refusal is not None:
            raise self.refusal
        assert self.charges.setdefault(order_id, (amount_minor, currency)) == (
            amount_minor,
            currency,
        )
        return Payment(payment_id=f"pay-{order_id}")


@dataclass
class RecordedBus:
    """Implements `ports.Bus`; events whose type is in `down` are not taken."""

    events: list[Event] = field(default_factory=list)
    down: frozenset[str] = frozenset()

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        self.events += [event for event in events if event.type not in self.down]
        return tuple(event for event in events if event.type in self.down)


@dataclass
class RecordedMailer:
    """Implements `ports.Mailer`; while it is `down`, or for some, nothing is taken."""

    mails: list[Mail] = field(default_factory=list)
    down: bool = False
    down_for: frozenset[str] = frozenset()

    def send(self, mail: Mail) -> None:
        if self.down or mail.to in self.down_for:
            raise ConnectionError(mail.to)
        self.mails.append(mail)
