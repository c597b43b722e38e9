"""Events in and out: stream records to our bus, envelopes from the bus to what they mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from training_credits.edge import observability, settings, wiring
from training_credits.use_cases.notify import notify


def publish(records: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Publish what the records say; returns the first failure, from which the stream goes on."""
    numbers: dict[str, str] = {}
    events = []
    for record in records:
        event = wiring.event_of_record(record)
        if event is not None:
            numbers.setdefault(event.id, record["dynamodb"]["SequenceNumber"])
            events.append(event)
    failed = wiring.bus().publish(events)
    observability.count("EventsPublished", len(events) - len(failed))
    return [{"itemIdentifier": numbers[event.id]} for event in failed[:1]]


def tell(envelope: Mapping[str, Any]) -> int:
    """Mail whoever should know of an event; ValueError for an envelope that is not ours."""
    ledger = wiring.ledger()
    event = wiring.event_of_envelope(envelope)
    sent = notify(
        ledger,
        ledger,
        wiring.mailer(),
        event,
        portal_url=settings.text("PORTAL_URL"),
        secret=settings.text("CODE_KEY"),
    )
    observability.count("MailsSent", sent)
    return sent
