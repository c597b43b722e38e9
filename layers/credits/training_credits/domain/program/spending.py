"""How credits are spent: codes, approvals, and who may redeem where."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training_credits.domain.model import Approval, CodeScope
from training_credits.domain.program.checks import check
from training_credits.domain.program.selling import Countries, in_force


class HoldAt(StrEnum):
    """When a request takes credits out of reach of others."""

    REQUEST = "request"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """What a redemption code opens, and what its owners may do with it.

    `most` is how many may work at once for each account or lot; `replaceable` lets owners rotate
    and revoke; `conditions` lets them set limits, an end, a cost centre and e-mail domains;
    `mailed` sends the first code of a lot to its buyer. After `wrong_most` wrong ones in
    `wrong_minutes` no more of a caller's are looked at; 0: only after very many (SF-40).
    """

    scope: CodeScope
    most: int = 1
    replaceable: bool = False
    conditions: bool = False
    mailed: bool = False
    wrong_most: int = 0
    wrong_minutes: int = 0

    def __post_init__(self) -> None:
        named = bool(self.wrong_most), bool(self.wrong_minutes)
        check(min(self.wrong_most, self.wrong_minutes) >= 0, "codes.wrong_most is 0 or more")
        check(named[0] is named[1], "codes.wrong_most and codes.wrong_minutes go together")
        check(self.most > 0, "codes.most is more than 0")
        check(not self.mailed or self.scope is CodeScope.LOT, "only the code of a lot is mailed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Approvals:
    """Which modes an account may choose, the one it starts with, and when credits are held.

    Who decides is reminded after `remind_days`; nobody can say yes any more after `lapse_days`, or
    from `lapse_before_start` business days before the first session on. A reservation is kept for
    `reserve_minutes`. 0 is never, and for reservations: there are none.
    """

    modes: tuple[Approval, ...]
    default: Approval
    hold_at: HoldAt
    remind_days: int = 0
    lapse_days: int = 0
    lapse_before_start: int = 0
    reserve_minutes: int = 0

    def __post_init__(self) -> None:
        times = (self.remind_days, self.lapse_days, self.lapse_before_start, self.reserve_minutes)
        check(min(times) >= 0, "the times of approvals are 0 or more")
        check(
            not self.lapse_days or self.remind_days < self.lapse_days,
            "approvals.remind_days is less than approvals.lapse_days",
        )
        check(self.default in self.modes, "approvals.default is one of approvals.modes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Redeeming:
    """What a request may be paid with, and where.

    `sales_orders` takes the number of an order in place of a code, from members only (CI-14);
    `partners` lets training partners deliver (CI-26); `countries` are those it may be used in.
    """

    sales_orders: bool = False
    partners: bool = False
    countries: tuple[Countries, ...] = ()

    def needs_country(self, day: date) -> bool:
        """Whether a list is in force on this day."""
        return in_force(self.countries, day) is not None
