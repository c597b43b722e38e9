"""The expiry sweep, on a schedule."""

from typing import Any

from training_credits.edge import observability, wiring
from training_credits.use_cases.expire import sweep

SAFETY_MILLISECONDS = 10_000


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Books what has ended by now; what the time does not suffice for, the next run does."""
    swept = sweep(
        wiring.ledger(),
        wiring.clock,
        lambda: context.get_remaining_time_in_millis() > SAFETY_MILLISECONDS,
    )
    observability.count("LotsExpired", swept.lots)
    observability.count("CreditsExpired", swept.credits)
    if swept.errors:
        raise ExceptionGroup("lots that could not be closed", swept.errors)
    return {"lots": swept.lots, "credits": swept.credits, "finished": swept.finished}
