"""Orders and payments."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from training_credits.domain.model import DiscountKind, OrderState
from training_credits.edge.schemas.base import (
    Answer,
    Country,
    Credits,
    Day,
    Email,
    Instant,
    Line,
    Minor,
    Name,
    Request,
    Token,
)
from training_credits.ports import PaymentState

MethodId = Annotated[str, Meta(pattern=r"^pm_[A-Za-z0-9_]{1,100}$(?!\n)")]


class BillingBody(Request, frozen=True, kw_only=True, omit_defaults=True):
    """Whom the invoice names. Countries are two letters (ISO 3166).

    `ship_to` is the end customer's, where a reseller or another office is billed.
    """

    company: Name
    country: Country
    ship_to: Country | None = None
    tax_id: Token | None = None
    address: Line | None = None


class SaleBody(Request, frozen=True, kw_only=True, omit_defaults=True):
    """What the vendor's sales system says; `line` is the credit line of a larger order."""

    contact: Name | None = None
    sku: Token | None = None
    price_list: Token | None = None
    price_list_version: Token | None = None
    sales_order: Token | None = None
    line: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    reseller: Name | None = None
    start_on: Day | None = None


class SoldBody(SaleBody, frozen=True, kw_only=True, omit_defaults=True):
    """The same of a new order. `buyer` is who bought it: a member who may, or an invited owner.

    They are told of it and mailed its code; without them, the owners.
    """

    buyer: Email | None = None


class NewOrder(Request, frozen=True, kw_only=True):
    """`channel` is one a customer can begin; by default it is paid by card."""

    credits: Credits
    billing: BillingBody
    product: Token | None = None
    channel: Token = "card"
    promo_code: Token | None = None


class NewSale(Request, frozen=True, kw_only=True):
    """An order the vendor has sold. `total_minor` is a negotiated price, below the list."""

    credits: Credits
    billing: BillingBody
    channel: Token
    sale: SoldBody
    product: Token | None = None
    booked_on: Day | None = None
    total_minor: Minor | None = None


class NewMove(Request, frozen=True, kw_only=True):
    """The next step of an order, dated `on` (today if left out).

    `total_minor` goes with a quote, `sale` with what is booked, and `note` says why an order is
    cancelled.
    """

    to: OrderState
    on: Day | None = None
    note: Line | None = None
    total_minor: Minor | None = None
    sale: SaleBody | None = None


class NewPayment(Request, frozen=True, kw_only=True):
    """How a card order is paid: in the browser with what is answered here, or at once.

    `method` is what the provider's script made in the buyer's browser, `keep` keeps it for the
    account, and `kept` pays with the one that was kept.
    """

    method: MethodId | None = None
    keep: bool = False
    kept: bool = False


class PaymentAnswer(Answer, frozen=True, kw_only=True):
    """With `client_secret` the buyer's browser goes on at the provider.

    The order is activated when the provider has told us, a moment later.
    """

    order: str
    state: PaymentState
    client_secret: str


class Heard(Answer, frozen=True, kw_only=True):
    """What became of a webhook."""

    booked: bool


class StepAnswer(Answer, frozen=True, kw_only=True):
    """When the order came into a state, and who brought it there; `total_minor` of a quote."""

    state: OrderState
    at: Instant
    on: date
    by: str
    note: str | None = None
    total_minor: int | None = None


class OrderAnswer(Answer, frozen=True, kw_only=True):
    """An order and where it stands.

    `next` is its next step; `usable_from` and `usable_by` say when its credits are to be expected,
    and `late` that they should have been there; the price stands until `valid_until`; the vendor
    looks at it by `due_on`; `payment_problem` is why a card was refused last. Once it is activated
    it has a `lot`, and, read alone, the lot's end. `policy` is the version of the program that
    priced it; until it is finished, `cheaper_credits` are more credits that would cost less in all,
    `cheaper_total_minor`.
    """

    order: str
    account: str
    state: OrderState
    product: str
    credits: int
    list_minor: int
    discount_minor: int
    total_minor: int
    currency: str
    channel: str
    placed_at: Instant
    buyer: str
    billing: BillingBody
    policy: str
    steps: tuple[StepAnswer, ...]
    late: bool
    discount: DiscountKind | None = None
    sale: SaleBody | None = None
    next: OrderState | None = None
    valid_until: date | None = None
    due_on: date | None = None
    usable_from: date | None = None
    usable_by: date | None = None
    payment_problem: str | None = None
    lot: str | None = None
    expires_on: date | None = None
    expires_at: Instant | None = None
    cheaper_credits: int | None = None
    cheaper_total_minor: int | None = None


class OrderList(Answer, frozen=True, kw_only=True):
    """A page of orders."""

    orders: tuple[OrderAnswer, ...]
    cursor: str | None = None
