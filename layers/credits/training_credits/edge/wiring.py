"""The one place where ports meet what is behind them."""

import os
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Card
from training_credits.dynamodb import stream
from training_credits.dynamodb.ledger import PATIENCE_SECONDS, DynamoLedger
from training_credits.dynamodb.stream import described
from training_credits.edge import settings
from training_credits.ports import (
    Bus,
    DeliveryQueue,
    Documents,
    Errands,
    Event,
    Mailer,
    Payment,
    PaymentNews,
    PaymentRequest,
    Payments,
    Sender,
    SignatureInvalid,
)

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


events_of_record = stream.events_of


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


@cache
def payments() -> Payments:
    """The payment provider this deployment has chosen; its library is large, so only if needed."""
    return PROVIDERS[settings.text("PAYMENTS")]()


def _stripe() -> Payments:
    from training_credits.payments.stripe import StripePayments  # noqa: PLC0415

    return StripePayments(
        settings.text("STRIPE_API_KEY"),
        settings.text("STRIPE_WEBHOOK_SECRET"),
        os.environ.get("STRIPE_API_BASE") or None,
    )


class NoPayments:
    """Until a provider is chosen, nothing can be bought by card."""

    def open(self, request: PaymentRequest) -> Payment:
        """Refuses, and takes nothing."""
        raise _unavailable(request)

    def show(self, payment_id: str) -> Payment:
        """There is none."""
        raise _unavailable(payment_id)

    def pay(self, payment_id: str, card: Card) -> Payment:
        """Refuses, and takes nothing."""
        raise _unavailable(payment_id, card)

    def keep(self, account_id: str, program: str, customer_id: str | None, method_id: str) -> Card:
        """Refuses, and keeps nothing."""
        raise _unavailable(account_id, program, customer_id, method_id)

    def cancel(self, payment_id: str) -> None:
        """Nothing is open that could be paid."""

    def heard(self, body: bytes, signature: str) -> PaymentNews | None:
        """Nobody may tell us anything."""
        raise SignatureInvalid(len(body), len(signature))


def _unavailable(*_: object) -> Refused:
    return Refused(Reason.PAYMENTS_UNAVAILABLE, "Card payments are not set up.")


PROVIDERS: dict[str, Callable[[], Payments]] = {"none": NoPayments, "stripe": _stripe}


@cache
def deliveries() -> DeliveryQueue:
    """The queue of webhook deliveries."""
    from training_credits.messaging.sqs import SqsErrands  # noqa: PLC0415

    return SqsErrands(settings.text("DELIVERIES_URL"))


@cache
def months() -> Errands:
    """The queue of accounts of which a month is to be filed."""
    from training_credits.messaging.sqs import SqsErrands  # noqa: PLC0415

    return SqsErrands(settings.text("MONTHS_URL"))


@cache
def documents() -> Documents:
    """Where papers are kept."""
    from training_credits.storage.s3 import S3Documents  # noqa: PLC0415

    return S3Documents(settings.text("DOCUMENTS_BUCKET"))


@cache
def seals() -> Documents:
    """Where the heads of the journal are under lock."""
    from training_credits.storage.s3 import S3Documents  # noqa: PLC0415

    return S3Documents(settings.text("SEALS_BUCKET"))


@cache
def sender() -> Sender:
    """The way out; to receivers on this machine only on a laptop."""
    from training_credits.webhooks.sender import WebhookSender  # noqa: PLC0415

    return WebhookSender(clock, local=settings.local_webhooks())


def event_types() -> Collection[str]:
    """Every type of event there is."""
    return described.EVENTS.keys()
