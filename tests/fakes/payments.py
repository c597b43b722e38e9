"""A payment provider in memory, which knows Stripe's test cards and signs its webhooks."""

import hmac
import json
import time
from dataclasses import dataclass, field, replace
from typing import Any

from tests.http.stripe import WEBHOOK_SECRET, payment_of, signature, signed_event
from training_credits.domain.errors import Conflict, Problem, Reason, Refused
from training_credits.domain.model import Card
from training_credits.ports import (
    Payment,
    PaymentNews,
    PaymentRequest,
    PaymentState,
    SignatureInvalid,
)

GOOD = "pm_card_visa"
DECLINED = "pm_card_chargeCustomerFail"  # can be kept, and is then declined
NOT_KEPT = "pm_card_visa_chargeDeclined"
ASKS = "pm_card_authenticationRequired"
OLD_SECONDS = 300
NO_WORD = {"code": "card_declined"}
KINDS = {"payment_intent.succeeded": True, "payment_intent.payment_failed": False}


@dataclass
class FakePayments:
    """Implements `ports.Payments`; `refusal` is raised by whatever would ask the provider."""

    requests: dict[str, PaymentRequest] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    kept: dict[Card, str] = field(default_factory=dict)
    refusal: Problem | None = None
    secret: str = WEBHOOK_SECRET

    def open(self, request: PaymentRequest) -> Payment:
        self._reach()
        payment_id = payment_of(request.order_id)
        if request.replaces:
            payment_id = f"{payment_id}-after-{request.replaces}"
        # Whose card it may be is no fact of the payment.
        known = self.requests.setdefault(payment_id, request)
        if replace(known, customer_id=None) != replace(request, customer_id=None):
            raise Conflict(Reason.ORDER_MOVED, "This order has other facts.")
        new = Payment(
            payment_id=payment_id, state=PaymentState.WAITING, client_secret=f"{payment_id}_secret"
        )
        return self.payments.setdefault(payment_id, new)

    def show(self, payment_id: str) -> Payment:
        self._reach()
        unknown = Payment(payment_id=payment_id, state=PaymentState.CANCELLED, client_secret="")
        return self.payments.get(payment_id, unknown)

    def pay(self, payment_id: str, card: Card) -> Payment:
        known = self.show(payment_id)
        if known.state is not PaymentState.WAITING:
            return known
        test_card = (
            self.kept.get(replace(card, kept_by=""), "") if card.customer_id else card.method_id
        )
        self.cards[payment_id] = card
        if test_card not in {GOOD, ASKS}:
            raise _declined("card_declined" if test_card else "card_not_usable")
        asks = test_card == ASKS
        return self._moved(payment_id, PaymentState.ACTION if asks else PaymentState.SUCCEEDED)

    def authenticate(self, payment_id: str) -> None:
        """The buyer did what their bank asked for."""
        self._moved(payment_id, PaymentState.SUCCEEDED)

    def keep(self, account_id: str, program: str, customer_id: str | None, method_id: str) -> Card:
        self._reach()
        if method_id not in {GOOD, DECLINED, ASKS}:
            raise _declined("card_declined" if method_id == NOT_KEPT else "card_not_usable")
        known = {card.customer_id for card in self.kept}
        customer = customer_id if customer_id in known else f"cus_{program}_{account_id}"
        kept = Card(customer_id=customer, method_id=f"pm_{len(self.kept) + 1}")
        self.kept[kept] = method_id
        return kept

    def cancel(self, payment_id: str) -> None:
        if self.show(payment_id).state in {PaymentState.SUCCEEDED, PaymentState.PROCESSING}:
            raise Conflict(Reason.PAYMENT_UNDER_WAY, "The money is taken.")
        if payment_id in self.payments:
            self._moved(payment_id, PaymentState.CANCELLED)

    def heard(self, body: bytes, signature: str) -> PaymentNews | None:
        _check(body, signature, self.secret)
        try:
            said = json.loads(body)
            return _news(said, said["data"]["object"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def webhook(self, payment_id: str) -> tuple[bytes, str]:
        """What the provider would say now about a payment, and its signature."""
        request, card = self.requests[payment_id], self.cards[payment_id]
        paid = self.payments[payment_id].state is PaymentState.SUCCEEDED
        return signed_event(
            program=request.program,
            account=request.account_id,
            order=request.order_id,
            amount_minor=request.amount_minor,
            currency=request.currency,
            kind="payment_intent.succeeded" if paid else "payment_intent.payment_failed",
            customer=card.customer_id or None,
            method=card.method_id,
            keep=(card.kept_by or True) if card.customer_id else False,
            problem=None if paid else "card_declined",
            secret=self.secret,
        )

    def _moved(self, payment_id: str, state: PaymentState) -> Payment:
        self.payments[payment_id] = replace(self.payments[payment_id], state=state)
        return self.payments[payment_id]

    def _reach(self) -> None:
        if self.refusal is not None:
            raise self.refusal


def _declined(code: str) -> Refused:
    return Refused(Reason.PAYMENT_DECLINED, "The card was declined.", decline_code=code)


def _check(body: bytes, header: str, secret: str) -> None:
    """Signed with our secret, not long ago; of several signatures one is enough."""
    parts = [part.partition("=")[::2] for part in header.split(",")]
    times = [value for name, value in parts if name == "t" and value.isdecimal()]
    at = int(times[0]) if times else 0
    right = signature(body, secret, at).partition("v1=")[2].encode()
    found = [value.encode(errors="replace") for name, value in parts if name == "v1"]
    if not any(hmac.compare_digest(right, one) for one in found) or at < time.time() - OLD_SECONDS:
        raise SignatureInvalid("fake")


def _news(said: dict[str, Any], intent: dict[str, Any]) -> PaymentNews | None:
    if said["type"] not in KINDS:
        return None
    facts, succeeded = intent["metadata"], KINDS[said["type"]]
    customer, method = intent.get("customer"), intent.get("payment_method")
    keep = facts.get("keep") if succeeded else None
    keeper = "" if keep in {None, "yes"} else keep
    received = intent.get("amount_received") if succeeded else None
    return PaymentNews(
        event_id=said["id"],
        payment_id=intent["id"],
        program=facts["program"],
        account_id=facts["account"],
        order_id=facts["order"],
        succeeded=succeeded,
        amount_minor=intent["amount"] if received is None else received,
        currency=intent["currency"].upper(),
        kept=Card(customer_id=customer, method_id=method, kept_by=keeper)
        if keep and customer and method
        else None,
        problem=None if succeeded else (intent["last_payment_error"] or NO_WORD)["code"],
    )
