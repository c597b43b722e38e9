"""What is sold, at which price, in which countries, and through which channels."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from training_credits.domain.calendar import plus_business_days
from training_credits.domain.model import FINISHED, OrderState
from training_credits.domain.program.checks import check

CARD = "card"  # the channel whose buyer pays at once, and nobody else enters
PERCENT = 100
MADE = frozenset({OrderState.PAID, OrderState.ACTIVATED})
IN_ORDER = tuple(state for state in OrderState if state is not OrderState.CANCELLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """What one credit is worth at list price, in minor units of `currency`."""

    value_minor: int
    currency: str

    def __post_init__(self) -> None:
        check(self.value_minor > 0, "unit.value_minor is more than 0")


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A kind of credit; balances of two products never mix (SF-01)."""

    id: str
    name: str
    unit: Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class VolumeDiscount:
    """So many percent off one order whose list value reaches `from_minor`.

    Unless it is `automatic`, it counts only where its code is typed (AT-07).
    """

    from_minor: int
    percent: int
    promo_code: str
    automatic: bool = True

    def __post_init__(self) -> None:
        check(0 < self.percent < PERCENT, "purchase.volume_discount.percent is 1 to 99")


@dataclass(frozen=True, kw_only=True, slots=True)
class Countries:
    """The only countries in which something is allowed, from a day on (SF-05, CI-19)."""

    effective_from: date
    allow: frozenset[str]


def in_force(lists: Collection[Countries], day: date) -> Countries | None:
    """The newest list that counts on this day."""
    begun = [each for each in lists if each.effective_from <= day]
    return max(begun, key=lambda each: each.effective_from, default=None)


def allowed(lists: Collection[Countries], country: str, day: date) -> bool:
    """Whether the list in force on this day names the country; without a list, all are allowed."""
    counting = in_force(lists, day)
    return counting is None or country in counting.allow


@dataclass(frozen=True, kw_only=True, slots=True)
class Usable:
    """By when credits can be used: so many business days after a step (CI-11)."""

    after: OrderState
    days_min: int
    days_max: int

    def __post_init__(self) -> None:
        check(0 <= self.days_min <= self.days_max, "usable.days_min is at most usable.days_max")

    def window(self, day: date, holidays: Collection[date]) -> tuple[date, date]:
        """The first and the last day on which to expect them."""
        return (
            plus_business_days(day, self.days_min, holidays),
            plus_business_days(day, self.days_max, holidays),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """One way to buy: its steps in order, whether the customer begins it, or a reseller sells."""

    steps: tuple[OrderState, ...]
    by_customer: bool
    usable: Usable | None = None
    reseller: bool = False

    def __post_init__(self) -> None:
        check(list(self.steps) == sorted(self.steps, key=IN_ORDER.index), "steps are in order")
        check(self.steps[-1:] == (OrderState.ACTIVATED,), "the last step is activated")
        check(FINISHED.isdisjoint(self.steps[:-1]), "no step before it ends an order")
        check(self.steps[0] not in MADE, "an order begins before it is paid or activated")

    def next(self, state: OrderState) -> OrderState | None:
        """The step after this one."""
        later = [step for step in self.steps if IN_ORDER.index(step) > IN_ORDER.index(state)]
        return later[0] if later else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """The ways to buy, and the bounds of one order.

    A quote, and an order that waits for its card, is good for `quote_days`. From a list value of
    `second_operator_from_minor` on, and above an agreement of `agreement_percent_max`, one
    operator alone is not enough.
    """

    channels: dict[str, Channel]
    credits_max: int
    quote_days: int
    second_operator_from_minor: int
    agreement_percent_max: int
    volume_discount: VolumeDiscount | None = None
    success_plans: tuple[str, ...] = ()
    sell_countries: tuple[Countries, ...] = ()
    countries: tuple[Countries, ...] = ()
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        check(0 <= self.agreement_percent_max < PERCENT, "agreement_percent_max is 0 to 99")
        check(self.quote_days > 0, "purchase.quote_days is more than 0")
