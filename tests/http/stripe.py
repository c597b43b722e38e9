"""Webhooks as Stripe would send and sign them, for tests that have no Stripe."""

import hmac
import json
import time
from typing import Any

WEBHOOK_SECRET = "made up: signs the webhooks of the tests"


def signature(body: bytes, secret: str = WEBHOOK_SECRET, at: float | None = None) -> str:
    """The `Stripe-Signature` header of these bytes. `at` is when: Unix time, by default now."""
    when = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), b"%d." % when + body, "sha256").hexdigest()
    return f"t={when},v1={digest}"


def signed(body: bytes, secret: str = WEBHOOK_SECRET, at: float | None = None) -> tuple[bytes, str]:
    """Any body and its signature."""
    return body, signature(body, secret, at)


def signed_event(  # noqa: PLR0913 - each is a fact of the event
    *,
    program: str,
    account: str,
    order: str,
    amount_minor: int,
    currency: str = "USD",
    kind: str = "payment_intent.succeeded",
    event_id: str | None = None,
    payment_id: str | None = None,
    customer: str | None = None,
    method: str | None = None,
    keep: bool | str = False,
    problem: str | None = None,
    secret: str = WEBHOOK_SECRET,
    at: float | None = None,
) -> tuple[bytes, str]:
    """An event about a payment of ours, and its signature.

    Ids that are not given follow from order and kind, so the same call is the same event again;
    `payment_id` is then the one FakePayments gives the order. `keep` may say whose card it is.
    """
    intent = {
        "id": payment_id or payment_of(order),
        "object": "payment_intent",
        "amount": amount_minor,
        "amount_received": amount_minor if kind == "payment_intent.succeeded" else 0,
        "currency": currency.lower(),
        "customer": customer,
        "payment_method": method,
        "metadata": {"program": program, "account": account, "order": order}
        | ({"keep": "yes" if keep is True else keep} if keep else {}),
        "last_payment_error": {"code": problem} if problem else None,
    }
    return signed(event(intent, kind, event_id or f"evt_{order}_{kind}"), secret, at)


def event(about: dict[str, Any], kind: str, event_id: str) -> bytes:
    """An event about any object, pretty-printed as Stripe does it."""
    envelope = {"id": event_id, "object": "event", "type": kind, "data": {"object": about}}
    return json.dumps(envelope, indent=2).encode()


def payment_of(order: str) -> str:
    """What FakePayments calls the payment of an order."""
    return f"pi_{order}"
