"""What every step of an order has in common."""

from dataclasses import replace
from datetime import date, datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.purchase import activated
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Order, OrderState, Step
from training_credits.domain.program import Program


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


def change(program: Program, was: Order, order: Order, *writes: c.Write) -> c.Change:
    moved = c.MoveOrder(order=order, was=was)
    return c.Change(program=program.id, account_id=order.account_id, writes=(moved, *writes))
