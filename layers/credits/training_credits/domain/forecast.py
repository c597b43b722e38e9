"""Burn-down: what is left on each day if an account goes on as it did, and what will be lost.

The pace of a product is what was used of its credits in the last 90 days, less what came back of
it; where its first lot is younger, in the days since then, but never in fewer than 7: one busy
morning is no pace. Credits that are held for a request count as used: they are spoken for, and
neither in the balance that burns down nor at risk.

From tomorrow on the account spends at that pace, to the last whole day of each lot, always from
the lot that would pay (`spending_order`). By each day the credits spent are the pace times the
days, rounded down; nothing else is rounded, and nothing is a float.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from training_credits.domain.drawing import spending_order
from training_credits.domain.model import Entry, Lot, Movement, State
from training_credits.domain.program import Program

DAY = timedelta(days=1)
WINDOW_DAYS = 90
WINDOW_DAYS_MIN = 7
USED = frozenset({State.HELD, State.REDEEMED, State.DELIVERED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """So many credits in so many days: a fraction, kept as one."""

    credits: int
    days: int

    def within(self, days: int) -> int:
        """Whole credits spent by the end of so many days."""
        return self.credits * days // self.days

    def days_for(self, credits: int) -> int:
        """The first day by whose end so many are spent; there must be a pace at all."""
        return -(-credits * self.days // self.credits)

    def covers(self, other: "Pace") -> bool:
        """Whether it is as fast, or faster."""
        return self.credits * other.days >= other.credits * self.days


@dataclass(frozen=True, kw_only=True, slots=True)
class AtRisk:
    """A lot, the last day it can be spent on, and what of it is left at that day's end."""

    lot: Lot
    last_day: date
    credits: int

    @property
    def paid_minor(self) -> int:
        """What was paid for what would be lost."""
        return self.lot.paid_for(self.credits)


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """One product of an account, from today on.

    `left` is the balance at the end of each day on which a lot ends, and `empty_on` the first day
    at whose end it is zero, spent or lost; None if it is zero now. `needed` is the slowest pace
    at which nothing is lost; None if there is nothing to lose, or a lot ends before tomorrow does.
    """

    product: str
    pace: Pace
    available: int
    held: int
    lots: tuple[AtRisk, ...]
    left: tuple[tuple[date, int], ...]
    empty_on: date | None
    needed: Pace | None

    @property
    def at_risk(self) -> int:
        """All that would be lost."""
        return sum(each.credits for each in self.lots)

    @property
    def paid_minor(self) -> dict[str, int]:
        """What was paid for that, in each currency."""
        paid: dict[str, int] = {}
        for each in self.lots:
            paid[each.lot.currency] = paid.get(each.lot.currency, 0) + each.paid_minor
        return {currency: minor for currency, minor in paid.items() if minor}


def forecasts(
    program: Program, lots: Sequence[Lot], entries: Iterable[Entry], now: datetime
) -> tuple[Forecast, ...]:
    """One for each product the account has had; `entries` are those of the last 90 days."""
    product_of = {lot.lot_id: lot.product for lot in lots}
    used = dict.fromkeys(sorted(set(product_of.values())), 0)
    for entry in entries:
        for movement in entry.movements:
            if movement.lot_id in product_of:
                used[product_of[movement.lot_id]] += _used(movement)
    return tuple(
        forecast(
            program,
            product,
            [lot for lot in lots if lot.product == product],
            Pace(credits=max(credits, 0), days=days_counted(product, lots, now)),
            now,
        )
        for product, credits in used.items()
    )


def since(now: datetime) -> datetime:
    """From when on the pace is counted, at the earliest."""
    return now - WINDOW_DAYS * DAY


def days_counted(product: str, lots: Iterable[Lot], now: datetime) -> int:
    """In how many days its pace is counted; a day that has begun is one."""
    first = min(lot.granted_at for lot in lots if lot.product == product)
    return min(max(-((first - now) // DAY), WINDOW_DAYS_MIN), WINDOW_DAYS)


def _used(movement: Movement) -> int:
    """What one movement adds to what was used; what comes back takes away from it."""
    return movement.credits * ((movement.target in USED) - (movement.source in USED))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Burn:
    """A lot, the days that can still be spent from it, and what is taken of it in them."""

    lot: Lot
    days: int
    taken: int

    @property
    def lost(self) -> int:
        """What nobody has spent by its end."""
        return self.lot.balance.available - self.taken


def forecast(
    program: Program, product: str, lots: Sequence[Lot], pace: Pace, now: datetime
) -> Forecast:
    """The burn-down of one product at one pace."""
    today = program.today(now)
    alive = spending_order(lot for lot in lots if lot.alive(now) and lot.balance.available)
    burns = _burns(program, alive, pace, today)
    ends = dict.fromkeys(burn.days for burn in burns)
    return Forecast(
        product=product,
        pace=pace,
        available=sum(lot.balance.available for lot in alive),
        held=sum(lot.balance.held for lot in lots),
        lots=tuple(
            AtRisk(lot=burn.lot, last_day=today + burn.days * DAY, credits=burn.lost)
            for burn in burns
        ),
        left=tuple((today + days * DAY, _left(burns, pace, days)) for days in ends),
        empty_on=_empty_on(burns, pace, today),
        needed=_needed(burns),
    )


def _burns(program: Program, lots: Iterable[Lot], pace: Pace, today: date) -> list[_Burn]:
    """What is taken of each lot by its end, in the order of their ends.

    All that is spent by then, less what earlier lots have paid of it: they are always drawn first,
    and none outlives a later one.
    """
    burns: list[_Burn] = []
    spent = 0
    for lot in lots:
        days = max((program.today(lot.expires_at) - today).days - 1, 0)
        taken = min(lot.balance.available, pace.within(days) - spent)
        burns.append(_Burn(lot=lot, days=days, taken=taken))
        spent += taken
    return burns


def _left(burns: Sequence[_Burn], pace: Pace, days: int) -> int:
    """The balance at the end of a day: what later lots have, less what they have paid by then."""
    paid = sum(burn.taken for burn in burns if burn.days <= days)
    later = sum(burn.lot.balance.available for burn in burns if burn.days > days)
    return max(later - (pace.within(days) - paid), 0)


def _empty_on(burns: Sequence[_Burn], pace: Pace, today: date) -> date | None:
    """A lot that loses something lasts to its end, any other until its last credit is spent."""
    spent, lasts = 0, list[int]()
    for burn in burns:
        spent += burn.taken
        lasts.append(burn.days if burn.lost else pace.days_for(spent))
    return today + max(lasts) * DAY if lasts else None


def _needed(burns: Sequence[_Burn]) -> Pace | None:
    """By the end of each lot it and all before it must be spent: the fastest of these paces."""
    if not burns or not burns[0].days:
        return None
    total, needed = 0, Pace(credits=0, days=1)
    for burn in burns:
        total += burn.lot.balance.available
        wanted = Pace(credits=total, days=burn.days)
        needed = needed if needed.covers(wanted) else wanted
    return needed
