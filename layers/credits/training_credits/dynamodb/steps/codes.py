"""Writes of redemption codes: the card on the account, and what each text opens."""

from collections.abc import Iterator
from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Code, Opened
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import AccountItem, CodeItem, OpenerItem, UseItem
from training_credits.dynamodb.steps.base import ABSENT, PRESENT, Step, account, said_anew


def steps(
    change: c.Change, write: c.IssueCode | c.EndCode | c.RotateCode | c.UseCode
) -> Iterator[Step]:
    """Its actions, each on an item of its own."""
    match write:
        case c.IssueCode():
            yield from _issued(change, write)
        case c.EndCode(code=code, at=at):
            gone = [CodeItem.ends_at.set(at), CodeItem.book.set(keys.ended_code(code.code_id))]
            yield Step(write=write, item=_card(change, code), guard=_works(code, at), actions=gone)
        case c.RotateCode():
            yield from _rotated(change, write)
        case c.UseCode():
            yield from _used(change, write)


def _issued(change: c.Change, write: c.IssueCode) -> Iterator[Step]:
    code = write.code
    place = keys.code_of(code.code_id)
    card = CodeItem.of(code, pk=account(change), sk=place, book=place)
    yield Step(write=write, item=card, guard=ABSENT)
    yield _opener(change, write, code)
    if write.made is None:
        return
    header = AccountItem(pk=account(change), sk=keys.ACCOUNT)
    one_more = [AccountItem.codes.set(write.made + 1)]
    guard: Any = AccountItem.codes == write.made
    yield Step(write=write, item=header, guard=guard, actions=one_more)


def _opener(change: c.Change, write: c.IssueCode | c.RotateCode, code: Code) -> Step:
    opened = Opened(digest=code.digest, account_id=change.account_id, code_id=code.code_id)
    item = OpenerItem.of(opened, pk=keys.code(change.program, code.digest), sk=keys.CODE)
    return Step(write=write, item=item, guard=ABSENT)


def _rotated(change: c.Change, write: c.RotateCode) -> Iterator[Step]:
    old, new = write.old, write.new
    text = [
        CodeItem.digest.set(new.digest),
        CodeItem.previous.set(old.digest),
        CodeItem.hint.set(new.hint),
    ]
    guard = _works(old, write.at)
    yield Step(write=write, item=_card(change, old), guard=guard, actions=text)
    yield _opener(change, write, new)
    opener = OpenerItem(pk=keys.code(change.program, old.digest), sk=keys.CODE)
    grace = [OpenerItem.ends_at.set(write.old_ends_at)]
    yield Step(write=write, item=opener, guard=PRESENT, actions=grace)


def _used(change: c.Change, write: c.UseCode) -> Iterator[Step]:
    code, credits = write.code, write.credits
    back = credits < 0
    guard = PRESENT if back else _works(code, write.at)
    actions = []
    if code.limited:
        actions = [CodeItem.used.set(CodeItem.used + credits)]
        if code.limit is not None and not back:
            guard &= CodeItem.used <= code.limit - credits
    yield Step(write=write, item=_card(change, code), guard=guard, actions=actions)
    if code.limit_each is not None:
        place = keys.use(code.code_id, write.subject)
        item = UseItem(pk=account(change), sk=place)
        within: Any = UseItem.used <= code.limit_each - credits
        more = [*said_anew(item), UseItem.used.add(credits)]
        free = None if back else UseItem.used.does_not_exist() | within
        yield Step(write=write, item=item, guard=free, actions=more)


def _card(change: c.Change, code: Code) -> CodeItem:
    return CodeItem(pk=account(change), sk=keys.code_of(code.code_id))


def _works(code: Code, at: Any) -> Any:
    """It has the text and the end it was read with, and that end has not come.

    Not only an end that is still to come: who revokes it now ends it for all that is under way.
    """
    if code.ends_at is None:
        return (CodeItem.digest == code.digest) & CodeItem.ends_at.does_not_exist()
    same = CodeItem.ends_at == code.ends_at
    return (CodeItem.digest == code.digest) & same & (CodeItem.ends_at > at)
