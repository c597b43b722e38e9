"""Writes that move credits: lots, requests, entries."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.expressions.update import Action

from training_credits.domain import change as c
from training_credits.domain.model import Lot, Redemption
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
    | c.TellLot
    | c.MakeRequest
    | c.SettleRequest
    | c.Remind
    | c.Nudge
    | c.EditLines
    | c.Record
)


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    match write:
        case c.GrantLot() | c.Record() | c.MakeRequest():
            return Step(write=write, item=_new(change, write), guard=ABSENT)
        case c.SettleRequest() | c.Remind() | c.Nudge() | c.EditLines():
            return _of_request(change, write)
        case c.Move():
            return _move(change, write)
        case c.VoidLot():
            return _void(change, write)
        case c.CloseLot():
            return _close(change, write)
        case c.TellLot():
            return _tell(change, write)


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
        getattr(LotItem, state).set(_kept(getattr(LotItem, state)) + by)
        for state, by in write.delta().items()
    ]
    item = LotItem(pk=account(change), sk=keys.lot(write.lot_id))
    return Step(write=write, item=item, guard=guard, actions=actions)


def _kept(state: Any) -> Any:
    """How many are in a state now; lots of before know nothing of reissues."""
    return state | 0 if state is LotItem.reissued else state


def _close(change: c.Change, write: c.CloseLot) -> Step:
    left = write.lot.balance.available
    return _ended(change, write, LotItem.expired, left, LotItem.available == left, write.call_at)


def _void(change: c.Change, write: c.VoidLot) -> Step:
    whole = write.lot.credits
    guard = (LotItem.available == whole) & (LotItem.expires_at > write.at)
    return _ended(change, write, LotItem.voided, whole, guard)


def _ended(
    change: c.Change,
    write: c.CloseLot | c.VoidLot,
    into: Any,
    credits: int,
    guard: Any,
    call_at: datetime | None = None,
) -> Step:
    """A lot that is open until now is closed: low in the book, and as a rule off the worklist."""
    after = replace(write.lot, closed=True, notice_at=call_at)
    actions = [
        LotItem.closed.set(True),
        LotItem.available.set(LotItem.available - credits),
        into.set(into + credits),
        LotItem.book.set(keys.lot_in_book(write.lot, closed=True)),
        *_due(change, after),
    ]
    item = LotItem(pk=account(change), sk=keys.lot(write.lot.lot_id))
    return Step(write=write, item=item, guard=OPEN & guard, actions=actions)


def _due(change: c.Change, lot: Lot) -> tuple[Action, ...]:
    """Where a lot stands on the worklist from now on, if anywhere."""
    due = keys.due(change.account_id, lot)
    moved = set_or_remove(LotItem.due, due)
    return (moved,) if due else (LotItem.worklist.remove(), moved)


def _tell(change: c.Change, write: c.TellLot) -> Step:
    due = keys.due(change.account_id, write.was)
    guard: Any = (LotItem.closed == write.was.closed) & as_read(LotItem.due, due)
    actions = list(_due(change, write.lot))
    if write.says:
        guard &= (LotItem.expired if write.was.closed else LotItem.available) > 0
        actions.append(set_or_remove(LotItem.told, write.lot.told))
    item = LotItem(pk=account(change), sk=keys.lot(write.lot.lot_id))
    return Step(write=write, item=item, guard=guard, actions=actions)


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
    "nudge_at",
)
WORK = ("worklist", "due")


def _of_request(
    change: c.Change, write: c.SettleRequest | c.Remind | c.Nudge | c.EditLines
) -> Step:
    after = write.redemption
    made = RedemptionItem.of(after, pk=account(change), sk=keys.redemption(after.redemption_id))
    guard: Any
    names: tuple[str, ...]
    match write:
        case c.EditLines(was=was):
            # What is due of it is not theirs: a nudge may have gone out since they have read.
            guard, names = lines_as_read(was), ("lines",)
        case c.Remind(was=was):
            waits = RedemptionItem.state == was.state
            guard = waits & as_read(RedemptionItem.remind_at, was.remind_at)
            names = ("remind_at", *WORK)
        case c.Nudge(was=was):
            booked = RedemptionItem.state == was.state
            guard = booked & as_read(RedemptionItem.nudge_at, was.nudge_at)
            names = ("nudge_at", "nudged_at", *WORK)
        case c.SettleRequest(was=state):
            guard, names = RedemptionItem.state == state, (*SETTLED, *WORK)
    actions = [
        set_or_remove(getattr(RedemptionItem, name), getattr(made, name))
        for name in (*names, "v", "book")
    ]
    return Step(write=write, item=made, guard=guard, actions=actions)


def lines_as_read(was: Redemption) -> Any:
    """Lines change only together with what was read of them: vouchers that went out stay out.

    A request of before has its line elsewhere, as long as nobody has edited it.
    """
    same = (RedemptionItem.lines == was.lines) | RedemptionItem.lines.does_not_exist()
    kept_in = as_read(RedemptionItem.exported_at, was.exported_at)
    return (RedemptionItem.state == was.state) & same & kept_in
