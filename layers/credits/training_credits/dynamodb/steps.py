"""From each write of a change to its item, its actions and its guard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from training_credits.domain import change as c
from training_credits.domain.model import Submission
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import (
    AccountItem,
    CodeItem,
    EntryItem,
    Item,
    LotItem,
    OrderItem,
    OwnerItem,
    RedemptionItem,
    SeatItem,
    SubmissionItem,
)

ABSENT = Item.pk.does_not_exist()
PRESENT = Item.pk.exists()
OPEN: Any = LotItem.closed == False  # noqa: E712 - builds a condition
ACTIVE: Any = OwnerItem.active == True  # noqa: E712 - builds a condition


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One action of the transaction: a put without `actions`, a mere check with an empty list."""

    write: c.Write | Submission
    item: Item
    guard: Condition
    actions: Sequence[Action] | None = None


def steps(change: c.Change) -> Iterator[Step]:
    """Every write of a change, and its identity."""
    if change.submission is not None:
        yield _submission(change.program, change.submission)
    for write in change.writes:
        yield from _steps(change, write)


def _account(change: c.Change) -> str:
    return keys.account(change.program, change.account_id)


def _submission(program: str, submission: Submission) -> Step:
    item = SubmissionItem.of(
        submission,
        pk=keys.caller(program, submission.subject),
        sk=keys.submission(submission.operation, submission.key),
    )
    same = SubmissionItem.digest == submission.digest
    guard = ABSENT | same if submission.repeatable else ABSENT
    return Step(write=submission, item=item, guard=guard)


def _steps(change: c.Change, write: c.Write) -> Iterator[Step]:
    match write:
        case c.OpenAccount() | c.EditAccount() | c.OwnerCount():
            yield _header(change, write)
        case c.AddOwner() | c.RemoveOwner() | c.StillOwner():
            yield _owner(change, write)
        case c.TakeSeat() | c.LeaveSeat():
            yield _seat(change, write)
        case c.IssueCode():
            yield from _code(change, write)
        case c.Move():
            yield _move(change, write)
        case c.CloseLot():
            yield _close(change, write)
        case c.SettleRequest():
            yield _settled(change, write)
        case _:
            yield Step(write=write, item=_new(change, write), guard=ABSENT)


def _new(change: c.Change, write: c.Write) -> Item:
    """What is written once and must not exist."""
    pk = _account(change)
    item: Item
    match write:
        case c.PlaceOrder(order=order):
            item = OrderItem.of(order, pk=pk, sk=keys.order(order.order_id))
        case c.GrantLot(lot=lot):
            item = LotItem.of(change.program, change.account_id, lot)
        case c.MakeRequest(redemption=redemption):
            item = RedemptionItem.of(
                redemption,
                pk=pk,
                sk=keys.redemption(redemption.redemption_id),
                book=keys.redemption_in_book(redemption),
            )
        case c.Record(entry=entry):
            item = EntryItem.of(entry, pk=pk, sk=keys.entry(entry.at, entry.entry_id))
        case _:
            raise TypeError(write)
    return item


def _header(change: c.Change, write: c.OpenAccount | c.EditAccount | c.OwnerCount) -> Step:
    item = AccountItem(pk=_account(change), sk=keys.ACCOUNT)
    match write:
        case c.OpenAccount(account=account):
            opened = AccountItem.of(account, pk=item.pk, sk=item.sk, book=keys.ACCOUNT, owners=1)
            return Step(write=write, item=opened, guard=ABSENT)
        case c.EditAccount(name=name, approval=approval):
            actions = [] if name is None else [AccountItem.name.set(name)]
            actions += [] if approval is None else [AccountItem.approval.set(approval)]
            return Step(write=write, item=item, guard=PRESENT, actions=actions)
        case c.OwnerCount(expected=expected, change=by):
            more = AccountItem.owners.set(expected + by)
            return Step(
                write=write, item=item, guard=AccountItem.owners == expected, actions=[more]
            )


def _owner(change: c.Change, write: c.AddOwner | c.RemoveOwner | c.StillOwner) -> Step:
    email = write.owner.email if isinstance(write, c.AddOwner) else write.email
    place = keys.owner(email)
    item = OwnerItem(pk=_account(change), sk=place)
    match write:
        case c.AddOwner(owner=owner):
            actions = [
                OwnerItem.item.set(OwnerItem),
                OwnerItem.v.set(item.v),
                OwnerItem.book.set(place),
                OwnerItem.email.set(owner.email),
                OwnerItem.added_by.set(owner.added_by),
                OwnerItem.added_at.set(owner.added_at),
                OwnerItem.active.set(True),
            ]
            return Step(write=write, item=item, guard=ABSENT | ~ACTIVE, actions=actions)
        case c.RemoveOwner():
            leave = [OwnerItem.active.set(False), OwnerItem.book.remove()]
            return Step(write=write, item=item, guard=ACTIVE, actions=leave)
        case c.StillOwner():
            return Step(write=write, item=item, guard=ACTIVE, actions=[])


def _seat(change: c.Change, write: c.TakeSeat | c.LeaveSeat) -> Step:
    item = SeatItem(
        pk=keys.person(change.program, write.email),
        sk=keys.seat(change.account_id, only=write.only),
    )
    if isinstance(write, c.LeaveSeat):
        here = SeatItem.account_id == change.account_id
        return Step(write=write, item=item, guard=here, actions=[SeatItem.account_id.remove()])
    actions = [
        SeatItem.item.set(SeatItem),
        SeatItem.v.set(item.v),
        SeatItem.account_id.set(change.account_id),
    ]
    free = SeatItem.account_id.does_not_exist()
    return Step(write=write, item=item, guard=free, actions=actions)


def _code(change: c.Change, write: c.IssueCode) -> Iterator[Step]:
    code = write.code
    made = CodeItem.of(code, pk=keys.code(change.program, code.digest), sk=keys.CODE)
    yield Step(write=write, item=made, guard=ABSENT)
    pk = _account(change)
    if code.lot_id is None:
        owner: Item = AccountItem(pk=pk, sk=keys.ACCOUNT)
        hint = AccountItem.code_hint
    else:
        owner = LotItem(pk=pk, sk=keys.lot(code.lot_id))
        hint = LotItem.code_hint
    first = PRESENT & hint.does_not_exist()
    yield Step(write=write, item=owner, guard=first, actions=[hint.set(code.hint)])


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
    item = LotItem(pk=_account(change), sk=keys.lot(write.lot_id))
    return Step(write=write, item=item, guard=guard, actions=actions)


def _close(change: c.Change, write: c.CloseLot) -> Step:
    left = write.lot.balance.available
    actions = [
        LotItem.closed.set(True),
        LotItem.available.set(LotItem.available - left),
        LotItem.expired.set(LotItem.expired + left),
        LotItem.book.set(keys.lot_in_book(write.lot, closed=True)),
        LotItem.worklist.remove(),
        LotItem.due.remove(),
    ]
    item = LotItem(pk=_account(change), sk=keys.lot(write.lot.lot_id))
    guard = OPEN & (LotItem.available == left)
    return Step(write=write, item=item, guard=guard, actions=actions)


def _settled(change: c.Change, write: c.SettleRequest) -> Step:
    after = write.redemption
    item = RedemptionItem(
        pk=_account(change),
        sk=keys.redemption(after.redemption_id),
    )
    draws: Any = list(after.draws)  # pynamodb takes no tuple for a list
    actions = [
        RedemptionItem.state.set(after.state),
        RedemptionItem.draws.set(draws),
        RedemptionItem.decided_at.set(after.settled_at),
        RedemptionItem.decided_by.set(after.settled_by),
        RedemptionItem.book.set(keys.redemption_in_book(after)),
    ]
    if after.decision is not None:
        actions.append(RedemptionItem.decision.set(after.decision))
    if after.note is not None:
        actions.append(RedemptionItem.note.set(after.note))
    return Step(write=write, item=item, guard=RedemptionItem.state == write.was, actions=actions)
