"""What an order becomes: a lot with its own end, its entry, and its first code."""

from datetime import date, datetime

from training_credits.domain import change as c
from training_credits.domain import codes
from training_credits.domain.decisions.filing import begun
from training_credits.domain.decisions.notices import watched
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Balance,
    Code,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Order,
    OrderState,
    State,
)
from training_credits.domain.program import Anchor, Program


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
    return order, (c.GrantLot(lot=lot), c.Record(entry=entry), begun(program, now), *coded)


def grant(program: Program, order: Order, now: datetime) -> Lot:
    """The lot of an order; its end is worked out once, here, and stored."""
    dates = anchors(program, order, now)
    expires_on = program.expiry.on(dates)
    lot = Lot(
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
        country=order.billing.shipped_to,
        anchors={anchor.value: dates[anchor] for anchor in program.expiry.anchors},
    )
    return watched(program, lot)


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
