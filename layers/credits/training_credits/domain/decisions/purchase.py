"""Where an order begins: who may buy what, where, by which way and on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions.sales_orders import number_taken
from training_credits.domain.decisions.steps import check_countries, due
from training_credits.domain.errors import NotFound, Reason, Refused
from training_credits.domain.model import (
    Account,
    Billing,
    Member,
    Order,
    OrderState,
    Permission,
    Person,
    Role,
    Sale,
    Step,
)
from training_credits.domain.pricing import Price
from training_credits.domain.program import CARD, Channel, Product, Program


def channel_of(program: Program, account: Account, name: str, *, by_customer: bool) -> Channel:
    """Each program says how it sells, and who may begin such an order (AT-05, SF-10, CI-05).

    Where the vendor must, the refusal names whom to ask (SF-35). A card is its holder's to use:
    the vendor enters no order for one.
    """
    offered = {
        known: how
        for known, how in program.purchase.channels.items()
        if (how.by_customer if by_customer else known != CARD)
    }
    if name not in offered:
        raise Refused(
            Reason.CHANNEL_NOT_OFFERED,
            f"This program does not sell by {name}.",
            offered=list(offered),
            ask={contact.role.value: contact.name for contact in account.contacts},
        )
    return offered[name]


def entered_at(channel: Channel) -> OrderState:
    """Where the vendor's own entry begins: what was sold is booked; no one asked for it before."""
    booked = OrderState.BOOKED
    return booked if booked in channel.steps else channel.steps[0]


def check_entry_day(program: Program, day: date | None, now: datetime) -> date:
    """The day on which an order began: today, or a day before."""
    today = program.today(now)
    if day is not None and day > today:
        raise Refused(
            Reason.DATE_NOT_POSSIBLE, "An order begins today or earlier.", latest=today.isoformat()
        )
    return day or today


def judged_on(program: Program, day: date, now: datetime) -> date:
    """The day whose prices and lists count: that of the order, if it is no older than a quote.

    Else one operator could choose, by dating an order back, what had ended long ago.
    """
    return max(day, program.today(now) - timedelta(days=program.purchase.quote_days))


def check_reseller(channel: Channel, sale: Sale) -> None:
    """Whoever sells for the vendor is named, and only there (CI-05)."""
    if channel.reseller is not (sale.reseller is not None):
        raise Refused(
            Reason.RESELLER_MISMATCH,
            "Name the reseller." if channel.reseller else "No reseller sells through this channel.",
        )


def purchaser(program: Program, member: Member | None) -> Person:
    """Somebody of the customer's who may buy, or an owner who has yet to sign in (SF-11)."""
    if member is None or not _buys(program, member):
        raise NotFound(Reason.MEMBER_NOT_FOUND, "Nobody of the account may buy with this address.")
    # No token has named them: of an order's buyer nobody reads more than the address and the name.
    return Person(subject=member.email, email=member.email, name=member.email)


def _buys(program: Program, member: Member) -> bool:
    if not member.active:
        return member.role is Role.OWNER
    return program.may(frozenset({member.role}), Permission.BUY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an order is for: so many credits of a product, at a price, for and billed to whom."""

    product: Product
    credits: int
    price: Price
    channel: str
    buyer: Person
    billing: Billing
    sale: Sale


def place(
    program: Program,
    account: Account,
    order_id: str,
    wanted: Wanted,
    *,
    by: str,
    begins: OrderState,
    on: date,
    now: datetime,
) -> tuple[Order, c.Change]:
    """An order in the first of its steps: asked for by a customer, or entered by the vendor.

    No course, learner or date is asked for (SF-03, CI-10).
    """
    check_countries(program, wanted.billing, judged_on(program, on, now))
    price = wanted.price
    waits = on + timedelta(days=program.purchase.quote_days)
    order = Order(
        order_id=order_id,
        account_id=account.account_id,
        product=wanted.product.id,
        credits=wanted.credits,
        list_minor=price.list_minor,
        discount_minor=price.discount_minor,
        discount=price.discount,
        currency=price.currency,
        channel=wanted.channel,
        state=begins,
        buyer=wanted.buyer,
        billing=wanted.billing,
        sale=wanted.sale,
        placed_at=now,
        trail=(Step(state=begins, at=now, on=on, by=by),),
        policy=program.version,
        valid_until=waits if begins is OrderState.ACCEPTED else None,
    )
    order = due(program, order)
    writes = (c.PlaceOrder(order=order), *number_taken(program, order, None))
    return order, c.Change(program=program.id, account_id=account.account_id, writes=writes)
