"""The table of moto as it was: far quicker than making everything anew for each try."""

import copy
from collections.abc import Callable
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType

from local.intrinsics import ACCOUNT
from local.quick_moto import shared
from local.template import REGION


def kept(name: str, *, without: frozenset[str] = frozenset()) -> Callable[[], None]:
    """Remember what is in the table now; the answer puts it back, however often.

    Kinds of items that nobody will miss are taken out for good: moto looks through all it has.
    """
    table = _table(name)
    for pk, partition in list(table.items.items()):
        for sk, item in list(partition.items()):
            if item.attrs["kind"].value in without:
                del partition[sk]
        if not partition:
            del table.items[pk]
    items = shared(table.items)

    def put_back() -> None:
        _table(name).items = shared(items)

    return put_back


def raw(name: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Every item by key, with its type letters: also one that is no plain value any more."""
    found = (item.to_json()["Attributes"] for item in _table(name).all_items())
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in found}


def marked(name: str, place: tuple[str, str], attribute: str) -> None:
    """The item there gets a text of this name, as if somebody else had written it."""
    pk, sk = (DynamoType({"S": each}) for each in place)
    partition = _table(name).items[pk]
    made = copy.deepcopy(partition[sk])
    made.attrs[attribute] = DynamoType({"S": "on"})
    partition[sk] = made


def _table(name: str) -> Any:
    """Asked for each time: a transaction that fails leaves moto with a copy of it."""
    return dynamodb_backends[ACCOUNT][REGION].get_table(name)
