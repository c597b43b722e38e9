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
    `mailed` sends the first code of a lot to its buyer.
    """

    scope: CodeScope
    most: int = 1
    replaceable: bool = False
    conditions: bool = False
    mailed: bool = False

    def __post_init__(self) -> None:
        check(self.most > 0, "codes.most is more than 0")
        check(not self.mailed or self.scope is CodeScope.LOT, "only the code of a lot is mailed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Approvals:
    """Which modes an account may choose, the one it starts with, and when credits are held."""

    modes: tuple[Approval, ...]
    default: Approval
    hold_at: HoldAt

    def __post_init__(self) -> None:
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
