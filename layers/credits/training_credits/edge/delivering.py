"""Webhooks out: from the bus to the queue, and from the queue to endpoints."""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from training_credits.domain.model import Endpoint
from training_credits.edge import mailing, observability, settings, wiring
from training_credits.use_cases import deliver as use_cases

FINE = 1_000_000


def dispatch(envelope: Mapping[str, Any]) -> int:
    """How many endpoints hear of an event; ValueError for an envelope that is not ours."""
    ledger, event = wiring.ledger(), wiring.event_of_envelope(envelope)
    sent = use_cases.dispatch(ledger, ledger, wiring.clock, wiring.deliveries(), event)
    observability.count("WebhooksDispatched", sent)
    return sent


def deliver(records: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Send what the messages say; returns those to be tried again, each for itself."""
    messages, unread = [], []
    for record in records:
        message = _message(record)
        if message is None:
            unread.append(str(record["messageId"]))
        else:
            messages.append(message)
    outcome = use_cases.deliver(_post(), use_cases.messages_of(messages))
    observability.count("WebhooksDelivered", outcome.delivered)
    observability.count("WebhooksGivenUp", outcome.given_up)
    return [{"itemIdentifier": one} for one in (*outcome.failed, *unread)]


def _message(record: Mapping[str, Any]) -> use_cases.Message | None:
    """None for a message that nobody of ours has written: it goes to the dead letters."""
    try:
        errand = json.loads(record["body"])
        named = {name: str(errand[name]) for name in ("program", "webhook", "delivery")}
    except (ValueError, TypeError, KeyError):
        observability.logger.exception("unreadable message", message_id=record["messageId"])
        return None
    return use_cases.Message(
        message_id=record["messageId"],
        receipt=record["receiptHandle"],
        received=int(record["attributes"]["ApproximateReceiveCount"]),
        errand=named,
    )


def _post() -> use_cases.Post:
    ledger = wiring.ledger()
    return use_cases.Post(
        ledger=ledger,
        hooks=ledger,
        clock=wiring.clock,
        sender=wiring.sender(),
        retries=wiring.deliveries(),
        secret=settings.text("CODE_KEY"),
        chance=lambda: secrets.randbelow(FINE) / FINE,
        gave_up=_tell,
    )


def _tell(program: str, endpoint: Endpoint) -> None:
    """The log says it too: a mail that cannot be sent stops no delivery."""
    observability.logger.warning("webhook fails", program=program, webhook=endpoint.endpoint_id)
    try:
        use_cases.tell_contact(mailing.office(), program, endpoint)
    except Exception:  # noqa: BLE001 - see above
        observability.logger.exception("nobody was told", webhook=endpoint.endpoint_id)
