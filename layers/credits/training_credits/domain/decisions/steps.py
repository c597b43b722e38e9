"""What every step of an order has in common, and by when it is due."""

from dataclasses import replace
from datetime import date, datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.lots import activated
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Billing, Order, OrderState, Step
from training_credits.domain.program import CARD, Program, allowed


def finished(
    program: Program, order: Order, day: date, by: str, now: datetime, secret: str
) -> tuple[Order, tuple[c.Write, ...]]:
    if order.state is not OrderState.ACTIVATED:
        order = stepped(order, OrderState.ACTIVATED, day, by, now)
    return activated(program, order, now, secret)


def stepped(
    order: Order, to: OrderState, day: date, by: str, now: datetime, note: str | None = None
) -> Order:
    last = order.trail[-1]
    # Clocks differ, and one may be read before the order is: no step is older than the one before.
    step = Step(state=to, at=max(now, last.at), on=max(day, last.on), by=by, note=note)
    return replace(order, state=to, trail=(*order.trail, step))


def check_price_stands(program: Program, order: Order, now: datetime) -> None:
    if order.valid_until is not None and program.today(now) > order.valid_until:
        raise Refused(
            Reason.QUOTE_EXPIRED,
            f"The price stood until {order.valid_until.isoformat()}.",
            valid_until=order.valid_until.isoformat(),
        )


def check_countries(program: Program, billing: Billing, day: date) -> None:
    """Sold in the country that is billed, and bought for the one that is shipped to (SF-05, CI-19).

    Each must be on the list of that day.
    """
    purchase = program.purchase
    asked = (
        (purchase.sell_countries, billing.country),
        (purchase.countries, billing.shipped_to),
    )
    for lists, country in asked:
        if not allowed(lists, country, day):
            raise Refused(
                Reason.COUNTRY_NOT_SALEABLE,
                f"Credits of this program are not sold to {country}.",
                country=country,
            )


def change(program: Program, was: Order, order: Order, *writes: c.Write) -> c.Change:
    moved = c.MoveOrder(order=order, was=was)
    return c.Change(program=program.id, account_id=order.account_id, writes=(moved, *writes))


def due(program: Program, order: Order) -> Order:
    """With the day by which the vendor should be done; none where nobody waits for the vendor.

    An order that is finished has none, nor has one that waits for its buyer's card.
    """
    if not order.open or order.channel == CARD:
        return replace(order, due_on=None)
    window = usable_window(program, order)
    quoted = order.valid_until if order.state is OrderState.QUOTED else None
    return replace(order, due_on=window[1] if window else quoted or order.trail[-1].on)


def usable_window(program: Program, order: Order) -> tuple[date, date] | None:
    """Between which days the credits are to be expected, once that is known (CI-11)."""
    channel = program.purchase.channels.get(order.channel)
    usable = channel.usable if channel else None
    step = order.step(usable.after) if usable else None
    if usable is None or step is None:
        return None
    return usable.window(step.on, program.purchase.holidays)


def late(program: Program, order: Order, now: datetime) -> bool:
    """Whether its credits should have been usable before today (CI-11)."""
    window = usable_window(program, order)
    return order.open and window is not None and program.today(now) > window[1]
