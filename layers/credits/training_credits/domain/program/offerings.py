"""What credits of a program may pay for, by when, and for how much less."""

from dataclasses import dataclass, field
from enum import StrEnum

from training_credits.domain.model import Audience, Fulfilment, Item, Mode
from training_credits.domain.program.checks import check
from training_credits.domain.program.selling import PERCENT


class Deadline(StrEnum):
    """What must have happened before the credits that pay for it end."""

    REDEEM = "redeem"
    REGISTER = "register"
    START = "start"
    COMPLETE = "complete"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferingType:
    """One kind of offering on the allow-list (CI-06, SF-02).

    `families`, if any, are the only ones of its kind; `assisted` means that the vendor's advisor
    redeems it for the account (SF-20); in the modes of `tied` it must be delivered in the country
    the credits were shipped to (SF-06, SF-07). What it fulfils with lasts `term_months`, and not
    beyond the end of its lot where `capped` (SF-22).
    """

    fulfilment: Fulfilment
    deadline: Deadline = Deadline.REDEEM
    families: tuple[str, ...] = ()
    assisted: bool = False
    tied: tuple[Mode, ...] = ()
    term_months: int = 0
    capped: bool = False

    def __post_init__(self) -> None:
        check(self.term_months >= 0, "term_months is 0 or more")
        lasting = self.fulfilment in {
            Fulfilment.VOUCHER,
            Fulfilment.SUBSCRIPTION,
            Fulfilment.LICENCE,
        }
        check(not self.term_months or lasting, "only what lasts has term_months")
        voucher = self.fulfilment is Fulfilment.VOUCHER
        check(not voucher or self.term_months > 0, "vouchers have term_months")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Something a program says of one type; of all ways of delivery, unless some are named."""

    type: str
    modes: tuple[Mode, ...] = ()
    audiences: tuple[Audience, ...] = ()

    def covers(self, item: Item) -> bool:
        """Whether the row speaks of this type, delivered in this way."""
        offering = item.offering
        in_mode = not self.modes or item.mode in self.modes
        for_them = not self.audiences or offering.audience in self.audiences
        return self.type == offering.type and in_mode and for_them


@dataclass(frozen=True, kw_only=True, slots=True)
class Eligible(Row):
    """A row of the matrix: credits of this product pay for this type, in these modes (SF-39).

    `verified` is False where the sources do not say so, and somebody should ask.
    """

    product: str
    verified: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanDiscount(Row):
    """What a success plan takes off by itself, before anybody pays (SF-09, SF-30)."""

    plan: str
    percent: int

    def __post_init__(self) -> None:
        check(0 < self.percent <= PERCENT, "a plan's percent is 1 to 100")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """From so many days before the start on, so many percent of the price come back."""

    days_before: int
    percent: int

    def __post_init__(self) -> None:
        check(self.days_before >= 0, "days_before is 0 or more")
        check(0 <= self.percent <= PERCENT, "a rung's percent is 0 to 100")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancelling:
    """The ladder by which what is booked is given back, or moved (SF-19).

    Of the rungs the highest that is reached counts; below the lowest nothing comes back. Days are
    calendar days, or business days where `business`; `moves` is how often one booking may be
    moved, as long as it could be cancelled without loss.
    """

    rungs: tuple[Rung, ...]
    audiences: tuple[Audience, ...] = ()
    business: bool = False
    moves: int = 0

    def __post_init__(self) -> None:
        days = [rung.days_before for rung in self.rungs]
        percents = [rung.percent for rung in self.rungs]
        check(days == sorted(set(days), reverse=True), "rungs go down in days_before")
        check(percents == sorted(percents, reverse=True), "who cancels later gets no more back")
        check(self.moves >= 0, "moves is 0 or more")

    def percent(self, days: int) -> int:
        """What comes back so many days before the start."""
        reached = [rung.percent for rung in self.rungs if days >= rung.days_before]
        return reached[0] if reached else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """The catalogue's rules: allow-list, deny-list with reasons, matrix, discounts.

    `denied` is stronger than everything else (CI-33). `instruments` is how many codes or sales
    orders may pay for one line (SF-28, CI-38); `part` lets credits pay some of a line and money
    the rest (SF-27 does not); `abroad` sends a line delivered outside the country of its credits
    to the advisor first (CI-41); of `cancelling` the first ladder for the audience counts, and
    without one nothing that is booked comes back; `documents` are the vendor's own texts by topic
    (SF-41).
    """

    types: dict[str, OfferingType] = field(default_factory=dict)
    denied: dict[str, str] = field(default_factory=dict)
    eligible: tuple[Eligible, ...] = ()
    discounts: tuple[PlanDiscount, ...] = ()
    cancelling: tuple[Cancelling, ...] = ()
    instruments: int = 1
    part: bool = False
    abroad: bool = False
    documents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self.instruments > 0, "spending.instruments is more than 0")
        named = {row.type for row in self.eligible} | {row.type for row in self.discounts}
        check(named <= self.types.keys(), "spending.eligible and .discounts name types of offering")

    def off(self, plan: str | None, item: Item) -> int:
        """The most that a success plan takes off this, in percent; 0 without one (SF-09, SF-30)."""
        fitting = (each for each in self.discounts if each.plan == plan and each.covers(item))
        return max((each.percent for each in fitting), default=0)

    def ladder(self, audience: Audience) -> Cancelling | None:
        """By which something for this audience is given back."""
        fitting = (each for each in self.cancelling if audience in (each.audiences or Audience))
        return next(fitting, None)
