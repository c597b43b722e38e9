"""Events in and out: stream records to our bus, envelopes from the bus to what they mean."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from training_credits.edge import mailing, observability, settings, wiring
from training_credits.use_cases import digest
from training_credits.use_cases.digest import Digested
from training_credits.use_cases.notify import notify


def publish(records: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Publish what the records say; returns the first failure, from which the stream goes on."""
    numbers: dict[str, str] = {}
    events = []
    for record in records:
        for event in wiring.events_of_record(record):
            numbers.setdefault(event.id, record["dynamodb"]["SequenceNumber"])
            events.append(event)
    failed = wiring.bus().publish(events)
    observability.count("EventsPublished", len(events) - len(failed))
    return [{"itemIdentifier": numbers[event.id]} for event in failed[:1]]


def tell(envelope: Mapping[str, Any]) -> int:
    """Mail whoever should know of an event; ValueError for an envelope that is not ours."""
    event = wiring.event_of_envelope(envelope)
    sent = notify(mailing.office(), event, secret=settings.text("CODE_KEY"))
    observability.count("MailsSent", sent)
    return sent


def tell_of_days(has_time: Callable[[], bool]) -> Digested:
    """Send the digests that are due."""
    told = digest.tell_of_days(mailing.office(), wiring.clock, has_time)
    observability.count("MailsSent", told.sent)
    return told
