"""A day's transactions in one mail, on a schedule."""

from typing import Any

from training_credits.edge import events, observability, scheduled


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Mails what is due; the next run does what time is too short for."""
    told = events.tell_of_days(scheduled.has_time(context))
    if told.errors:
        raise ExceptionGroup("digests that could not be handed over", told.errors)
    return {"sent": told.sent, "finished": told.finished}
