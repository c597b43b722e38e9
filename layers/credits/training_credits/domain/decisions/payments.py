"""An order and its card: one payment, heard of once, and then the credits are there."""

from dataclasses import replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.steps import (
    change,
    check_price_stands,
    due,
    finished,
    stepped,
)
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.model import Card, Order, OrderState
from training_credits.domain.program import CARD, Program


def settle(
    program: Program,
    order: Order,
    *,
    payment_id: str,
    amount_minor: int,
    currency: str,
    card: Card | None,
    now: datetime,
    secret: str,
) -> tuple[Order, c.Change]:
    """The card was charged: the order is paid and its credits are usable, at once (AT-09).

    Money that was taken is never left without its credits: also an order that was withdrawn
    meanwhile is activated. A payment of another amount, or a second one, is not ours to guess at.
    """
    if order.step(OrderState.ACTIVATED) is not None:
        raise Conflict(
            Reason.ORDER_MOVED, "The order was activated before.", state=order.state.value
        )
    if (amount_minor, currency) != (order.total_minor, order.currency) or order.channel != CARD:
        raise Refused(Reason.PAYMENT_MISMATCH, "The payment is not what the order asks for.")
    day = program.today(now)
    by = order.buyer.email
    after = replace(order, payment_id=payment_id, payment_problem=None, refused_at=None)
    after = stepped(after, OrderState.PAID, day, by, now)
    after, granted = finished(program, after, day, by, now, secret)
    kept = (c.EditAccount(card=replace(card, kept_by=card.kept_by or by)),) if card else ()
    return after, change(program, order, due(program, after), *granted, *kept)


def failed(
    program: Program, order: Order, problem: str, now: datetime
) -> tuple[Order, c.Change | None]:
    """The card was refused: the order shows why, and can be paid with another."""
    if order.state is not OrderState.ACCEPTED:
        return order, None
    after = replace(order, payment_problem=problem, refused_at=now)
    return after, change(program, order, after)


def check_payable(program: Program, order: Order, now: datetime) -> None:
    """An order that waits for a card, and whose price still stands."""
    if order.channel != CARD or order.state is not OrderState.ACCEPTED:
        raise Conflict(
            Reason.ORDER_MOVED, "The order does not wait for a card.", state=order.state.value
        )
    check_price_stands(program, order, now)


def opened(program: Program, order: Order, payment_id: str) -> tuple[Order, c.Change]:
    """The one payment of the order, before anybody can confirm it."""
    after = replace(order, payment_id=payment_id)
    return after, change(program, order, after)
