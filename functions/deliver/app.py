"""From the queue to the endpoints of integrators."""

from typing import Any

from training_credits.edge import delivering, observability, wiring

SAFETY_SECONDS = 1.0


@observability.observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Each message for itself: one that hangs keeps no other from arriving."""
    wiring.within(lambda: context.get_remaining_time_in_millis() / 1000 - SAFETY_SECONDS)
    return {"batchItemFailures": delivering.deliver(event["Records"])}
