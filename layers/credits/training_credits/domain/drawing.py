"""Which lots pay: earliest end first, then oldest; and, lot by lot, why not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Draw, Lot

LOTS_PER_DRAW_MAX = 20


def spending_order(lots: Iterable[Lot]) -> list[Lot]:
    """Earliest expiry first, then oldest, then by id so that the order is total (AT-42)."""
    return sorted(lots, key=lambda lot: (lot.expires_at, lot.granted_at, lot.lot_id))


def draw(lots: Iterable[Lot], credits: int, now: datetime) -> tuple[Draw, ...]:
    """Take `credits` from the lots in spending order, or refuse and say why."""
    ordered = spending_order(lots)
    draws: list[Draw] = []
    missing = credits
    for lot in ordered:
        take = min(missing, lot.balance.available) if lot.alive(now) else 0
        if take:
            draws.append(Draw(lot_id=lot.lot_id, credits=take))
            missing -= take
    if missing:
        raise _refusal(ordered, credits, missing, now)
    if len(draws) > LOTS_PER_DRAW_MAX:
        raise Refused(
            Reason.TOO_MANY_LOTS,
            f"More than {LOTS_PER_DRAW_MAX} lots would have to pay for this.",
            credits_possible=sum(d.credits for d in draws[:LOTS_PER_DRAW_MAX]),
        )
    return tuple(draws)


def _refusal(lots: Sequence[Lot], credits: int, missing: int, now: datetime) -> Refused:
    facts: dict[str, Any] = {
        "credits": credits,
        "missing": missing,
        "lots": [_why_not(lot, now) for lot in lots],
    }
    if not lots:
        return Refused(Reason.NO_CREDITS, "There are no credits here yet.", **facts)
    if not any(lot.alive(now) for lot in lots):
        last = max(lot.expires_on for lot in lots).isoformat()
        return Refused(
            Reason.CREDITS_EXPIRED,
            f"The credits ended on {last}.",
            expired_on=last,
            **facts,
        )
    return Refused(
        Reason.INSUFFICIENT_CREDITS,
        f"{missing} credits are missing.",
        **facts,
    )


def _why_not(lot: Lot, now: datetime) -> dict[str, object]:
    if not lot.alive(now):
        why = "expired"
    elif lot.balance.available:
        why = "not_enough"
    else:
        why = "voided" if lot.balance.voided else "held" if lot.balance.held else "spent"
    return {
        "lot": lot.lot_id,
        "expires_on": lot.expires_on.isoformat(),
        "available": lot.seen_at(now).balance.available,
        "why": why,
    }
