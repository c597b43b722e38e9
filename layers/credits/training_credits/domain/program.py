"""What the numbers in a program file mean.

A program is data (`programs/*.toml`). A new vendor is a new file; a new *kind* of rule is a
new value here, a test, and then a line in a file.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from training_credits.domain.calendar import end_of, instant_of, local_date, plus_months
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, CodeScope

PERCENT = 100


def _check(holds: bool, rule: str) -> None:  # noqa: FBT001 - the condition itself
    """A program file that contradicts itself is refused when it is read."""
    if not holds:
        raise ValueError(f"not so: {rule}")


class Anchor(StrEnum):
    """The event from which a lot's term is counted."""

    PURCHASE = "purchase"
    INVOICE = "invoice"
    ORDER_START = "order_start"
    ISSUE = "issue"


class HoldAt(StrEnum):
    """When a request takes credits out of reach of others."""

    REQUEST = "request"
    NONE = "none"


class Onboarding(StrEnum):
    """Who opens an account: anyone signed in, or the vendor's staff for a first owner."""

    SELF_SERVICE = "self_service"
    VENDOR = "vendor"


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """What one credit is worth at list price, in minor units of `currency`."""

    value_minor: int
    currency: str

    def __post_init__(self) -> None:
        _check(self.value_minor > 0, "unit.value_minor is more than 0")


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A kind of credit; balances of two products never mix."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VolumeDiscount:
    """So many percent off one order whose list value reaches `from_minor`."""

    from_minor: int
    percent: int
    promo_code: str

    def __post_init__(self) -> None:
        _check(0 < self.percent < PERCENT, "purchase.volume_discount.percent is 1 to 99")


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """The ways to buy, and the most that one order may buy."""

    channels: tuple[str, ...]
    credits_max: int
    volume_discount: VolumeDiscount | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Expiry:
    """Term and end of a lot: the earliest anchor, plus months and days.

    `at` is the wall time on the expiry date from which credits are dead; None means that
    the date itself is still usable to its end.
    """

    anchors: tuple[Anchor, ...]
    months: int = 0
    days: int = 0
    at: time | None = None

    def __post_init__(self) -> None:
        _check(bool(self.anchors), "expiry.anchors names an event")
        term = (self.months, self.days)
        _check(min(term) >= 0 < max(term), "expiry has a term in months or days")

    def on(self, dates: dict[Anchor, date]) -> date:
        """The expiry date; the anchors the program names must be there."""
        start = min(dates[anchor] for anchor in self.anchors)
        return plus_months(start, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """What a redemption code opens; one code for each account or lot."""

    scope: CodeScope


@dataclass(frozen=True, kw_only=True, slots=True)
class Approvals:
    """Which modes an account may choose, the one it starts with, and when credits are held."""

    modes: tuple[Approval, ...]
    default: Approval
    hold_at: HoldAt

    def __post_init__(self) -> None:
        _check(self.default in self.modes, "approvals.default is one of approvals.modes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Owners:
    """Whether owning one account bars a person from owning another (AT-23)."""

    one_account_each: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """One vendor's rules, as of `effective_from`.

    `rules` names the rule of the vendor's own text behind a refusal, by the refusal's code.
    """

    id: str
    name: str
    effective_from: date
    time_zone: str
    onboarding: Onboarding
    unit: Unit
    products: tuple[Product, ...]
    purchase: Purchase
    expiry: Expiry
    codes: Codes
    approvals: Approvals
    owners: Owners
    rules: dict[Reason, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self.id.isalnum() and self.id.isascii(), "id is made of letters and digits")
        _check(bool(self.products), "a program has a product")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"not so: {self.time_zone} is a time zone") from None

    def today(self, now: datetime) -> date:
        """The program's calendar date."""
        return local_date(now, self.time_zone)

    def expires_at(self, expires_on: date) -> datetime:
        """The first instant at which credits that end on this date are dead, in UTC."""
        if self.expiry.at is None:
            return end_of(expires_on, self.time_zone)
        return instant_of(expires_on, self.expiry.at, self.time_zone)

    def days_left(self, expires_on: date, now: datetime) -> int:
        """Whole calendar days until the expiry date, never negative (CI-29)."""
        return max((expires_on - self.today(now)).days, 0)
