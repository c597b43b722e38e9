"""The event bus."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import boto3
from botocore.config import Config

from training_credits.ports import Event
from training_credits.ports.messages import VERSION

SOURCE = "training-credits"
ENTRIES_MAX = 10


class EventBridge:
    """Implements `ports.Bus`."""

    def __init__(self, bus_name: str) -> None:
        self._bus_name = bus_name
        self._client = boto3.client("events", config=Config(retries={"mode": "standard"}))

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Send in batches of ten. An entry may fail without an error, so each is looked at."""
        failed: list[Event] = []
        for first in range(0, len(events), ENTRIES_MAX):
            batch = events[first : first + ENTRIES_MAX]
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus_name,
                        "Source": SOURCE,
                        "DetailType": event.type,
                        "Time": event.at,
                        "Detail": json.dumps(detail_of(event)),
                    }
                    for event in batch
                ]
            )
            results = zip(batch, answer["Entries"], strict=True)
            failed += [event for event, result in results if "EventId" not in result]
        return tuple(failed)


def detail_of(event: Event) -> dict[str, Any]:
    """What subscribers read."""
    return event.detail


def event_of(envelope: Mapping[str, Any]) -> Event:
    """An event as a rule's target gets it; ValueError if it is not one of ours."""
    detail = envelope.get("detail")
    if envelope.get("source") != SOURCE or not isinstance(detail, dict):
        raise ValueError("not an event of ours")
    if detail.get("version") != VERSION:
        raise ValueError("an event of an unknown version")
    return Event(
        id=str(detail["id"]),
        type=str(envelope["detail-type"]),
        program=str(detail["program"]),
        account_id=str(detail["account"]),
        at=datetime.fromisoformat(detail["at"]),
        facts=dict(detail["facts"]),
    )
