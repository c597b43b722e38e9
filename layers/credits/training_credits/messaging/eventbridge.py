"""The event bus."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import boto3
from botocore.config import Config

from training_credits.messaging.tries import tries
from training_credits.ports import Event
from training_credits.ports.messages import VERSION

SOURCE = "training-credits"
ENTRIES_MAX = 10
PAUSE = 0.1


class EventBridge:
    """Implements `ports.Bus`."""

    def __init__(self, bus_name: str) -> None:
        self._bus_name = bus_name
        self._client = boto3.client("events", config=Config(retries={"mode": "standard"}))

    def publish(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Send in batches of ten, and what was not taken again; what still is not is returned.

        Whoever called would send all that follows again, and most of that was taken.
        """
        waiting = tuple(events)
        for _ in tries(PAUSE):
            batches = range(0, len(waiting), ENTRIES_MAX)
            waiting = tuple(
                event for at in batches for event in self._put(waiting[at : at + ENTRIES_MAX])
            )
            if not waiting:
                break
        return waiting

    def _put(self, batch: Sequence[Event]) -> list[Event]:
        """Those that were not taken. An entry may fail without an error: each is looked at."""
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
        return [event for event, result in results if "EventId" not in result]


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
