"""The table of moto as it was: far quicker than making everything anew for each try."""

from collections.abc import Callable
from typing import Any

from moto.dynamodb.models import dynamodb_backends

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


def _table(name: str) -> Any:
    """Asked for each time: a transaction that fails leaves moto with a copy of it."""
    return dynamodb_backends[ACCOUNT][REGION].get_table(name)
