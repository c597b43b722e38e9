"""Orders go on: quoted, accepted, booked, paid, activated, or taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from training_credits.domain.change import Change, GrantLot
from training_credits.domain.decisions import orders as decisions
from training_credits.domain.decisions.rights import account_not_found, staff_roles, still
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import (
    Caller,
    Lot,
    Order,
    OrderState,
    Permission,
    Role,
    Standing,
    roles_of,
)
from training_credits.domain.program import CARD, Program
from training_credits.ports import Clock, Depth, Ledger, Page, Payments
from training_credits.programs import program_named
from training_credits.use_cases.purchase import order_not_found
from training_credits.use_cases.submit import Intent, carry_out

Bought = tuple[Order, Lot | None]


def move(
    ledger: Ledger,
    clock: Clock,
    payments: Callable[[], Payments],
    intent: Intent,
    *,
    account_id: str,
    order_id: str,
    said: decisions.NextStep,
    secret: str,
) -> str:
    """Take an order one step on, or back it out.

    A payment that is open is closed at the provider first, so that nobody pays what is withdrawn;
    no other step needs the provider, whose library is slow to load.
    """
    caller = intent.caller
    began: list[OrderState] = []

    def decide(now: datetime) -> tuple[Bought, Change]:
        order, change = moved(now)
        lots = [write.lot for write in change.writes if isinstance(write, GrantLot)]
        return (order, lots[0] if lots else None), change

    def moved(now: datetime) -> tuple[Order, Change]:
        program = program_named(caller.program, now)
        standing = ledger.standing(caller.program, account_id, caller.person.email)
        roles = _roles(program, standing, caller)
        order = ledger.order(caller.program, account_id, order_id)
        if order is None:
            raise order_not_found()
        began.append(order.state)
        if said.to is OrderState.CANCELLED:
            _check_same(began)
            decisions.check_withdrawal(program, order, roles, said.note)
            if order.state is OrderState.ACTIVATED:
                return _void(ledger, program, order, caller, said, now)
            if order.channel == CARD and order.payment_id is not None:
                payments().cancel(order.payment_id)
        after, change = decisions.move(program, order, caller, roles, said, now, secret)
        guarded = (*change.writes, *still(program, caller, Permission.BUY))
        return after, replace(change, writes=guarded)

    return carry_out(ledger, clock, intent, decide)


def _check_same(began: Sequence[OrderState]) -> None:
    """Who withdraws an order that is paid for meanwhile has not asked to void its credits."""
    if began[-1] is OrderState.ACTIVATED and began[0] is not OrderState.ACTIVATED:
        raise Conflict(Reason.ORDER_MOVED, "The order was paid meanwhile.", state=began[-1].value)


def _void(
    ledger: Ledger,
    program: Program,
    order: Order,
    caller: Caller,
    said: decisions.NextStep,
    now: datetime,
) -> tuple[Order, Change]:
    book = ledger.book(program.id, order.account_id, Depth.PAST)
    if book is None:
        raise order_not_found()
    return decisions.void(program, order, book, caller, said.note or "", now)


def _roles(program: Program, standing: Standing, caller: Caller) -> frozenset[Role]:
    """Whoever may not even see the account learns nothing of its orders."""
    account = standing.account
    roles = roles_of(account, standing.member, caller) if account else frozenset()
    if not program.may(roles, Permission.READ):
        raise account_not_found()
    return roles


def waiting(
    ledger: Ledger, clock: Clock, caller: Caller, *, cursor: str | None, limit: int
) -> Page[Order]:
    """Every order of the program that waits for somebody, the most urgent first."""
    program = program_named(caller.program, clock())
    if not program.may(staff_roles(caller), Permission.SELL):
        raise Forbidden(Reason.OPERATOR_ONLY, "The vendor's operators see all orders.")
    return ledger.open_orders(caller.program, cursor, limit)
