"""moto's tables without their price: the same answers, several times as fast.

moto copies a whole table before each transaction, sorts all of it for each query, weighs each item
twice, looks at every part of an answer through the service's shapes, and asks of each node of an
expression anew what it is. Here items are replaced and never changed, so that copies of a table
share them and their weight; a query looks at one partition, of an index too; attributes go as they
are; what a type of node is, is asked once.
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
from moto.dynamodb.parsing import ast_nodes

Items = dict[DynamoType, dict[DynamoType, Item]]
nodes: Any = ast_nodes  # untyped
EXPRESSIONS = (nodes.Expression, nodes.UpdateExpressionFunction)
KNOWN: dict[tuple[Any, Any], bool] = {}
WEIGHT = "weighed"


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
        mock.patch.object(Item, "size", _weighing(Item.size)),
        mock.patch.object(nodes.DepthFirstTraverser, "traverse", _traverse),
        mock.patch.object(nodes.Node, "find_clauses", _find_clauses),
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
        whole, table = table, copy.copy(table)
        name = _hash_of(whole, more[6])
        if name == whole.hash_key_attr:
            table.items = {pk: whole.items.get(pk, {})}
        else:
            table.items = {
                key: {sk: item for sk, item in partition.items() if _is(item.attrs.get(name), pk)}
                for key, partition in whole.items.items()
            }
        return as_before(table, pk, *more, **facts)

    return query


def _hash_of(table: Any, index: str | None) -> Any:
    """The attribute that says in which partition of the table, or of one of its indexes, it is."""
    of = table.get_index(index).schema if index else table.schema
    return next(key["AttributeName"] for key in of if key["KeyType"] == "HASH")


def _is(held: Any, value: Any) -> bool:
    """Keys are text or numbers as they are written: moto makes values of each two first."""
    return held is not None and held.value == value.value


def _weighing(as_before: Any) -> Any:
    def size(item: Any) -> int:
        """Of an item that nobody changes any more."""
        if WEIGHT not in vars(item):
            vars(item)[WEIGHT] = as_before(item)
        return int(vars(item)[WEIGHT])

    return size


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
    vars(made).pop(WEIGHT, None)
    made.attrs = LimitedSizeDict.__new__(LimitedSizeDict)  # its own way weighs all for each part
    for name, value in item.attrs.items():
        held = copy.deepcopy(value) if isinstance(value.value, list | dict) else value
        dict.__setitem__(made.attrs, name, held)
    return made


def _traverse(traverser: Any, root: Any) -> Any:
    """From the leaves up, each node of a wanted type is replaced by what it is processed to."""
    wanted, hook = traverser.nodes_to_be_processed(), traverser.pre_processing_of_child

    def visit(node: Any, place: int) -> Any:
        if not _is_a(type(node), (nodes.Node,)):
            return node
        parent = node.parent
        for number, child in enumerate(node.children or ()):
            hook(node, number)
            visit(child, number)
        if _is_a(type(node), wanted):
            node = traverser.process(node)
            node.parent = parent
            if parent:
                parent.children[place] = node
        return node

    return visit(root, -1)


def _find_clauses(node: Any, wanted: list[type]) -> list[Any]:
    found: list[Any] = []
    for child in node.children or ():
        if type(child) in wanted:
            found.append(child)
        elif _is_a(type(child), EXPRESSIONS):
            found += _find_clauses(child, wanted)
    return found


def _is_a(kind: type, wanted: tuple[type, ...]) -> bool:
    asked = kind, wanted
    if asked not in KNOWN:
        KNOWN[asked] = issubclass(kind, wanted)
    return KNOWN[asked]


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
