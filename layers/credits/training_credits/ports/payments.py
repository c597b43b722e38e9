"""The payment provider."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from training_credits.domain.model import (
    Card,
)


class PaymentState(StrEnum):
    """How far a payment has come at the provider; only a signed webhook makes it ours."""

    WAITING = "waiting"
    ACTION = "action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """A payment at the provider; with `client_secret` the buyer's browser confirms it there."""

    payment_id: str
    state: PaymentState
    client_secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentRequest:
    """What is to be paid, and for which order; `replaces` is a payment that was cancelled."""

    program: str
    account_id: str
    order_id: str
    amount_minor: int
    currency: str
    customer_id: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentNews:
    """What a signed webhook says: an order was paid, or why it was not.

    `kept` is there if whoever paid asked to keep the card for the next time.
    """

    event_id: str
    payment_id: str
    program: str
    account_id: str
    order_id: str
    succeeded: bool
    amount_minor: int
    currency: str
    kept: Card | None
    problem: str | None


class SignatureInvalid(Exception):
    """A webhook that the provider has not signed, or not within five minutes."""


class Payments(Protocol):
    """The payment provider. Card data never passes through us.

    Refused if a card is declined, Unavailable if the provider is out of reach.
    """

    def open(self, request: PaymentRequest) -> Payment:
        """A payment that nobody has confirmed; the same order again is the same payment."""

    def show(self, payment_id: str) -> Payment:
        """How far a payment has come; one the provider does not know counts as cancelled."""

    def pay(self, payment_id: str, card: Card) -> Payment:
        """Confirm with a method; one without a customer is for this once."""

    def keep(self, account_id: str, program: str, customer_id: str | None, method_id: str) -> Card:
        """Keep a method for the account, with its customer at the provider, or a new one."""

    def cancel(self, payment_id: str) -> None:
        """So that nobody can pay it any more; Conflict if the money is already under way."""

    def heard(self, body: bytes, signature: str) -> PaymentNews | None:
        """What a webhook says; None if it is about nothing of ours.

        Raises SignatureInvalid, within a window of 300 seconds.
        """
