"""From the queue of the month end: files the months of an account that are over."""

from typing import Any

from training_credits.edge import filing, observability

SAFETY_MILLISECONDS = 20_000


@observability.observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """What could not be filed comes again, alone."""
    failed = filing.file(
        event["Records"],
        lambda: context.get_remaining_time_in_millis() > SAFETY_MILLISECONDS,
    )
    return {"batchItemFailures": failed}
