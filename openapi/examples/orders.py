"""Three orders: paid by card, asked for and quoted, sold by the vendor."""

from datetime import date

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from openapi.examples.accounts import billing
from training_credits.domain.model import DiscountKind, OrderState
from training_credits.edge import schemas
from training_credits.ports import PaymentState


def _step(state: OrderState, by: str = n.OWNER) -> schemas.StepAnswer:
    at = n.BOUGHT if state in {OrderState.REQUESTED, OrderState.ACCEPTED} else n.PAID
    return schemas.StepAnswer(state=state, at=at, on=at.date(), by=by)


accepted = schemas.OrderAnswer(
    order=n.LOT,
    account=n.ACCOUNT,
    state=OrderState.ACCEPTED,
    product=n.PRODUCT,
    credits=20_000,
    list_minor=2_000_000,
    discount_minor=400_000,
    total_minor=1_600_000,
    currency=n.CURRENCY,
    channel="card",
    placed_at=n.BOUGHT,
    buyer=n.OWNER,
    billing=billing,
    policy=n.POLICY,
    steps=(_step(OrderState.ACCEPTED),),
    late=False,
    discount=DiscountKind.VOLUME,
    next=OrderState.PAID,
    valid_until=date(2026, 4, 1),
    due_on=date(2026, 4, 1),
)
activated = replace(
    accepted,
    state=OrderState.ACTIVATED,
    steps=(*accepted.steps, _step(OrderState.PAID), _step(OrderState.ACTIVATED)),
    next=None,
    due_on=None,
    lot=n.LOT,
    expires_on=n.LAST_DAY,
    expires_at=n.END,
)
quoted = replace(
    accepted,
    order=n.QUOTED,
    state=OrderState.QUOTED,
    credits=5_000,
    list_minor=500_000,
    discount_minor=50_000,
    total_minor=450_000,
    channel="invoice",
    steps=(_step(OrderState.REQUESTED), _step(OrderState.QUOTED, n.OPERATOR)),
    discount=DiscountKind.QUOTE,
    next=OrderState.ACCEPTED,
)
sale = schemas.SaleBody(sku="NW-1000", sales_order="SO-5001", line=3, reseller="Resale Ltd")
entered = schemas.SoldBody(**asdict(sale), buyer=n.SECOND)
sold = replace(
    accepted,
    order=n.SOLD,
    state=OrderState.BOOKED,
    credits=1_000,
    list_minor=100_000,
    discount_minor=0,
    total_minor=100_000,
    channel="reseller",
    buyer=n.SECOND,
    billing=schemas.BillingBody(company="Resale Ltd", country="US"),
    steps=(_step(OrderState.BOOKED, n.OPERATOR),),
    discount=None,
    sale=sale,
    next=OrderState.APPROVED,
    valid_until=None,
    due_on=date(2026, 3, 11),
    usable_from=date(2026, 3, 6),
    usable_by=date(2026, 3, 11),
)
payment = schemas.PaymentAnswer(
    order=n.LOT,
    state=PaymentState.WAITING,
    client_secret="pi_0001_made_up",  # noqa: S106 - it opens nothing
)
