"""What Stripe's webhooks say, read without its library."""

from collections.abc import Mapping
from typing import Any

import msgspec

from training_credits.domain.model import Card
from training_credits.ports import PaymentNews

KEEP = "yes"  # of a card whose owner is not known
SUCCEEDED, FAILED = "payment_intent.succeeded", "payment_intent.payment_failed"
# Whoever holds a stolen card is not to learn that the bank knows.
NOT_TOLD = frozenset({"fraudulent", "lost_card", "merchant_blacklist", "stolen_card"})


class _Intent(msgspec.Struct):
    id: str
    amount: int
    currency: str
    metadata: dict[str, str]
    amount_received: int | None = None
    customer: str | None = None
    payment_method: str | None = None
    last_payment_error: dict[str, Any] | None = None


class _About(msgspec.Struct):
    object: _Intent


class _Event(msgspec.Struct):
    id: str
    type: str
    data: _About


def _news(event: _Event) -> PaymentNews | None:
    """Not every event is about a payment, and not every payment there is one of ours."""
    intent, facts = event.data.object, event.data.object.metadata
    if event.type not in {SUCCEEDED, FAILED} or not {"program", "account", "order"} <= set(facts):
        return None
    succeeded = event.type == SUCCEEDED
    received = intent.amount_received if succeeded else None
    keeper = facts.get("keep", "") if succeeded else ""
    return PaymentNews(
        event_id=event.id,
        payment_id=intent.id,
        program=facts["program"],
        account_id=facts["account"],
        order_id=facts["order"],
        succeeded=succeeded,
        amount_minor=intent.amount if received is None else received,
        currency=intent.currency.upper(),
        kept=_kept(intent, keeper) if keeper else None,
        problem=None if succeeded else why(intent.last_payment_error or {}),
    )


def _kept(intent: _Intent, keeper: str) -> Card | None:
    """The card, and whose it is, as we have said it ourselves when it was charged."""
    if not intent.customer or not intent.payment_method:
        return None
    return Card(
        customer_id=intent.customer,
        method_id=intent.payment_method,
        kept_by="" if keeper == KEEP else keeper,
    )


def news_of(body: bytes) -> PaymentNews | None:
    """None for what is no event of a payment of ours."""
    try:
        return _news(msgspec.json.decode(body, type=_Event))
    except msgspec.DecodeError:
        return None


def why(error: Mapping[str, Any]) -> str:
    """The bank's own word if there is one."""
    code = str(error.get("decline_code") or error.get("code") or "card_declined")
    return "generic_decline" if code in NOT_TOLD else code
