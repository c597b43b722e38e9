"""An order begins: a customer asks or buys, or the vendor enters what was sold."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import purchase as decisions
from training_credits.domain.decisions.rights import check_may, still
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Account,
    Billing,
    Caller,
    Lot,
    Order,
    OrderState,
    Permission,
    Person,
    Sale,
)
from training_credits.domain.pricing import Price, price, quoted
from training_credits.domain.program import Product, Program
from training_credits.ports import Clock, Ledger, Page, Replayed
from training_credits.programs import program_named
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import Intent, carry_out

NO_SALE = Sale()


@dataclass(frozen=True, kw_only=True, slots=True)
class Basket:
    """What somebody wants to buy. The vendor alone says `total_minor`, `sale` and `buyer`."""

    credits: int
    channel: str
    billing: Billing
    product_id: str | None = None
    promo: str | None = None
    sale: Sale = NO_SALE
    booked_on: date | None = None
    total_minor: int | None = None
    buyer: str | None = None


def purchase(
    ledger: Ledger, clock: Clock, intent: Intent, *, account_id: str, basket: Basket
) -> str:
    """A customer's order: paid by card next, or asked for and answered with a quote.

    One read says who asks, what was negotiated, and whether this was done before.
    """
    return _begin(ledger, clock, intent, account_id, basket, Permission.BUY)


def enter(ledger: Ledger, clock: Clock, intent: Intent, *, account_id: str, basket: Basket) -> str:
    """An order the vendor has sold, for a named contact (SF-10, CI-05)."""
    return _begin(ledger, clock, intent, account_id, basket, Permission.SELL)


def _begin(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    account_id: str,
    basket: Basket,
    permission: Permission,
) -> str:
    caller = intent.caller
    order_id = derived("order", caller.program, account_id, caller.person.subject, intent.key)

    def decide(now: datetime) -> tuple[tuple[Order, None], Change]:
        program = program_named(caller.program, now)
        standing = ledger.standing(caller.program, account_id, caller.person.email, intent.identity)
        account = check_may(program, standing.account, standing.member, caller, permission)
        if standing.submission is not None:
            raise Replayed(standing.submission)
        buying = permission is Permission.BUY
        channel = decisions.channel_of(program, account, basket.channel, by_customer=buying)
        begins = channel.steps[0] if buying else decisions.entered_at(channel)
        decisions.check_reseller(channel, basket.sale)
        day = decisions.check_entry_day(program, basket.booked_on, now)
        buyer = _buyer(ledger, program, account_id, caller, basket.buyer)
        wanted = _wanted(program, account, basket, decisions.judged_on(program, day, now), buyer)
        order, change = decisions.place(
            program,
            account,
            order_id,
            wanted,
            by=caller.person.email,
            begins=begins,
            on=day,
            now=now,
        )
        guarded = (*change.writes, *still(program, caller, permission))
        return (order, None), replace(change, writes=guarded)

    return carry_out(ledger, clock, intent, decide)


def _buyer(
    ledger: Ledger, program: Program, account_id: str, caller: Caller, named: str | None
) -> Person:
    """Whoever asks; of what the vendor enters, whom of the customer's it names, with one read."""
    if named is None:
        return caller.person
    return decisions.purchaser(program, ledger.standing(program.id, account_id, named).member)


def _wanted(
    program: Program, account: Account, basket: Basket, day: date, buyer: Person
) -> decisions.Wanted:
    product = program.product(basket.product_id)
    return decisions.Wanted(
        product=product,
        credits=basket.credits,
        price=_price(program, product, account, basket, day),
        channel=basket.channel,
        buyer=buyer,
        billing=basket.billing,
        sale=basket.sale,
    )


def _price(
    program: Program, product: Product, account: Account, basket: Basket, day: date
) -> Price:
    listed = price(
        program,
        product,
        basket.credits,
        day,
        promo=basket.promo,
        agreement=account.agreement,
    )
    return listed if basket.total_minor is None else quoted(listed, basket.total_minor)


def read_order(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, order_id: str
) -> tuple[Order, Lot | None]:
    """An order, and the lot it became if it has come so far."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    order = ledger.order(caller.program, account_id, order_id)
    if order is None:
        raise order_not_found()
    bought = order.step(OrderState.ACTIVATED) is not None
    return order, ledger.lot(caller.program, account_id, order.lot_id) if bought else None


def list_orders(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> Page[Order]:
    """The orders of an account, oldest first."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    return ledger.orders(caller.program, account_id, cursor, limit)


def order_not_found() -> NotFound:
    """Of this account; another account's orders are not looked for."""
    return NotFound(Reason.ORDER_NOT_FOUND, "There is no such order on this account.")
