"""From a wish to buy to a lot with its own end: where an order begins, and how it goes on."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain import codes
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Account,
    Balance,
    Billing,
    Code,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Order,
    OrderState,
    Person,
    Sale,
    State,
    Step,
)
from training_credits.domain.pricing import Price
from training_credits.domain.program import Anchor, Channel, Product, Program, allowed

CARD = "card"


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


def check_country(program: Program, country: str, day: date) -> None:
    """Credits are sold, and bought, only in the countries on the lists of that day."""
    lists = (program.purchase.sell_countries, program.purchase.countries)
    if not all(allowed(each, country, day) for each in lists):
        raise Refused(
            Reason.COUNTRY_NOT_SALEABLE,
            f"Credits of this program are not sold to {country}.",
            country=country,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an order is for: so many credits of a product, at a price, billed to somebody."""

    product: Product
    credits: int
    price: Price
    channel: str
    billing: Billing
    sale: Sale


def place(
    program: Program,
    account: Account,
    order_id: str,
    wanted: Wanted,
    *,
    buyer: Person,
    begins: OrderState,
    on: date,
    now: datetime,
) -> tuple[Order, c.Change]:
    """An order in the first of its steps: asked for by a customer, or entered by the vendor.

    No course, learner or date is asked for (SF-03, CI-10).
    """
    check_country(program, wanted.billing.country, judged_on(program, on, now))
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
        buyer=buyer,
        billing=wanted.billing,
        sale=wanted.sale,
        placed_at=now,
        trail=(Step(state=begins, at=now, on=on, by=buyer.email),),
        policy=program.version,
        valid_until=waits if begins is OrderState.ACCEPTED else None,
    )
    order = due(program, order)
    writes = (c.PlaceOrder(order=order), *number_taken(program, order, None))
    return order, c.Change(program=program.id, account_id=account.account_id, writes=writes)


def number_taken(program: Program, order: Order, was: Order | None) -> tuple[c.Write, ...]:
    """A sales order number is one order's in the whole program, and must be there if it pays."""
    number = order.sale.sales_order
    if number is None:
        if program.redeeming.sales_orders and order.step(OrderState.BOOKED):
            raise Refused(Reason.SALES_ORDER_REQUIRED, "Name the sales order number.")
        return ()
    if was is not None and was.sale.sales_order is not None:
        return ()
    return (c.TakeSalesOrder(number=number, order_id=order.order_id),)


def number_in_use() -> Conflict:
    """Which order has it is not said."""
    return Conflict(Reason.SALES_ORDER_TAKEN, "Another order has this sales order number.")


def due(program: Program, order: Order) -> Order:
    """With the day by which the vendor should be done; none for an order that is finished."""
    if not order.open:
        return replace(order, due_on=None)
    window = usable_window(program, order)
    last = order.trail[-1].on
    return replace(order, due_on=window[1] if window else order.valid_until or last)


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


def activated(
    program: Program, order: Order, now: datetime, secret: str
) -> tuple[Order, tuple[c.Write, ...]]:
    """The lot of an order at its end, the entry, and the first code (SF-04, SF-11)."""
    lot = grant(program, order, now)
    if not lot.alive(now):
        raise Refused(
            Reason.CREDITS_EXPIRED,
            f"These credits would have ended on {lot.expires_on.isoformat()}.",
            expired_on=lot.expires_on.isoformat(),
        )
    entry = Entry(
        entry_id=f"purchase-{lot.lot_id}",
        account_id=order.account_id,
        kind=EntryKind.PURCHASE,
        at=now,
        movements=(issued(lot.lot_id, order.credits),),
        reference=order.order_id,
        title=f"Purchase of {order.credits} credits",
        actor=order.trail[-1].by,
    )
    code = _first_code(program, order, now, secret) if program.codes.mailed else None
    coded = (c.IssueCode(code=code, made=None),) if code else ()
    return order, (c.GrantLot(lot=lot), c.Record(entry=entry), *coded)


def grant(program: Program, order: Order, now: datetime) -> Lot:
    """The lot of an order; its end is worked out once, here, and stored."""
    expires_on = program.expiry.on(anchors(program, order, now))
    return Lot(
        lot_id=order.lot_id,
        order_id=order.order_id,
        product=order.product,
        credits=order.credits,
        face_minor=order.list_minor,
        paid_minor=order.total_minor,
        currency=order.currency,
        granted_at=now,
        expires_on=expires_on,
        expires_at=program.expires_at(expires_on),
        balance=Balance().moved(issued(order.lot_id, order.credits)),
        policy=program.version,
        sales_order=order.sale.sales_order,
    )


def anchors(program: Program, order: Order, now: datetime) -> dict[Anchor, date]:
    """The dates from which the end of its credits may be counted, as far as the order has them."""
    today = program.today(now)
    placed = order.trail[0].on
    steps = {
        Anchor.PURCHASE: order.step(OrderState.PAID),
        Anchor.INVOICE: order.step(OrderState.INVOICED),
        Anchor.ISSUE: order.step(OrderState.ACTIVATED),
    }
    found = {anchor: step.on if step else today for anchor, step in steps.items()}
    booked = order.step(OrderState.BOOKED)
    found[Anchor.ORDER_START] = order.sale.start_on or (booked.on if booked else placed)
    return found


def issued(lot_id: str, credits: int) -> Movement:
    """The movement that makes credits."""
    return Movement(lot_id=lot_id, source=State.ISSUED, target=State.AVAILABLE, credits=credits)


def first_code(secret: str, program: str, order_id: str) -> str:
    """The code that comes with an order; derived, so that a mail can hold what is not kept."""
    return codes.derive(secret, program, order_id, "first")


def _first_code(program: Program, order: Order, now: datetime, secret: str) -> Code:
    text = first_code(secret, program.id, order.order_id)
    digest = codes.digest(secret, program.id, text)
    return Code(
        code_id=derived("code", digest),
        account_id=order.account_id,
        digest=digest,
        hint=text[-codes.HINT_LENGTH :],
        made_by=order.trail[-1].by,
        made_at=now,
        lot_id=order.lot_id,
    )
