"""Thousands of lots, written straight into a table, and what became of them."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from tests import audit, engines
from tests.builders import issued, lot_of
from training_credits.domain.model import Balance, Entry, EntryKind, Lot, Movement, State
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import EntryItem, Item, LotItem

PROGRAM = "atlassian"
ENDED = datetime(2026, 1, 31, tzinfo=UTC)
YEAR = timedelta(days=365)
BATCH, WRITERS = 25, 8  # the most that one BatchWriteItem takes
LOTS_EACH = 50  # of one account
SPENT, CREDITS = 3, 10
T = TypeVar("T")


def account_of(number: int) -> str:
    """Which account has the lot of this number."""
    return f"A{number // LOTS_EACH:06}"


def lot(number: int, ends: datetime = ENDED) -> Lot:
    """Of 10 credits 3 are spent."""
    made = lot_of(f"L{number:06}", CREDITS, ends, ends - YEAR)
    return replace(made, balance=Balance(available=CREDITS - SPENT, redeemed=SPENT))


def history(number: int, made: Lot) -> Iterator[Entry]:
    """How it came to be as it is."""
    moves = {
        EntryKind.PURCHASE: issued(made.lot_id, CREDITS),
        EntryKind.REDEEM: moved(made.lot_id, State.AVAILABLE, State.REDEEMED),
    }
    for days, (kind, movement) in enumerate(moves.items()):
        yield entry_of(number, kind, made.granted_at + timedelta(days=days), movement)


def moved(lot_id: str, source: State, target: State) -> Movement:
    return Movement(lot_id=lot_id, source=source, target=target, credits=SPENT)


def entry_of(number: int, kind: EntryKind, at: datetime, movement: Movement) -> Entry:
    return Entry(
        entry_id=f"{kind}-{movement.lot_id}",
        account_id=account_of(number),
        kind=kind,
        at=at,
        movements=(movement,),
        reference=movement.lot_id,
        title="A lot of many",
        actor="ann@acme.example",
    )


def not_due(number: int) -> Lot:
    """One that ends another day, or has been closed long ago."""
    made = lot(number, ENDED + YEAR * (1 + number % 3))
    if number % 3:
        return made
    return replace(made, closed=True, balance=Balance(redeemed=SPENT, expired=CREDITS - SPENT))


def fill(table: str, numbered: Iterable[tuple[int, Lot]], *, told: bool) -> None:
    """With their history if it is `told`."""
    put(table, (each for number, made in numbered for each in _items(number, made, told=told)))


def put(table: str, items: Iterable[Item]) -> None:
    """Into the table by the tests' own client."""
    client = engines.mine("dynamodb")

    def write(batch: Sequence[Any]) -> None:
        left = {table: [{"PutRequest": {"Item": item}} for item in batch]}
        while left:
            left = client.batch_write_item(RequestItems=left)["UnprocessedItems"]

    with ThreadPoolExecutor(WRITERS) as pool:
        for _ in pool.map(write, _batches(item.serialize() for item in items)):
            pass


def _items(number: int, made: Lot, *, told: bool) -> Iterator[Item]:
    yield LotItem.of(PROGRAM, account_of(number), made)
    for entry in history(number, made) if told else ():
        pk, sk = keys.account(PROGRAM, entry.account_id), keys.entry(entry.at, entry.entry_id)
        yield EntryItem.of(entry, pk=pk, sk=sk)


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, BATCH)):
        yield batch


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An account as it is kept afterwards."""

    lots: dict[str, Lot]
    entries: tuple[Entry, ...]
    waiting: tuple[str, ...]

    def flaws(self) -> Iterator[str]:
        """What is not as the end of a lot must leave it."""
        yield from (f"{lot_id}: on the worklist" for lot_id in self.waiting)
        for lot_id, each in self.lots.items():
            booked = [
                e for e in self.entries if e.kind is EntryKind.EXPIRE and e.reference == lot_id
            ]
            if len(booked) != 1:
                yield f"{lot_id}: {len(booked)} expiries"
            if not each.closed or each.balance.available:
                yield f"{lot_id}: not closed, or {each.balance.available} left"
            if any(entry.at != each.expires_at for entry in booked):
                yield f"{lot_id}: not at its instant"
        yield from audit.of_lots(self.lots, self.entries)


def kept(accounts: Iterable[str]) -> Iterator[Kept]:
    """One query for each account."""
    for account in accounts:
        items = reading.query(keys.account(PROGRAM, account))
        found = reading.of_kind(items, LotItem)
        values = [item.value() for item in found]
        yield Kept(
            lots={value.lot_id: value for value in values},
            entries=tuple(item.value() for item in reading.of_kind(items, EntryItem)),
            waiting=tuple(item.lot_id for item in found if item.due),
        )
