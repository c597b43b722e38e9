"""From a paid order to a lot with its own end."""

from datetime import date, datetime

from training_credits.domain import change as c
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Balance,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Order,
    OrderState,
    Person,
    State,
)
from training_credits.domain.pricing import Price
from training_credits.domain.program import Anchor, Program

CARD = "card"


def check_channel(program: Program, channel: str) -> None:
    """Each program says how it sells (AT-05, SF-10, CI-05)."""
    if channel not in program.purchase.channels:
        raise Refused(
            Reason.CHANNEL_NOT_OFFERED,
            f"This program does not sell by {channel}.",
            offered=list(program.purchase.channels),
        )


def buy(
    program: Program,
    *,
    account_id: str,
    order_id: str,
    credits: int,
    price: Price,
    buyer: Person,
    payment_id: str,
    now: datetime,
) -> tuple[Order, Lot, c.Change]:
    """Book a paid order: one order, one lot, one entry (SF-04, AT-09, AT-10)."""
    order = Order(
        order_id=order_id,
        account_id=account_id,
        product=program.products[0].id,
        credits=credits,
        list_minor=price.list_minor,
        discount_minor=price.discount_minor,
        currency=price.currency,
        channel=CARD,
        state=OrderState.ACTIVATED,
        buyer=buyer,
        placed_at=now,
        payment_id=payment_id,
        lot_id=order_id,
    )
    lot = grant(program, order, {Anchor.PURCHASE: program.today(now)}, now)
    entry = Entry(
        entry_id=f"purchase-{lot.lot_id}",
        account_id=account_id,
        kind=EntryKind.PURCHASE,
        at=now,
        movements=(_issue(lot.lot_id, credits),),
        reference=order_id,
        title=f"Purchase of {credits} credits",
        actor=buyer.email,
    )
    writes = (c.PlaceOrder(order=order), c.GrantLot(lot=lot), c.Record(entry=entry))
    return order, lot, c.Change(program=program.id, account_id=account_id, writes=writes)


def grant(program: Program, order: Order, dates: dict[Anchor, date], now: datetime) -> Lot:
    """The lot of an order; its end is worked out once, here, and stored."""
    expires_on = program.expiry.on(dates)
    return Lot(
        lot_id=order.lot_id,
        order_id=order.order_id,
        product=order.product,
        credits=order.credits,
        paid_minor=order.paid_minor,
        currency=order.currency,
        granted_at=now,
        expires_on=expires_on,
        expires_at=program.expires_at(expires_on),
        balance=Balance().moved(_issue(order.lot_id, order.credits)),
    )


def _issue(lot_id: str, credits: int) -> Movement:
    return Movement(lot_id=lot_id, source=State.ISSUED, target=State.AVAILABLE, credits=credits)
