"""One version of one vendor's rules."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from training_credits.domain.calendar import end_of, instant_of, local_date
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import Permission, Role
from training_credits.domain.program.belonging import Members, Onboarding, Terms
from training_credits.domain.program.cases import Cases
from training_credits.domain.program.checks import check
from training_credits.domain.program.ending import Expiry
from training_credits.domain.program.mailing import Mailing
from training_credits.domain.program.offerings import Spending
from training_credits.domain.program.reminders import Reminders
from training_credits.domain.program.selling import Product, Purchase
from training_credits.domain.program.spending import Approvals, Codes, Redeeming


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """One vendor's rules, as of `effective_from`; what they decide keeps that date (CI-26).

    `roles` says which role may what; `rules` names the rule of the vendor's own text behind a
    refusal, by the refusal's code; `help` says where to turn, by topic; `operations` is where
    the vendor's staff hear of orders that wait for them.
    """

    id: str
    name: str
    effective_from: date
    time_zone: str
    onboarding: Onboarding
    products: tuple[Product, ...]
    purchase: Purchase
    expiry: Expiry
    codes: Codes
    approvals: Approvals
    members: Members
    terms: Terms
    roles: dict[Role, frozenset[Permission]]
    operations: str
    redeeming: Redeeming
    spending: Spending = field(default_factory=Spending)
    reminders: Reminders = field(default_factory=Reminders)
    cases: Cases = field(default_factory=Cases)
    mails: Mailing = field(default_factory=Mailing)
    help: dict[str, str] = field(default_factory=dict)
    reviewed_on: date | None = None
    next_review_on: date | None = None
    rules: dict[Reason, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self.id.isalnum() and self.id.isascii(), "id is made of letters and digits")
        check(bool(self.products), "a program has a product")
        check(Role.OWNER in self.roles, "a program says what an owner may do")
        sold = {product.id for product in self.products}
        check(all(row.product in sold for row in self.spending.eligible), "eligible names products")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"not so: {self.time_zone} is a time zone") from None

    @property
    def version(self) -> str:
        """What is kept with a decision, so that anybody can check it by its own rules."""
        return self.effective_from.isoformat()

    def product(self, product_id: str | None) -> Product:
        """A product by its id; where there is only one, it need not be named."""
        if product_id is None and len(self.products) == 1:
            return self.products[0]
        for product in self.products:
            if product.id == product_id:
                return product
        raise NotFound(
            Reason.PRODUCT_UNKNOWN,
            "The program has no such product.",
            offered=[product.id for product in self.products],
        )

    def may(self, roles: frozenset[Role], permission: Permission) -> bool:
        """Whether one of these roles has the permission."""
        return any(permission in self.roles.get(role, ()) for role in roles)

    def who_may(self, permission: Permission) -> tuple[Role, ...]:
        """The roles that have it."""
        return tuple(role for role, granted in self.roles.items() if permission in granted)

    def review_overdue(self, now: datetime) -> bool:
        """Whether the text should have been looked at again by now (SF-34)."""
        return self.next_review_on is not None and self.today(now) > self.next_review_on

    def today(self, now: datetime) -> date:
        """The program's calendar date."""
        return local_date(now, self.time_zone)

    def expires_at(self, expires_on: date) -> datetime:
        """The first instant at which credits that end on this date are dead, in UTC."""
        if self.expiry.at is None:
            return end_of(expires_on, self.time_zone)
        return instant_of(expires_on, self.expiry.at, self.time_zone)

    def last_day(self, expires_on: date) -> date:
        """The last whole day on which something can still be done with credits that end then."""
        return expires_on if self.expiry.at is None else expires_on - timedelta(days=1)

    def days_left(self, expires_on: date, now: datetime) -> int:
        """Whole calendar days until the expiry date, never negative (CI-29)."""
        return max((expires_on - self.today(now)).days, 0)
