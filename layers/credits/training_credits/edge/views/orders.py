"""Orders: where each stands, and what comes next."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from training_credits.domain import model
from training_credits.domain.decisions.steps import late, usable_window
from training_credits.domain.pricing import cheaper
from training_credits.domain.program import Program
from training_credits.edge import schemas
from training_credits.edge.views.base import encoded
from training_credits.ports import Page, Payment


def order(
    program: Program, value: model.Order, lot: model.Lot | None, now: datetime
) -> schemas.OrderAnswer:
    """An order, the lot it became, and what would be cheaper while it can be changed (AT-43)."""
    channel = program.purchase.channels.get(value.channel)
    window = usable_window(program, value) if value.open else None
    first, last = window or (None, None)
    more, total = _hint(program, value, now) or (None, None)
    said = asdict(value.sale)
    return schemas.OrderAnswer(
        order=value.order_id,
        account=value.account_id,
        state=value.state,
        product=value.product,
        credits=value.credits,
        list_minor=value.list_minor,
        discount_minor=value.discount_minor,
        discount=value.discount,
        total_minor=value.total_minor,
        currency=value.currency,
        channel=value.channel,
        placed_at=value.placed_at,
        buyer=value.buyer.email,
        billing=schemas.BillingBody(**asdict(value.billing)),
        sale=schemas.SaleBody(**said) if any(said.values()) else None,
        policy=value.policy,
        steps=tuple(schemas.StepAnswer(**asdict(step)) for step in value.trail),
        next=channel.next(value.state) if channel and value.open else None,
        valid_until=value.valid_until,
        due_on=value.due_on,
        usable_from=first,
        usable_by=last,
        late=late(program, value, now),
        payment_problem=value.payment_problem,
        lot=value.lot_id if value.step(model.OrderState.ACTIVATED) else None,
        expires_on=lot.expires_on if lot else None,
        expires_at=lot.expires_at if lot else None,
        cheaper_credits=more,
        cheaper_total_minor=total,
    )


def _hint(program: Program, value: model.Order, now: datetime) -> tuple[int, int] | None:
    """Nothing for an order that is finished, or for a product that is no longer sold."""
    sold = {product.id: product for product in program.products}
    product = sold.get(value.product)
    if product is None or value.discount or not value.open:
        return None
    return cheaper(program, product, value.credits, program.today(now))


def orders(program: Program, page: Page[model.Order], now: datetime) -> schemas.OrderList:
    """A page of orders."""
    listed = tuple(order(program, value, None, now) for value in page.items)
    return schemas.OrderList(orders=listed, cursor=page.cursor)


def payment(value: model.Order, paid: Payment) -> schemas.PaymentAnswer:
    """How the buyer goes on."""
    return schemas.PaymentAnswer(
        order=value.order_id, state=paid.state, client_secret=paid.client_secret
    )


def order_of(
    program: Program, now: datetime
) -> Callable[[tuple[model.Order, model.Lot | None]], str]:
    """An order and its lot as text: sent, and kept for a replay."""
    return lambda bought: encoded(order(program, *bought, now))
