"""Writes that move credits: lots, requests, entries."""

from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Redemption
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import EntryItem, Item, LotItem, RedemptionItem
from training_credits.dynamodb.steps.base import (
    ABSENT,
    OPEN,
    PRESENT,
    Step,
    account,
    as_read,
    set_or_remove,
)

Write = (
    c.GrantLot
    | c.Move
    | c.VoidLot
    | c.CloseLot
    | c.MakeRequest
    | c.SettleRequest
    | c.Remind
    | c.EditLines
    | c.Record
)


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    match write:
        case c.GrantLot() | c.Record() | c.MakeRequest():
            return Step(write=write, item=_new(change, write), guard=ABSENT)
        case c.SettleRequest() | c.Remind() | c.EditLines():
            return _of_request(change, write)
        case c.Move():
            return _move(change, write)
        case c.VoidLot():
            return _void(change, write)
        case c.CloseLot():
            return _close(change, write)


def _new(change: c.Change, write: c.GrantLot | c.Record | c.MakeRequest) -> Item:
    """What is written once and must not exist."""
    pk = account(change)
    item: Item
    match write:
        case c.GrantLot(lot=lot):
            item = LotItem.of(change.program, change.account_id, lot)
        case c.Record(entry=entry):
            item = EntryItem.of(entry, pk=pk, sk=keys.entry(entry.at, entry.entry_id))
        case c.MakeRequest(redemption=redemption):
            place = keys.redemption(redemption.redemption_id)
            item = RedemptionItem.of(redemption, pk=pk, sk=place)
    return item


def _move(change: c.Change, write: c.Move) -> Step:
    guard = PRESENT
    for state, credits in write.taken().items():
        guard &= getattr(LotItem, state) >= credits
    if write.needs_open:
        guard &= OPEN & (LotItem.expires_at > write.at)
    actions = [
        getattr(LotItem, state).set(getattr(LotItem, state) + by)
        for state, by in write.delta().items()
    ]
    item = LotItem(pk=account(change), sk=keys.lot(write.lot_id))
    return Step(write=write, item=item, guard=guard, actions=actions)


def _close(change: c.Change, write: c.CloseLot) -> Step:
    left = write.lot.balance.available
    return _ended(change, write, LotItem.expired, left, LotItem.available == left)


def _void(change: c.Change, write: c.VoidLot) -> Step:
    whole = write.lot.credits
    guard = (LotItem.available == whole) & (LotItem.expires_at > write.at)
    return _ended(change, write, LotItem.voided, whole, guard)


def _ended(
    change: c.Change, write: c.CloseLot | c.VoidLot, into: Any, credits: int, guard: Any
) -> Step:
    """A lot that is open until now is closed: off the worklist, and low in the book."""
    actions = [
        LotItem.closed.set(True),
        LotItem.available.set(LotItem.available - credits),
        into.set(into + credits),
        LotItem.book.set(keys.lot_in_book(write.lot, closed=True)),
        LotItem.worklist.remove(),
        LotItem.due.remove(),
    ]
    item = LotItem(pk=account(change), sk=keys.lot(write.lot.lot_id))
    return Step(write=write, item=item, guard=OPEN & guard, actions=actions)


SETTLED = (
    "state",
    "lines",
    "decided_at",
    "decided_by",
    "decision",
    "note",
    "cleared_by",
    "clearance",
    "approved_by",
    "lapses_at",
    "remind_at",
)


def _of_request(change: c.Change, write: c.SettleRequest | c.Remind | c.EditLines) -> Step:
    after = write.redemption
    made = RedemptionItem.of(after, pk=account(change), sk=keys.redemption(after.redemption_id))
    guard: Any
    names: tuple[str, ...]
    if isinstance(write, c.EditLines):
        guard, names = _lines_as_read(write.was), ("lines",)
    elif isinstance(write, c.Remind):
        waits = RedemptionItem.state == write.was.state
        guard, names = (
            waits & as_read(RedemptionItem.remind_at, write.was.remind_at),
            ("remind_at",),
        )
    else:
        guard, names = RedemptionItem.state == write.was, SETTLED
    places = ("v", "book", "worklist", "due")
    actions = [
        set_or_remove(getattr(RedemptionItem, name), getattr(made, name))
        for name in (*names, *places)
    ]
    return Step(write=write, item=made, guard=guard, actions=actions)


def _lines_as_read(was: Redemption) -> Any:
    """Lines change only together with what was read of them: vouchers that went out stay out.

    A request of before has its line elsewhere, as long as nobody has edited it.
    """
    same = (RedemptionItem.lines == was.lines) | RedemptionItem.lines.does_not_exist()
    kept_in = as_read(RedemptionItem.exported_at, was.exported_at)
    return (RedemptionItem.state == was.state) & same & kept_in
