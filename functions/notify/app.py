"""From the event bus to people's inboxes."""

from typing import Any

from training_credits.edge import events, observability


@observability.observed
def handler(event: dict[str, Any], _: Any) -> dict[str, Any]:
    """Each person at most once for each event."""
    return {"sent": events.tell(event)}
