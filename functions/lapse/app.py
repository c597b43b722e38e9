"""Requests that wait too long, on a schedule."""

from typing import Any

from training_credits.edge import observability, scheduled, wiring
from training_credits.use_cases.lapse import sweep


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Releases and reminds of what is due; the next run does what time is too short for."""
    swept = sweep(wiring.ledger(), wiring.clock, scheduled.has_time(context))
    observability.count("RequestsLapsed", swept.lapsed)
    observability.count("RemindersDue", swept.reminded)
    observability.count("NudgesDue", swept.nudged)
    if swept.errors:
        raise ExceptionGroup("requests that could not be settled", swept.errors)
    return {
        "lapsed": swept.lapsed,
        "reminded": swept.reminded,
        "nudged": swept.nudged,
        "finished": swept.finished,
    }
