"""One action of a transaction, and the guards that many of them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from training_credits.domain import change as c
from training_credits.domain.model import MemberState, Submission
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import Item, LotItem, MemberItem

ABSENT = Item.pk.does_not_exist()
PRESENT = Item.pk.exists()
OPEN: Any = LotItem.closed == False  # noqa: E712 - builds a condition
ACTIVE = MemberItem.state == MemberState.ACTIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One action: a put without `actions`, a mere check with an empty list."""

    write: c.Write | Submission
    item: Item
    guard: Condition | None
    actions: Sequence[Action] | None = None


def account(change: c.Change) -> str:
    """Partition of the account a change is about."""
    return keys.account(change.program, change.account_id)


def as_read(attribute: Any, value: Any) -> Any:
    """The guard that an attribute is still what a value says, None included."""
    return attribute.does_not_exist() if value is None else attribute == value


def set_or_remove(attribute: Any, value: Any) -> Action:
    """The action that makes an attribute what a value says, None included."""
    action: Action = attribute.remove() if value is None else attribute.set(value)
    return action


def said_anew(item: Item, *names: str) -> list[Action]:
    """What an item says, whether it was there or not; what newer code keeps beside it stays."""
    kind: Any = type(item)
    facts = (set_or_remove(getattr(kind, name), getattr(item, name)) for name in names)
    return [kind.item.set(kind), kind.v.set(item.v), *facts]
