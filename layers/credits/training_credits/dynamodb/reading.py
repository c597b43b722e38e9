"""Reading the one table: bounded queries, cursors, and refusing what newer code has written."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from botocore.exceptions import ConnectionError, HTTPClientError  # noqa: A004 - botocore's own
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition

from training_credits.domain.errors import Reason, Refused, Unavailable
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import SCHEMA, Item
from training_credits.dynamodb.items.base import Stored
from training_credits.ports import Page

Kind = TypeVar("Kind", bound=Item)
V = TypeVar("V")
Key = dict[str, dict[str, str]]
PLACE_MAX = 500
NO_ANSWER = None
BUSY_CODES = frozenset(
    {
        NO_ANSWER,
        "InternalServerError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)


def code_of(error: PynamoDBException) -> str | None:
    """What the table answered; NO_ANSWER if the network failed; else what else went wrong."""
    if isinstance(error.cause, (ConnectionError, HTTPClientError)):
        return NO_ANSWER
    response = getattr(error.cause, "response", None) or {}
    return str(response.get("Error", {}).get("Code", type(error.cause).__name__))


def no_answer() -> Unavailable:
    """Whether anything was written is not known, and the same request may be sent again."""
    return Unavailable(
        Reason.BUSY, "The ledger does not answer. Send the same request again, with the same key."
    )


class UnknownSchema(Exception):
    """An item was written by newer code; to guess at it would be to lose what it says."""


@contextmanager
def answering() -> Iterator[None]:
    """A table that does not answer is a reason to try again, not a defect."""
    try:
        yield
    except PynamoDBException as error:
        if code_of(error) not in BUSY_CODES:
            raise
        raise no_answer() from error


def get(kind: type[Kind], pk: str, sk: str) -> Kind | None:
    """One item, strongly consistent."""
    with answering():
        try:
            found = Item.get(pk, sk, consistent_read=True)
        except Item.DoesNotExist:
            return None
    return of_kind([known(found)], kind)[0]


def get_many(places: Sequence[tuple[str, str]]) -> list[Item]:
    """Those of these items that exist, in one strongly consistent request."""
    with answering():
        return [known(item) for item in Item.batch_get(list(places), consistent_read=True)]


def query(pk: str, within: Condition | None = None, *, index: str | None = None) -> list[Item]:
    """All of a range, strongly consistent, page after page."""
    with answering():
        found = Item.query(pk, within, consistent_read=True, index_name=index)
        return [known(item) for item in found]


def newest(pk: str, within: Condition, limit: int) -> list[Item]:
    """The last of a range, the very last first: one strongly consistent query."""
    with answering():
        found = Item.query(pk, within, consistent_read=True, scan_index_forward=False, limit=limit)
        return [known(item) for item in found]


def listed(
    kind: type[Stored[V]],
    pk: str,
    bounds: dict[str, tuple[str, str]],
    cursor: str | None,
    limit: int,
    *,
    newest_first: bool = False,
) -> Page[V]:
    """One list from a cursor on, at most `limit` items of it: one strongly consistent query.

    `bounds` are those of every sort key; the list is in the order of the book where that is one.
    """
    index = "book" if "book" in bounds else None
    place = Item.book if index else Item.sk
    after = key_of(cursor, pk, bounds)
    with answering():
        found = Item.query(
            pk,
            place.between(*bounds[index or "sk"]),
            consistent_read=True,
            index_name=index,
            limit=limit,
            last_evaluated_key=after,
            scan_index_forward=not newest_first,
        )
        items = [known(item) for item in found]
    values = tuple(item.value() for item in of_kind(items, kind))
    return Page(items=values, cursor=cursor_of(found.last_evaluated_key))


def due_page(
    partition: str, *, limit: int, after: Key | None
) -> tuple[list[tuple[str, str]], Key | None]:
    """Keys of items on the worklist in the order they are due; eventually consistent."""
    with answering():
        found = Item.by_work.query(partition, limit=limit, last_evaluated_key=after)
        return [(item.pk, item.sk) for item in found], found.last_evaluated_key


def worklisted(
    kind: type[Stored[V]],
    partition: str,
    bounds: dict[str, tuple[str, str]],
    cursor: str | None,
    limit: int,
) -> Page[V]:
    """What stands on one partition of the worklist, the first that is due before all.

    One eventually consistent query, and a batch get of what it names: as that is now.
    """
    after = key_of(cursor, partition, {**bounds, "due": ("", keys.LAST)}, own="worklist")
    places, key = due_page(partition, limit=limit, after=after)
    items = of_kind(get_many(places) if places else [], kind)
    values = {(item.pk, item.sk): item.value() for item in items}
    found = tuple(values[place] for place in places if place in values)
    return Page(items=found, cursor=cursor_of(key, own="worklist"))


def due_by(
    partition: str,
    bounds: dict[str, tuple[str, str]],
    until: datetime,
    cursor: str | None,
    limit: int,
) -> Page[tuple[str, str]]:
    """Account and id of what is due by an instant, the first before all; eventually consistent.

    A cursor is a place, and does not mind that what stood there has left the index since.
    """
    past = keys.under(f"{keys.instant(until)}#")[1]
    after = key_of(cursor, partition, {**bounds, "due": ("", keys.LAST)}, own="worklist")
    with answering():
        found = Item.by_work.query(
            partition, Item.due <= past, limit=limit, last_evaluated_key=after
        )
        places = [str(item.due).split("#", 2) for item in found]
    items = tuple((place[1], place[2]) for place in places)
    return Page(items=items, cursor=cursor_of(found.last_evaluated_key, own="worklist"))


def known(item: Item) -> Item:
    """The item, if this code knows its schema."""
    if item.v > SCHEMA:
        raise UnknownSchema(item.v)
    return item


def of_kind(items: Sequence[Item], kind: type[Kind]) -> list[Kind]:
    """The items of one kind, in their order."""
    return [item for item in items if isinstance(item, kind)]


def cursor_of(key: Key | None, own: str = "pk") -> str | None:
    """An opaque cursor: all of a key but the partition, which is the reader's own."""
    if key is None:
        return None
    places = {name: value["S"] for name, value in key.items() if name != own}
    return base64.urlsafe_b64encode(json.dumps(places).encode()).decode()


def key_of(
    cursor: str | None, partition: str, within: dict[str, tuple[str, str]], own: str = "pk"
) -> Key | None:
    """The key a cursor stands for; one from outside these bounds is refused."""
    if cursor is None:
        return None
    places = _places(cursor)
    fits = places.keys() == within.keys() and all(
        first <= places[name] < last for name, (first, last) in within.items()
    )
    if not fits:
        raise Refused(Reason.INVALID_CURSOR, "This cursor does not belong to this list.")
    return {own: {"S": partition}, **{name: {"S": place} for name, place in places.items()}}


def _places(cursor: str) -> dict[str, str]:
    """What a cursor names; nothing, if it is none of ours."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not all(_is_place(place) for place in found.values()):
        return {}
    return found


def _is_place(place: object) -> bool:
    """Whether the table could have such a key."""
    return isinstance(place, str) and place.isascii() and 0 < len(place) <= PLACE_MAX
