"""An order goes on: each step by whom the program lets, on its day, and only once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions import budgets
from training_credits.domain.decisions.rights import not_permitted
from training_credits.domain.decisions.sales_orders import completed, number_freed, number_taken
from training_credits.domain.decisions.second import (
    check_another_voids,
    check_two_quoted,
    made_alone,
)
from training_credits.domain.decisions.steps import (
    change,
    check_countries,
    check_price_stands,
    due,
    finished,
    stepped,
)
from training_credits.domain.errors import Conflict, Forbidden, Problem, Reason, Refused
from training_credits.domain.model import (
    Book,
    Caller,
    Entry,
    EntryKind,
    Movement,
    Order,
    OrderState,
    Permission,
    Role,
    Sale,
    State,
)
from training_credits.domain.pricing import Price, quoted
from training_credits.domain.program import CARD, Program

WITHDRAWABLE = frozenset({OrderState.REQUESTED, OrderState.QUOTED, OrderState.ACCEPTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
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
    said: NextStep,
    now: datetime,
    secret: str,
) -> tuple[Order, c.Change]:
    """One step on, or the end of it; with the money come the credits, at once (AT-05)."""
    if said.to is OrderState.CANCELLED:
        return _withdraw(program, order, caller, roles, said, now)
    _check_next(program, order, said.to)
    buying = said.to is OrderState.ACCEPTED
    permission = Permission.BUY if buying else Permission.SELL
    if not program.may(roles, permission):
        raise not_permitted(program, permission)
    if said.sale is not None and not program.may(roles, Permission.SELL):
        raise not_permitted(program, Permission.SELL)
    if buying:
        check_price_stands(program, order, now)
        check_two_quoted(program, order)
    day = _dated(program, order, said, now)
    if said.to is OrderState.BOOKED:
        check_countries(program, order.billing, day)
    after = _said(program, order, said, day)
    after = stepped(after, said.to, day, caller.person.email, now, said.note)
    after = _priced(after) if said.to is OrderState.QUOTED else after
    writes: tuple[c.Write, ...] = number_taken(program, after, order)
    if said.to in (OrderState.PAID, OrderState.ACTIVATED):
        writes += made_alone(program, order, caller, now)
        after, granted = finished(program, after, day, caller.person.email, now, secret)
        writes += granted
    after = due(program, after)
    return after, change(program, order, after, *writes)


def _check_next(program: Program, order: Order, to: OrderState) -> None:
    """The step that follows; or, while nobody has accepted it, another quote."""
    channel = program.purchase.channels.get(order.channel)
    following = channel.next(order.state) if channel and order.open else None
    again = order.state is to is OrderState.QUOTED
    if order.channel == CARD or not (again or following is to):
        raise _not_next(order, following)


def _priced(order: Order) -> Order:
    """The trail says what each quote was."""
    *before, last = order.trail
    return replace(order, trail=(*before, replace(last, total_minor=order.total_minor)))


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
    program: Program, order: Order, book: Book, caller: Caller, reason: str, now: datetime
) -> tuple[Order, c.Change]:
    """An order entered in error is taken back with its credits, all of them unused (SF-14).

    The codes of its lot end with it. Nobody enters a card order in error: its buyer paid, and the
    money would stay where it is.
    """
    lot = next(lot for lot in (*book.lots, *book.past) if lot.lot_id == order.lot_id)
    if order.channel == CARD:
        raise _not_refundable(order)
    check_another_voids(program, order, caller)
    if lot.closed or not lot.alive(now) or lot.balance.available != lot.credits:
        raise Refused(
            Reason.CREDITS_IN_USE,
            "Credits of this order were used, held or have expired.",
            available=lot.seen_at(now).balance.available,
            credits=lot.credits,
        )
    day = program.today(now)
    after = stepped(order, OrderState.CANCELLED, day, caller.person.email, now, reason)
    after = due(program, after)
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
    ended = (
        c.EndCode(code=code, at=now)
        for code in book.codes
        if code.lot_id == lot.lot_id and code.works(now)
    )
    taken = (
        c.VoidLot(lot=lot, at=now),
        budgets.without(book, lot),
        c.Record(entry=entry),
        *ended,
        *number_freed(order),
    )
    return after, change(program, order, after, *taken)


def _withdraw(
    program: Program,
    order: Order,
    caller: Caller,
    roles: frozenset[Role],
    said: NextStep,
    now: datetime,
) -> tuple[Order, c.Change]:
    """Before there are credits; after that it is `void`."""
    check_withdrawal(program, order, roles, said.note)
    day = program.today(now)
    after = stepped(order, OrderState.CANCELLED, day, caller.person.email, now, said.note)
    after = due(program, after)
    return after, change(program, order, after, *number_freed(order))


def _said(program: Program, order: Order, said: NextStep, day: date) -> Order:
    """With what the step brings: a price, and what the sales system says."""
    if said.sale is not None:
        order = replace(order, sale=completed(order.sale, said.sale))
    if said.to is not OrderState.QUOTED:
        if said.total_minor is not None:
            raise Refused(Reason.PRICE_NOT_POSSIBLE, "Only a quote names a price.")
        return order
    listed = Price(
        list_minor=order.list_minor,
        discount_minor=order.discount_minor,
        currency=order.currency,
        discount=order.discount,
    )
    agreed = listed if said.total_minor is None else quoted(listed, said.total_minor)
    return replace(
        order,
        discount_minor=agreed.discount_minor,
        discount=agreed.discount,
        valid_until=day + timedelta(days=program.purchase.quote_days),
    )


def _dated(program: Program, order: Order, said: NextStep, now: datetime) -> date:
    """The day of a step: today, or a day since the step before."""
    today, before = program.today(now), order.trail[-1].on
    day = said.on or today
    if not before <= day <= today:
        raise Refused(
            Reason.DATE_NOT_POSSIBLE,
            "A step is dated between the step before it and today.",
            earliest=before.isoformat(),
            latest=today.isoformat(),
        )
    return day


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
