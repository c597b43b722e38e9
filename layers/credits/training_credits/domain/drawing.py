"""Which lots pay: earliest end first, then oldest; and, lot by lot, why not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Draw, Lot

LOTS_PER_DRAW_MAX = 20
Bar = Callable[[Lot], Refused | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What one instrument opens: these lots, or all of the account; at most `credits` of them."""

    lot_id: str | None = None
    credits: int | None = None

    def opens(self, lot: Lot) -> bool:
        """Whether its credits may be taken through this instrument."""
        return lot.opened_by(self.lot_id)


ANY = Source()


def spending_order(lots: Iterable[Lot]) -> list[Lot]:
    """Earliest expiry first, then oldest, then by id so that the order is total (AT-42)."""
    return sorted(lots, key=lambda lot: (lot.expires_at, lot.granted_at, lot.lot_id))


def draw(
    lots: Iterable[Lot],
    credits: int,
    now: datetime,
    *,
    source: Source = ANY,
    bar: Bar = lambda _: None,
    taken: Mapping[str, int] | None = None,
) -> tuple[Draw, ...]:
    """Take `credits` from the lots in spending order, or refuse and say why.

    What is left of a lot stays there for another time (SF-36).

    `bar` says why a lot may not pay for this at all; `taken` is what other lines of the same
    request take from it.
    """
    ordered = [lot for lot in spending_order(lots) if source.opens(lot)]
    known = taken or {}
    draws: list[Draw] = []
    missing = credits
    for lot in ordered:
        able = lot.usable(now) and bar(lot) is None
        take = min(missing, lot.balance.available - known.get(lot.lot_id, 0)) if able else 0
        if take > 0:
            draws.append(Draw(lot_id=lot.lot_id, credits=take))
            missing -= take
    if missing:
        raise _refusal(ordered, credits, missing, now, bar)
    if len(draws) > LOTS_PER_DRAW_MAX:
        raise Refused(
            Reason.TOO_MANY_LOTS,
            f"More than {LOTS_PER_DRAW_MAX} lots would have to pay for this.",
            credits_possible=sum(d.credits for d in draws[:LOTS_PER_DRAW_MAX]),
        )
    return tuple(draws)


def _refusal(lots: Sequence[Lot], credits: int, missing: int, now: datetime, bar: Bar) -> Refused:
    facts: dict[str, Any] = {
        "credits": credits,
        "missing": missing,
        "lots": [why_not(lot, now, bar) for lot in lots],
    }
    if not lots:
        return Refused(Reason.NO_CREDITS, "There are no credits here yet.", **facts)
    alive = [lot for lot in lots if lot.alive(now)]
    if not alive:
        last = max(lot.expires_on for lot in lots).isoformat()
        return Refused(
            Reason.CREDITS_EXPIRED, f"The credits ended on {last}.", expired_on=last, **facts
        )
    bars = [bar(lot) for lot in alive]
    barred = [each for each in bars if each is not None]
    if len(barred) == len(bars):
        first = barred[0]
        return Refused(first.reason, first.detail, **{**facts, **first.facts})
    return Refused(Reason.INSUFFICIENT_CREDITS, f"{missing} credits are missing.", **facts)


def why_not(lot: Lot, now: datetime, bar: Bar) -> dict[str, Any]:
    """One lot of a refusal, and what would make it a yes; `not_enough` if it may pay."""
    barred = bar(lot) if lot.alive(now) else None
    if not lot.alive(now):
        why = "expired"
    elif not lot.usable(now):
        why = "not_yet"
    elif barred is not None:
        why = str(barred.reason)
    elif lot.balance.available:
        why = "not_enough"
    else:
        why = "voided" if lot.balance.voided else "held" if lot.balance.held else "spent"
    return {
        "lot": lot.lot_id,
        "expires_on": lot.expires_on.isoformat(),
        "available": lot.seen_at(now).balance.available,
        "why": why,
        **(barred.facts if barred else {}),
    }
