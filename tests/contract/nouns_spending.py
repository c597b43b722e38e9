"""The nouns of spending: every field has a value that could get lost."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.contract.nouns import HERE, HOUR, INSTANT, LEE, NOON, redemption
from training_credits.domain.model import (
    Attendee,
    Budget,
    Redemption,
    RedemptionState,
    Voucher,
    VoucherState,
)

ZOE = Attendee(email="zoë@acme.example", name="Zoë 李")
MAX = Attendee(email="max@acme.example", name="Max")
PENDING = RedemptionState.PENDING
REFERRED = RedemptionState.REFERRED
RESERVED = RedemptionState.RESERVED
LAPSED = RedemptionState.LAPSED
# What only waiting gives to a request.
WAITING: dict[str, Any] = {
    "language": "ja",
    "reserve": True,
    "remind_at": NOON + 3 * HOUR,
    "lapses_at": NOON + 9 * HOUR,
    "budgets": ("B1", "B2"),
}
BUDGET_MAX = 100


def waiting(
    state: RedemptionState = PENDING, redemption_id: str = "R1", **facts: Any
) -> Redemption:
    """A request that waits for the advisor or an owner: nobody has decided anything yet."""
    open_ = {"decided_at": None, "decided_by": None}
    return redemption(redemption_id, state, **(WAITING | open_ | facts))


def budget(budget_id: str = "B1", **facts: Any) -> Budget:
    known: dict[str, Any] = {
        "name": "Team ü",
        "limit": BUDGET_MAX,
        "left": BUDGET_MAX,
        "learners": (LEE.email, "zoë@acme.example"),
    }
    return Budget(budget_id=budget_id, **(known | facts))


def voucher(voucher_id: str = "V1", **facts: Any) -> Voucher:
    known: dict[str, Any] = {
        "account_id": HERE,
        "redemption_id": "R1",
        "line": 1,
        "title": "CCNA, die Prüfung",
        "hint": "7F3K",
        "issued_at": NOON + INSTANT,
        "usable_until": date(2027, 3, 1),
        "partner": "Pearson Ü",
    }
    return Voucher(voucher_id=voucher_id, **(known | facts))


def assigned(to: Attendee = ZOE) -> Voucher:
    return replace(voucher(), state=VoucherState.ASSIGNED, holder=to)
