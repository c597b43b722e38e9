"""Buying credits by card."""

from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import purchase as decisions
from training_credits.domain.decisions.rights import account_not_found, owner_only
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import Caller, Lot, Order
from training_credits.domain.pricing import price
from training_credits.ports import Clock, Ledger, Payments
from training_credits.programs import program_named
from training_credits.use_cases.accounts import check_reader
from training_credits.use_cases.submit import Intent, carry_out


def purchase(
    ledger: Ledger,
    clock: Clock,
    payments: Payments,
    intent: Intent,
    *,
    account_id: str,
    credits: int,
    promo: str | None,
) -> str:
    """Pay, then book order, lot and entry together.

    The order id goes to the provider as the key of the payment: if we die in between, the
    caller's retry finds the payment made and books it. So rights and replays are checked first.
    """
    caller = intent.caller
    person = caller.person
    program = program_named(caller.program)
    standing = ledger.standing(
        caller.program, account_id, person.email, person.subject, intent.operation, intent.key
    )
    if not standing.owner:
        raise owner_only() if caller.operates else account_not_found()
    if standing.submission is not None:
        return intent.answer_of(standing.submission)
    decisions.check_channel(program, decisions.CARD)
    cost = price(program, credits, promo)
    order_id = derived("order", caller.program, account_id, person.subject, intent.key)
    payment = payments.charge(order_id, cost.total_minor, cost.currency)

    def decide(now: datetime) -> tuple[tuple[Order, Lot], Change]:
        order, lot, change = decisions.buy(
            program,
            account_id=account_id,
            order_id=order_id,
            credits=credits,
            price=cost,
            buyer=person,
            payment_id=payment.payment_id,
            now=now,
        )
        return (order, lot), change

    return carry_out(ledger, clock, intent, decide)


def read_order(ledger: Ledger, caller: Caller, account_id: str, order_id: str) -> tuple[Order, Lot]:
    """An order and the lot it became."""
    check_reader(ledger, caller, account_id)
    order = ledger.order(caller.program, account_id, order_id)
    lot = ledger.lot(caller.program, account_id, order.lot_id) if order else None
    if order is None or lot is None:
        raise NotFound(Reason.ORDER_NOT_FOUND, "There is no such order on this account.")
    return order, lot
