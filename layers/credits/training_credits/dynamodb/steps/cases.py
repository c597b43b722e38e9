"""Writes of cases."""

from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Case
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import CaseItem, NewestItem
from training_credits.dynamodb.steps.base import (
    ABSENT,
    Step,
    account,
    as_read,
    said_anew,
    set_or_remove,
)

Write = c.OpenCase | c.BeNewest | c.MoveCase
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
    if isinstance(write, c.BeNewest):
        return _newest(change, write)
    item = CaseItem.placed(change.program, change.account_id, write.case)
    if isinstance(write, c.OpenCase):
        return Step(write=write, item=item, guard=ABSENT)
    actions = [
        set_or_remove(getattr(CaseItem, name), getattr(item, name)) for name in (*CHANGES, *PLACES)
    ]
    return Step(write=write, item=item, guard=_as_read(write.was), actions=actions)


def _newest(change: c.Change, write: c.BeNewest) -> Step:
    case = write.case
    place = keys.newest(case.kind, case.lot_id or "")
    item = NewestItem(pk=account(change), sk=place, case_id=case.case_id)
    guard = as_read(NewestItem.case_id, write.was)
    return Step(write=write, item=item, guard=guard, actions=said_anew(item, "case_id"))


def _as_read(was: Case) -> Any:
    """Nobody has taken a step since, nor written another draft."""
    same = (CaseItem.trail == was.trail) & (CaseItem.plan == was.plan)
    return same & (CaseItem.reason == was.reason) & as_read(CaseItem.days, was.days)
