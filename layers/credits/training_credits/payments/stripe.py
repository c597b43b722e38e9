"""Cards at Stripe. The library is large and slow to load, so nothing else imports it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import stripe

from training_credits.domain.errors import Conflict, Reason, Refused, Unavailable
from training_credits.domain.model import Card
from training_credits.payments.stripe_news import KEEP, news_of, why
from training_credits.ports import (
    Payment,
    PaymentNews,
    PaymentRequest,
    PaymentState,
    SignatureInvalid,
)

# Ours, so that another library speaks no other language: the next one, endive, has lost the
# parameter which says that only cards are taken.
API_VERSION = "2026-07-29.dahlia"
CONNECT_SECONDS, READ_SECONDS = 2, 6
RETRIES = 1
SIGNATURE_SECONDS = 300
STATES = {
    "requires_payment_method": PaymentState.WAITING,
    "requires_confirmation": PaymentState.WAITING,
    "requires_action": PaymentState.ACTION,
    "processing": PaymentState.PROCESSING,
    "succeeded": PaymentState.SUCCEEDED,
    "canceled": PaymentState.CANCELLED,
}
# What may be wrong with a request because of the card the buyer named; all else is our defect.
OF_THE_CARD = frozenset({None, "customer", "payment_method"})

stripe.enable_telemetry = False  # it would also keep an id on the disk


class StripePayments:
    """Implements `ports.Payments` with PaymentIntents; `api_base` names another server."""

    def __init__(self, api_key: str, webhook_secret: str, api_base: str | None = None) -> None:
        self._webhook_secret = webhook_secret
        client = stripe.StripeClient(
            api_key,
            stripe_version=API_VERSION,
            base_addresses={"api": api_base} if api_base else None,
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, READ_SECONDS)),
        )
        self._intents = client.v1.payment_intents
        self._customers = client.v1.customers
        self._methods = client.v1.payment_methods

    def open(self, request: PaymentRequest) -> Payment:
        """Stripe remembers the answer under the order id, and refuses it with other facts."""
        facts: Any = {  # the library's types are of its own version
            "amount": request.amount_minor,
            "currency": request.currency.lower(),
            # Other methods would take the buyer to a page of their own and back.
            "payment_method_types": ["card"],
            "metadata": {
                "program": request.program,
                "account": request.account_id,
                "order": request.order_id,
            },
        }
        key = request.order_id + (f"-after-{request.replaces}" if request.replaces else "")
        with _in_our_words():
            intent = self._intents.create(facts, {"idempotency_key": key})
        # Not in the first request: a card kept meanwhile would make it another one.
        return self._of_customer(intent, request.customer_id)

    def _of_customer(self, intent: stripe.PaymentIntent, customer_id: str | None) -> Payment:
        """Whom the provider no longer knows may still pay, with a card that is not kept."""
        if not customer_id:
            return _payment(intent)
        try:
            with _in_our_words():
                return _payment(self._intents.update(intent.id, {"customer": customer_id}))
        except stripe.InvalidRequestError as error:
            if not _unknown(error):
                raise
            return _payment(intent)

    def show(self, payment_id: str) -> Payment:
        """What the provider does not know, at another account say, can never be paid there."""
        try:
            with _in_our_words():
                return _payment(self._intents.retrieve(payment_id))
        except stripe.InvalidRequestError as error:
            if not _unknown(error):
                raise
            return Payment(payment_id=payment_id, state=PaymentState.CANCELLED, client_secret="")

    def pay(self, payment_id: str, card: Card) -> Payment:
        """Name the card, then confirm. What is paid or cancelled already is shown as it is."""
        try:
            with _in_our_words():
                self._intents.update(
                    payment_id,
                    {
                        "payment_method": card.method_id,
                        # An empty value takes away what an earlier card has left here.
                        "metadata": {"keep": (card.kept_by or KEEP) if card.customer_id else ""},
                        **({"customer": card.customer_id} if card.customer_id else {}),
                    },
                )
                return _payment(self._intents.confirm(payment_id))
        except stripe.InvalidRequestError as error:
            payment = self.show(payment_id)
            if payment.state is PaymentState.WAITING:
                raise _not_usable(error) from error
            return payment

    def keep(self, account_id: str, program: str, customer_id: str | None, method_id: str) -> Card:
        """To be called before `pay`: Stripe keeps no card that was used without a customer."""
        try:
            with _in_our_words():
                customer = self._customer(program, account_id, customer_id)
                method = self._methods.attach(method_id, {"customer": customer})
        except stripe.InvalidRequestError as error:
            raise _not_usable(error) from error
        return Card(customer_id=customer, method_id=method.id)

    def _customer(self, program: str, account_id: str, known: str | None) -> str:
        """The account's own; a new one where the provider has none, or no longer."""
        if known is None:
            return self._new_customer(program, account_id)
        try:
            found = self._customers.retrieve(known)
        except stripe.InvalidRequestError as error:
            if not _unknown(error):
                raise
            return self._new_customer(program, account_id, instead_of=known)
        gone = getattr(found, "deleted", False)
        return self._new_customer(program, account_id, instead_of=known) if gone else known

    def _new_customer(self, program: str, account_id: str, instead_of: str | None = None) -> str:
        after = f"-after-{instead_of}" if instead_of else ""
        made = self._customers.create(
            {"metadata": {"program": program, "account": account_id}},
            {"idempotency_key": f"customer-{program}-{account_id}{after}"},
        )
        return made.id

    def cancel(self, payment_id: str) -> None:
        try:
            with _in_our_words():
                self._intents.cancel(payment_id)
        except stripe.InvalidRequestError as error:
            state = self.show(payment_id).state
            if state in {PaymentState.SUCCEEDED, PaymentState.PROCESSING}:
                raise Conflict(
                    Reason.PAYMENT_UNDER_WAY, "The money is taken, or is being taken."
                ) from error
            if state is not PaymentState.CANCELLED:
                raise

    def heard(self, body: bytes, signature: str) -> PaymentNews | None:
        """The signature is over these very bytes; its age is measured by the true time."""
        try:
            stripe.WebhookSignature.verify_header(
                body, signature, self._webhook_secret, SIGNATURE_SECONDS
            )
        # The library stumbles over bytes that are no text, and over letters in a signature.
        except (stripe.SignatureVerificationError, UnicodeError, TypeError) as error:
            raise SignatureInvalid(type(error).__name__) from error
        return news_of(body)


def _payment(intent: stripe.PaymentIntent) -> Payment:
    return Payment(
        payment_id=intent.id,
        state=STATES[intent.status],
        client_secret=intent.client_secret or "",
    )


@contextmanager
def _in_our_words() -> Iterator[None]:
    """A wrong key or parameter is no answer for a buyer: it stays what it is, a defect."""
    try:
        yield
    except stripe.CardError as error:
        answer: Any = error.json_body
        raise Refused(
            Reason.PAYMENT_DECLINED, "The card was declined.", decline_code=why(answer["error"])
        ) from error
    except stripe.IdempotencyError as error:
        raise Conflict(
            Reason.ORDER_MOVED, "This order was already brought to payment with other facts."
        ) from error
    except (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError) as error:
        raise Unavailable(Reason.BUSY, "Card payments are out of reach for a moment.") from error


def _unknown(error: stripe.InvalidRequestError) -> bool:
    """Of a path Stripe says 404; of a parameter 400, with a code of its own."""
    return error.http_status == HTTPStatus.NOT_FOUND or error.code == "resource_missing"


def _not_usable(error: stripe.InvalidRequestError) -> Exception:
    if error.param not in OF_THE_CARD:
        return error
    return Refused(
        Reason.PAYMENT_DECLINED,
        "This card cannot be used.",
        decline_code=error.code or "card_not_usable",
    )
