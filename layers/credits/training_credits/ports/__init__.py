"""What a use case needs from outside. Each has a fake in tests, on trial with the real one."""

from collections.abc import Callable
from datetime import datetime

from training_credits.ports.documents import LINK_SECONDS_MAX, Documents, Kept, Quota
from training_credits.ports.filing import Filed
from training_credits.ports.ledger import (
    SHARDS,
    Depth,
    DueLot,
    DueRequest,
    Identity,
    Ledger,
    Named,
    Naming,
    Replayed,
    Tries,
)
from training_credits.ports.messages import (
    Bus,
    Errand,
    Errands,
    Event,
    InDoubt,
    Mail,
    Mailer,
    Outbox,
)
from training_credits.ports.paging import Page
from training_credits.ports.payments import (
    Payment,
    PaymentNews,
    PaymentRequest,
    Payments,
    PaymentState,
    SignatureInvalid,
)
from training_credits.ports.telling import DueDigest, Wishes
from training_credits.ports.webhooks import DeliveryQueue, Hooks, Parcel, Retries, Sender

Clock = Callable[[], datetime]

__all__ = [
    "LINK_SECONDS_MAX",
    "SHARDS",
    "Bus",
    "Clock",
    "DeliveryQueue",
    "Depth",
    "Documents",
    "DueDigest",
    "DueLot",
    "DueRequest",
    "Errand",
    "Errands",
    "Event",
    "Filed",
    "Hooks",
    "Identity",
    "InDoubt",
    "Kept",
    "Ledger",
    "Mail",
    "Mailer",
    "Named",
    "Naming",
    "Outbox",
    "Page",
    "Parcel",
    "Payment",
    "PaymentNews",
    "PaymentRequest",
    "PaymentState",
    "Payments",
    "Quota",
    "Replayed",
    "Retries",
    "Sender",
    "SignatureInvalid",
    "Tries",
    "Wishes",
]
