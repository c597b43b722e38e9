"""What the version before makes of what this one has written."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from tests.compat.before.domain import model as before
from tests.compat.before.dynamodb import items as items_before
from tests.compat.before.dynamodb.items import Item as ItemBefore
from training_credits.dynamodb import items
from training_credits.dynamodb.items import Item

Raw = dict[str, Any]


def older(value: Any) -> Any:
    """The same, as the version before knows it; ValueError if it does not."""
    if isinstance(value, Enum):
        return _known(value)(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        kind = _known(value)
        return kind(**{f.name: older(getattr(value, f.name)) for f in fields(kind)})
    if isinstance(value, tuple | list):
        return type(value)(older(each) for each in value)
    if isinstance(value, Mapping):
        return {name: older(each) for name, each in value.items()}
    return value


def _known(value: object) -> Any:
    """Its class of before; not all are named in `model` itself."""
    name, module = type(value).__name__, type(value).__module__.rpartition(".")[2]
    return getattr(getattr(before, module, before), name, None) or getattr(before, name)


def kinds(of: Any) -> dict[str, Any]:
    """Every kind of item by its name in the table."""
    made = [each for each in vars(of).values() if isinstance(each, type)]
    classes: list[Any] = [each for each in made if issubclass(each, (Item, ItemBefore))]
    named = {each.item.get_discriminator(each): each for each in classes}
    return {name: each for name, each in named.items() if name}


NOW, BEFORE = kinds(items), kinds(items_before)


def read_before(raw: Raw) -> Any:
    """By the version before; ValueError if it refuses it."""
    return ItemBefore.from_raw_data(raw)


def read_now(raw: Raw) -> Any:
    return Item.from_raw_data(raw)


def values(item: Any) -> dict[str, Any]:
    """What it holds, by name, but for what it is."""
    return {name: v for name, v in item.attribute_values.items() if name != "item"}
