"""What a use case needs from outside. Each has a fake in tests, on trial with the real one."""

from collections.abc import Callable
from datetime import datetime

from training_credits.ports.ledger import (
    EXPIRY_SHARDS,
    Depth,
    DueLot,
    DueRequest,
    Identity,
    Ledger,
    Named,
    Naming,
    Page,
    Replayed,
    Tries,
)
from training_credits.ports.messages import (
    Bus,
    Event,
    Mail,
    Mailer,
    Outbox,
)
from training_credits.ports.payments import (
    Payment,
    PaymentNews,
    PaymentRequest,
    Payments,
    PaymentState,
    SignatureInvalid,
)

Clock = Callable[[], datetime]

__all__ = [
    "EXPIRY_SHARDS",
    "Bus",
    "Clock",
    "Depth",
    "DueLot",
    "DueRequest",
    "Event",
    "Identity",
    "Ledger",
    "Mail",
    "Mailer",
    "Named",
    "Naming",
    "Outbox",
    "Page",
    "Payment",
    "PaymentNews",
    "PaymentRequest",
    "PaymentState",
    "Payments",
    "Replayed",
    "SignatureInvalid",
    "Tries",
]
