"""An order goes on: each step by whom the program lets, on its day, and only once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions.rights import not_permitted
from training_credits.domain.decisions.sales_orders import completed, number_freed, number_taken
from training_credits.domain.decisions.steps import (
    change,
    check_price_stands,
    due,
    finished,
    stepped,
)
from training_credits.domain.errors import Conflict, Forbidden, Problem, Reason, Refused
from training_credits.domain.model import (
    Caller,
    DiscountKind,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Order,
    OrderState,
    Permission,
    Role,
    Sale,
    State,
)
from training_credits.domain.pricing import Price, quoted
from training_credits.domain.program import CARD, PERCENT, Program, Purchase

BY_CUSTOMERS = frozenset({OrderState.REQUESTED, OrderState.ACCEPTED})
WITHDRAWABLE = frozenset({OrderState.REQUESTED, OrderState.QUOTED, OrderState.ACCEPTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is said with a step: where to, dated when, and what the step needs."""

    to: OrderState
    on: date | None = None
    note: str | None = None
    total_minor: int | None = None
    sale: Sale | None = None


def move(
    program: Program,
    order: Order,
    caller: Caller,
    roles: frozenset[Role],
    wish: Wish,
    now: datetime,
    secret: str,
) -> tuple[Order, c.Change]:
    """One step on, or the end of it; with the money come the credits, at once (AT-05)."""
    if wish.to is OrderState.CANCELLED:
        return _withdraw(program, order, caller, roles, wish, now)
    channel = program.purchase.channels.get(order.channel)
    following = channel.next(order.state) if channel and order.open else None
    if following is not wish.to or order.channel == CARD:
        raise _not_next(order, following)
    buying = wish.to is OrderState.ACCEPTED
    permission = Permission.BUY if buying else Permission.SELL
    if not program.may(roles, permission):
        raise not_permitted(program, permission)
    if wish.sale is not None and not program.may(roles, Permission.SELL):
        raise not_permitted(program, Permission.SELL)
    _check_valid(program, order, wish, now)
    day = _dated(program, order, wish, now)
    after = _said(program, order, wish, day)
    after = stepped(after, wish.to, day, caller.person.email, now, wish.note)
    writes: tuple[c.Write, ...] = number_taken(program, after, order)
    if wish.to in (OrderState.PAID, OrderState.ACTIVATED):
        _check_two_made(program, order, caller)
        after, granted = finished(program, after, day, caller.person.email, now, secret)
        writes += granted
    after = due(program, after)
    return after, change(program, order, after, *writes)


def check_withdrawal(
    program: Program, order: Order, roles: frozenset[Role], note: str | None
) -> None:
    """Customers may take back what is not yet bought; what is bought is not refundable (SF-14)."""
    if order.state is OrderState.CANCELLED:
        raise _not_next(order, None)
    if program.may(roles, Permission.SELL):
        if note is None:
            raise Refused(Reason.REASON_REQUIRED, "Say why the order is cancelled.")
    elif not program.may(roles, Permission.BUY):
        raise not_permitted(program, Permission.BUY)
    elif order.state not in WITHDRAWABLE or (
        order.state is OrderState.ACCEPTED and order.channel != CARD
    ):
        raise _not_refundable(order)


def void(
    program: Program, order: Order, lot: Lot, caller: Caller, reason: str, now: datetime
) -> tuple[Order, c.Change]:
    """An order entered in error is taken back with its credits, all of them unused (SF-14).

    Nobody enters a card order in error: its buyer paid, and the money would stay where it is.
    """
    if order.channel == CARD:
        raise _not_refundable(order)
    _check_another_voids(program, order, caller)
    if lot.closed or not lot.alive(now) or lot.balance.available != lot.credits:
        raise Refused(
            Reason.CREDITS_IN_USE,
            "Credits of this order were used, held or have expired.",
            available=lot.seen_at(now).balance.available,
            credits=lot.credits,
        )
    day = program.today(now)
    after = stepped(order, OrderState.CANCELLED, day, caller.person.email, now, reason)
    entry = Entry(
        entry_id=f"void-{lot.lot_id}",
        account_id=order.account_id,
        kind=EntryKind.VOID,
        at=now,
        movements=(
            Movement(
                lot_id=lot.lot_id,
                source=State.AVAILABLE,
                target=State.VOIDED,
                credits=lot.credits,
            ),
        ),
        reference=order.order_id,
        title=f"Order entered in error: {reason}",
        actor=caller.person.email,
    )
    taken = (c.VoidLot(lot=lot, at=now), c.Record(entry=entry), *number_freed(order))
    return after, change(program, order, due(program, after), *taken)


def _withdraw(
    program: Program,
    order: Order,
    caller: Caller,
    roles: frozenset[Role],
    wish: Wish,
    now: datetime,
) -> tuple[Order, c.Change]:
    """Before there are credits; after that it is `void`."""
    check_withdrawal(program, order, roles, wish.note)
    day = program.today(now)
    after = stepped(order, OrderState.CANCELLED, day, caller.person.email, now, wish.note)
    return after, change(program, order, due(program, after), *number_freed(order))


def _said(program: Program, order: Order, wish: Wish, day: date) -> Order:
    """With what the step brings: a price, and what the sales system says."""
    if wish.sale is not None:
        order = replace(order, sale=completed(order.sale, wish.sale))
    if wish.to is not OrderState.QUOTED:
        if wish.total_minor is not None:
            raise Refused(Reason.PRICE_NOT_POSSIBLE, "Only a quote names a price.")
        return order
    listed = Price(
        list_minor=order.list_minor,
        discount_minor=order.discount_minor,
        currency=order.currency,
        discount=order.discount,
    )
    agreed = listed if wish.total_minor is None else quoted(listed, wish.total_minor)
    return replace(
        order,
        discount_minor=agreed.discount_minor,
        discount=agreed.discount,
        valid_until=day + timedelta(days=program.purchase.quote_days),
    )


def _dated(program: Program, order: Order, wish: Wish, now: datetime) -> date:
    """The day of a step: today, or a day since the step before."""
    today, before = program.today(now), order.trail[-1].on
    day = wish.on or today
    if not before <= day <= today:
        raise Refused(
            Reason.DATE_NOT_POSSIBLE,
            "A step is dated between the step before it and today.",
            earliest=before.isoformat(),
            latest=today.isoformat(),
        )
    return day


def _check_valid(program: Program, order: Order, wish: Wish, now: datetime) -> None:
    if wish.to is OrderState.ACCEPTED:
        check_price_stands(program, order, now)


def _check_two_made(program: Program, order: Order, caller: Caller) -> None:
    """Above the program's limits no operator makes credits alone."""
    hands = {step.by for step in order.trail if step.state not in BY_CUSTOMERS}
    if len(hands | {caller.person.email}) == 1 and _needs_second(program.purchase, order):
        raise _second_needed(program, order)


def _check_another_voids(program: Program, order: Order, caller: Caller) -> None:
    """Above the program's limits nobody unmakes what they have made."""
    hands = {step.by for step in order.trail}
    if caller.person.email in hands and _needs_second(program.purchase, order):
        raise _second_needed(program, order)


def _second_needed(program: Program, order: Order) -> Forbidden:
    return Forbidden(
        Reason.SECOND_OPERATOR_NEEDED,
        "An order of this value, or of this discount, needs a second operator.",
        from_minor=program.purchase.second_operator_from_minor,
        percent_max=program.purchase.agreement_percent_max,
        currency=order.currency,
    )


def _needs_second(purchase: Purchase, order: Order) -> bool:
    """Too much money for one operator, or a price quoted too far below the list."""
    quoted = order.discount is DiscountKind.QUOTE
    least = order.list_minor * (PERCENT - purchase.agreement_percent_max)
    deep = quoted and order.total_minor * PERCENT < least
    return deep or order.list_minor >= purchase.second_operator_from_minor


def _not_next(order: Order, following: OrderState | None) -> Problem:
    return Conflict(
        Reason.STEP_NOT_NEXT,
        "This is not the next step of the order.",
        state=order.state.value,
        next=following.value if following else None,
    )


def _not_refundable(order: Order) -> Forbidden:
    return Forbidden(
        Reason.NOT_REFUNDABLE,
        "What was bought can be neither cancelled nor refunded.",
        state=order.state.value,
    )
