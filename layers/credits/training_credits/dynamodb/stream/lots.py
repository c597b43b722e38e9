"""What was said of the end of a lot, as events."""

from datetime import timedelta

from training_credits.dynamodb.items import LotItem
from training_credits.dynamodb.stream.base import Changed, Facts, event
from training_credits.ports import Event

ENDS_SOON = "CreditsEndSoon"
WINDOW_ENDS = "ReissueWindowEnds"


def told(changed: Changed, before: LotItem, now: LotItem) -> Event | None:
    """Another notice is due; whatever else becomes of a lot is told by its entries."""
    lot = now.value()
    if lot.told is None or lot.told == before.told:
        return None
    until = lot.told.until
    facts: Facts = {
        "lot": lot.lot_id,
        "product": lot.product,
        "credits": lot.balance.expired if lot.closed else lot.balance.available,
        "days": lot.told.days,
        "expires_on": lot.expires_on.isoformat(),
        "reissue_until": until.isoformat() if until else None,
    }
    if not lot.closed:
        about = f"{lot.lot_id}-{lot.told.days}"
        return event(now, ENDS_SOON, about, changed.at, facts)
    if until is not None:
        called_on = lot.expires_on - timedelta(days=lot.told.days)
        facts["days"] = (until - called_on).days
    return event(now, WINDOW_ENDS, lot.lot_id, changed.at, facts)
