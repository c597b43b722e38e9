"""moto's tables without their price: the same answers, several times as fast.

moto copies a whole table before each transaction, sorts all of it for each query, and looks at
every part of an answer through the service's shapes. Here items are replaced and never changed, so
that copies of a table share them; a query looks at one partition; attributes go as they are.
"""

import copy
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table

Items = dict[DynamoType, dict[DynamoType, Item]]


@contextmanager
def quick() -> Iterator[None]:
    """Until the end of the block."""
    serialize = "_serialize_type_map"
    patches = (
        mock.patch.object(DynamoDBBackend, "update_item", _updating(DynamoDBBackend.update_item)),
        mock.patch.object(Table, "query", _querying(Table.query)),
        mock.patch.object(Table, "all_items", _all_items),
        mock.patch.object(Table, "__deepcopy__", _table, create=True),
        mock.patch.object(Item, "__deepcopy__", _item),
        mock.patch.object(
            BaseJSONSerializer, serialize, _serializing(getattr(BaseJSONSerializer, serialize))
        ),
    )
    with ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def shared(items: Items) -> Items:
    """The same items in places of their own."""
    return defaultdict(dict, {pk: dict(partition) for pk, partition in items.items()})


def _updating(as_before: Any) -> Any:
    def update_a_copy(
        backend: Any, name: str, key: dict[str, Any], *more: Any, **facts: Any
    ) -> Any:
        table = backend.get_table(name)
        pk, sk = (DynamoType(key[part]) for part in (table.hash_key_attr, table.range_key_attr))
        if sk in table.items.get(pk, {}):
            table.items[pk][sk] = copy.deepcopy(table.items[pk][sk])
        return as_before(backend, name, key, *more, **facts)

    return update_a_copy


def _querying(as_before: Any) -> Any:
    def query(table: Any, pk: Any, *more: Any, **facts: Any) -> Any:
        if more[6] is None:  # the name of an index
            whole, table = table, copy.copy(table)
            table.items = {pk: whole.items.get(pk, {})}
        return as_before(table, pk, *more, **facts)

    return query


def _all_items(table: Any) -> list[Item]:
    """By key, which is text: moto weighs the types of each two."""
    every = (item for partition in table.items.values() for item in partition.values())
    return sorted(every, key=lambda item: (item.hash_key.value, item.range_key.value))


def _table(table: Any, _: Any) -> Any:
    made = copy.copy(table)
    made.items = shared(table.items)
    if table.stream_shard is not None:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.table = made
        made.stream_shard.items = [*table.stream_shard.items]
    return made


def _item(item: Any, _: Any) -> Any:
    """Only lists, maps and sets are ever changed from within."""
    made = copy.copy(item)
    made.attrs = LimitedSizeDict.__new__(LimitedSizeDict)  # its own way weighs all for each part
    for name, value in item.attrs.items():
        held = copy.deepcopy(value) if isinstance(value.value, list | dict) else value
        dict.__setitem__(made.attrs, name, held)
    return made


def _serializing(as_before: Any) -> Any:
    def attributes(serializer: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name != "AttributeMap":
            as_before(serializer, serialized, value, shape, key)
        else:
            serialized[key] = {name: _plain(held) for name, held in value.items()}

    return attributes


def _plain(held: Any) -> Any:
    """With its type letters."""
    if not isinstance(held, DynamoType):
        return held
    match held.value:
        case dict() as parts:
            return {held.type: {name: _plain(part) for name, part in parts.items()}}
        case list() as parts:
            return {held.type: [_plain(part) for part in parts]}
        case value:
            return {held.type: value}
