"""The expiry sweep, on a schedule."""

from typing import Any

from training_credits.edge import observability, scheduled, wiring
from training_credits.use_cases.expire import sweep


@observability.observed
def handler(_: dict[str, Any], context: Any) -> dict[str, Any]:
    """Books what has ended by now, and announces what will; the next run does what is left."""
    swept = sweep(wiring.ledger(), wiring.clock, scheduled.has_time(context))
    observability.count("LotsExpired", swept.lots)
    observability.count("CreditsExpired", swept.credits)
    observability.count("NoticesDue", swept.told)
    if swept.errors:
        raise ExceptionGroup("lots that could not be settled", swept.errors)
    return {
        "lots": swept.lots,
        "credits": swept.credits,
        "told": swept.told,
        "finished": swept.finished,
    }
