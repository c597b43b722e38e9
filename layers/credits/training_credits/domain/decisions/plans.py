"""A training plan for a lot: wishes with months and credits, before anything is spent."""

from collections.abc import Sequence
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.noting import change_of, noted
from training_credits.domain.decisions.rights import still
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import (
    Account,
    Caller,
    HappeningKind,
    Lot,
    Permission,
    PlanItem,
)
from training_credits.domain.program import Program


def plan(
    program: Program,
    account: Account,
    caller: Caller,
    lot: Lot,
    items: Sequence[PlanItem],
    now: datetime,
) -> c.Change:
    """Replace the plan of a lot; it can plan no more than the lot holds (CI-04, CI-10)."""
    planned = sum(item.credits for item in items)
    if planned > lot.credits:
        raise Refused(
            Reason.PLAN_TOO_LARGE,
            "The plan asks for more credits than the lot has.",
            credits=lot.credits,
            planned=planned,
        )
    return change_of(
        account,
        c.SetPlan(lot_id=lot.lot_id, items=tuple(items)),
        noted(
            caller,
            HappeningKind.PLAN_CHANGED,
            now,
            about=lot.lot_id,
            detail=f"{planned} of {lot.credits} credits planned",
        ),
        *still(program, caller, Permission.PLAN),
    )
