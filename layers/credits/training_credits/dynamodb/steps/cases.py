"""Writes of cases."""

from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Case
from training_credits.dynamodb.items import CaseItem
from training_credits.dynamodb.steps.base import ABSENT, Step, as_read, set_or_remove

Write = c.OpenCase | c.MoveCase
# What a draft or a step may change of a case.
CHANGES = (
    "reason",
    "trail",
    "credits",
    "days",
    "plan",
    "due_on",
    "granted_days",
    "new_lot_id",
    "ends_on",
)
PLACES = ("v", "worklist", "due")


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    item = CaseItem.placed(change.program, change.account_id, write.case)
    if isinstance(write, c.OpenCase):
        return Step(write=write, item=item, guard=ABSENT)
    actions = [
        set_or_remove(getattr(CaseItem, name), getattr(item, name)) for name in (*CHANGES, *PLACES)
    ]
    return Step(write=write, item=item, guard=_as_read(write.was), actions=actions)


def _as_read(was: Case) -> Any:
    """Nobody has taken a step since, nor written another draft."""
    same = (CaseItem.trail == was.trail) & (CaseItem.plan == was.plan)
    return same & (CaseItem.reason == was.reason) & as_read(CaseItem.days, was.days)
