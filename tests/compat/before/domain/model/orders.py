"""Orders: from a wish to buy to a lot, step by step, each step with its date and its author."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tests.compat.before.domain.model.people import Person


class OrderState(StrEnum):
    """How far an order has come. A program's channel names the steps it has, in this order."""

    REQUESTED = "requested"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    APPROVED = "approved"
    INVOICED = "invoiced"
    PAID = "paid"
    ACTIVATED = "activated"
    CANCELLED = "cancelled"


FINISHED = frozenset({OrderState.ACTIVATED, OrderState.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """An order came into a state: recorded `at` an instant, dated `on` a day of the program.

    `total_minor` is the price, of a quote.
    """

    state: OrderState
    at: datetime
    on: date
    by: str
    note: str | None = None
    total_minor: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Billing:
    """Whom the invoice names, which may be a reseller (CI-05, AT-46). Countries are ISO 3166.

    `ship_to` is the end customer's country where it is another one.
    """

    company: str
    country: str
    tax_id: str | None = None
    address: str | None = None
    ship_to: str | None = None

    @property
    def shipped_to(self) -> str:
        """Where the credits are used (SF-06)."""
        return self.ship_to or self.country


@dataclass(frozen=True, kw_only=True, slots=True)
class Sale:
    """What the vendor's sales system says of an order (CI-03, CI-05, SF-10).

    `line` is the credit line of a larger order; `start_on` the order's start date.
    """

    contact: str | None = None
    sku: str | None = None
    price_list: str | None = None
    price_list_version: str | None = None
    sales_order: str | None = None
    line: int | None = None
    reseller: str | None = None
    start_on: date | None = None


class DiscountKind(StrEnum):
    """Why an order costs less than its list value; one reason at a time, never two."""

    VOLUME = "volume"
    AGREEMENT = "agreement"
    QUOTE = "quote"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A purchase: list value and discount in minor units, and the trail of its steps.

    `valid_until` is the last day on which a quote can be accepted or an order paid;
    `due_on` is the day on which the vendor looks at it, none where the vendor has nothing to do;
    `payment_id` is the provider's name for the payment, `payment_problem` why a card was refused
    last, and `refused_at` when; `policy` is the version of the program that priced it.
    """

    order_id: str
    account_id: str
    product: str
    credits: int
    list_minor: int
    discount_minor: int
    currency: str
    channel: str
    state: OrderState
    buyer: Person
    billing: Billing
    placed_at: datetime
    trail: tuple[Step, ...]
    policy: str
    discount: DiscountKind | None = None
    sale: Sale = Sale()
    valid_until: date | None = None
    due_on: date | None = None
    payment_id: str | None = None
    payment_problem: str | None = None
    refused_at: datetime | None = None

    @property
    def total_minor(self) -> int:
        """What is to be paid: list value less the discount."""
        return self.list_minor - self.discount_minor

    @property
    def lot_id(self) -> str:
        """One order is one lot (SF-04), under the same id."""
        return self.order_id

    @property
    def open(self) -> bool:
        """Whether it has a way on."""
        return self.state not in FINISHED

    def step(self, state: OrderState) -> Step | None:
        """When it came into a state, if it did."""
        return next((step for step in self.trail if step.state is state), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What was negotiated with one account: percent off what it buys, and its success plan.

    `spending_percent` is off the list price of what is booked (CI-30), `reference` the agreement's
    name in the vendor's books. In force from `starts_on` to `ends_on`, both included, once
    `approved_by` is there: above the program's limit that is a second operator, and it waits for
    one.
    """

    percent: int
    starts_on: date
    ends_on: date
    made_by: str
    approved_by: str | None = None
    success_plan: str | None = None
    spending_percent: int = 0
    reference: str | None = None

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        return not self.waits and self.starts_on <= day <= self.ends_on

    def percent_on(self, day: date) -> int:
        """The discount on what is bought on a day."""
        return self.percent if self.in_force(day) else 0

    @property
    def waits(self) -> bool:
        """Whether a second operator has yet to say the same."""
        return self.approved_by is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A card the provider keeps for an account: names only, never its number (AT-10).

    `kept_by` is the address of whose card it is: it is charged while they belong to the account.
    """

    customer_id: str
    method_id: str
    kept_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanItem:
    """One wish of a training plan: what, in which month, for so many credits (CI-10)."""

    title: str
    month: str
    credits: int
    person: str | None = None
