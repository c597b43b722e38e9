"""From the table's stream to the event bus."""

from typing import Any

from training_credits.edge import events, observability


@observability.observed
def handler(event: dict[str, Any], _: Any) -> dict[str, Any]:
    """Repeats are harmless: an event's id comes from what happened."""
    return {"batchItemFailures": events.publish(event["Records"])}
