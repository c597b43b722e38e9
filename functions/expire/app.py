"""The expiry sweep, on a schedule."""

from typing import Any

from training_credits.edge import observability, scheduled, wiring
from training_credits.use_cases.expire import sweep


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Books what has ended by now; what the time does not suffice for, the next run does."""
    swept = sweep(wiring.ledger(), wiring.clock, scheduled.has_time(context))
    observability.count("LotsExpired", swept.lots)
    observability.count("CreditsExpired", swept.credits)
    if swept.errors:
        raise ExceptionGroup("lots that could not be closed", swept.errors)
    return {"lots": swept.lots, "credits": swept.credits, "finished": swept.finished}
