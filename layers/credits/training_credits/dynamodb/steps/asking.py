"""Writes of how many requests somebody may have waiting at once."""

from typing import Any

from pynamodb.expressions.condition import size

from training_credits.domain import change as c
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import AskedItem
from training_credits.dynamodb.steps.base import Step, account, said_anew

Write = c.CountAsked | c.ForgetAsked


def step(change: c.Change, write: Write) -> Step:
    """On a set: requests of one learner at once are all counted, and none waits for another."""
    item = AskedItem(pk=account(change), sk=keys.asked(write.subject))
    kind = said_anew(item)
    there: Any = AskedItem.redemptions
    if isinstance(write, c.ForgetAsked):
        gone = [*kind, there.delete(set(write.redemption_ids))]
        return Step(write=write, item=item, guard=None, actions=gone)
    few: Any = size(there) < write.most  # type: ignore[no-untyped-call]
    room = there.does_not_exist() | few
    more = [*kind, there.add({write.redemption_id})]
    return Step(write=write, item=item, guard=room, actions=more)
