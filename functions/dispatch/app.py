"""From the event bus to the queue of webhook deliveries."""

from typing import Any

from training_credits.edge import delivering, observability


@observability.observed
def handler(event: dict[str, Any], _: Any) -> dict[str, Any]:
    """One message for each endpoint that hears of it; repeats are harmless."""
    return {"dispatched": delivering.dispatch(event)}
