"""The one place where ports meet what is behind them."""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from training_credits.domain.errors import Reason, Refused
from training_credits.dynamodb import stream
from training_credits.dynamodb.ledger import PATIENCE_SECONDS, DynamoLedger
from training_credits.edge import settings
from training_credits.ports import Bus, Event, Mailer, Payment, Payments

_invocation: dict[str, Callable[[], float]] = {}


def clock() -> datetime:
    """Now, in UTC. Nothing else in the product asks what time it is."""
    return datetime.now(UTC) + timedelta(seconds=settings.clock_offset_seconds())


@cache
def ledger() -> DynamoLedger:
    """The table, with one client for the life of the process."""
    return DynamoLedger(settings.text("TABLE_NAME"), settings.text("AWS_REGION"), _patience)


def within(seconds_left: Callable[[], float]) -> None:
    """Tell the ledger how long this invocation may still take."""
    _invocation["seconds_left"] = seconds_left


def _patience() -> float:
    seconds_left = _invocation.get("seconds_left")
    return seconds_left() if seconds_left else PATIENCE_SECONDS


event_of_record = stream.event_of


def event_of_envelope(envelope: Mapping[str, Any]) -> Event:
    """What the bus delivers; imported here, as below, so that money functions never load boto3."""
    from training_credits.messaging.eventbridge import event_of  # noqa: PLC0415

    return event_of(envelope)


@cache
def bus() -> Bus:
    """Our event bus."""
    from training_credits.messaging.eventbridge import EventBridge  # noqa: PLC0415

    return EventBridge(settings.text("BUS_NAME"))


@cache
def mailer() -> Mailer:
    """The mail service."""
    from training_credits.messaging.ses import Ses  # noqa: PLC0415

    return Ses(settings.text("MAIL_FROM"))


def payments() -> Payments:
    """The payment provider this deployment has chosen."""
    return PROVIDERS[os.environ.get("PAYMENTS", "none")]()


class NoPayments:
    """Until a provider is chosen, nothing can be bought by card."""

    def charge(self, order_id: str, amount_minor: int, currency: str) -> Payment:
        """Refuses, and takes nothing."""
        raise Refused(
            Reason.PAYMENTS_UNAVAILABLE,
            "Card payments are not set up.",
            order=order_id,
            amount_minor=amount_minor,
            currency=currency,
        )


class StandInPayments:
    """Pays at once without a card: for laptops and tests."""

    def charge(self, order_id: str, amount_minor: int, currency: str) -> Payment:
        """The payment is named after the order, so that a retry finds the same one."""
        return Payment(payment_id=f"stand-in-{order_id}-{amount_minor}{currency}")


PROVIDERS: dict[str, Callable[[], Payments]] = {"none": NoPayments, "stand-in": StandInPayments}
