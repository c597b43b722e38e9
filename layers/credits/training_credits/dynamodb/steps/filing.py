"""Writes of the journal."""

from typing import Any

from training_credits.domain import change as c
from training_credits.domain.journal import GENESIS
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import BlockItem, FilingItem
from training_credits.dynamodb.steps.base import ABSENT, Step, account, said_anew

Write = c.BeginFiling | c.FileMonth


def steps(change: c.Change, write: Write) -> tuple[Step, ...]:
    """The block, and where the filing has come to with it."""
    item = FilingItem(pk=account(change), sk=keys.FILING)
    due = keys.month_due(change.account_id, write.due)
    shard = keys.month_end_shard(change.program, keys.shard_of(change.account_id))
    named = said_anew(item)
    if isinstance(write, c.BeginFiling):
        first = [
            FilingItem.worklist.set(FilingItem.worklist | shard),
            FilingItem.due.set(FilingItem.due | due),
        ]
        return (Step(write=write, item=item, guard=None, actions=[*named, *first]),)
    block = write.block
    known: Any = FilingItem.head == block.previous
    if block.previous == GENESIS:
        known = FilingItem.head.does_not_exist()
    moved = [
        FilingItem.worklist.set(shard),
        FilingItem.due.set(due),
        FilingItem.head.set(block.digest),
    ]
    sealed = BlockItem.of(block, pk=account(change), sk=keys.block(block.month))
    return (
        Step(write=write, item=sealed, guard=ABSENT),
        Step(write=write, item=item, guard=known, actions=[*named, *moved]),
    )
