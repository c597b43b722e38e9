"""Writes of accounts and people: headers, members, seats, invitations, terms, history."""

from collections.abc import Iterator
from typing import Any

from pynamodb.expressions.update import Action

from training_credits.domain import change as c
from training_credits.domain.model import MemberState
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import (
    AccountItem,
    DigestItem,
    HappeningItem,
    InvitationItem,
    MemberItem,
    PreferencesItem,
    SeatItem,
    TermsItem,
)
from training_credits.dynamodb.steps.base import (
    ABSENT,
    ACTIVE,
    PRESENT,
    Step,
    account,
    said_anew,
    set_or_remove,
)

EDITABLE = (
    "name",
    "kind",
    "approval",
    "four_eyes",
    "contacts",
    "agreement",
    "proposed",
    "card",
    "automatic_below",
)


def steps(change: c.Change, write: c.Write) -> Iterator[Step]:
    """Its actions, each on an item of its own."""
    match write:
        case c.OpenAccount() | c.EditAccount() | c.OwnerCount():
            yield _header(change, write)
        case c.Invite():
            yield from _invited(change, write)
        case c.Join() | c.RemoveMember():
            yield from _membership(change, write)
        case c.StillMember() | c.NameDeputy():
            yield _in_office(change, write)
        case c.TakeSeat() | c.LeaveSeat():
            yield _seat(change, write)
        case c.AcceptTerms():
            yield _terms(change, write)
        case c.SetPreferences():
            yield _preferences(change, write)
        case c.PlanDigest() | c.EndDigest():
            yield _digest(change, write)
        case c.Note(happening=happening):
            line = HappeningItem.of(happening, pk=account(change), sk=keys.happening(happening))
            yield Step(write=write, item=line, guard=ABSENT)
        case _:
            raise TypeError(write)


def _in_office(change: c.Change, write: c.StillMember | c.NameDeputy) -> Step:
    item = MemberItem(pk=account(change), sk=keys.member(write.email))
    if isinstance(write, c.NameDeputy):
        named = [set_or_remove(MemberItem.decides_until, write.until)]
        return Step(write=write, item=item, guard=ACTIVE, actions=named)
    fitting = MemberItem.role.is_in(*write.roles)
    if write.deputy_until is not None:
        fitting |= MemberItem.decides_until == write.deputy_until
    return Step(write=write, item=item, guard=ACTIVE & fitting, actions=[])


def _header(change: c.Change, write: c.OpenAccount | c.EditAccount | c.OwnerCount) -> Step:
    item = AccountItem(pk=account(change), sk=keys.ACCOUNT)
    if isinstance(write, c.OpenAccount):
        made = AccountItem.of(
            write.account, pk=item.pk, sk=item.sk, book=keys.ACCOUNT, owners=write.owners
        )
        return Step(write=write, item=made, guard=ABSENT)
    guard: Any
    actions: list[Action]
    if isinstance(write, c.OwnerCount):
        guard = AccountItem.owners == write.expected
        actions = [AccountItem.owners.set(write.expected + write.change)]
    else:
        guard, actions = _unchanged(write), _edits(write)
    if write.dropped is not None:
        # By its method: an item of before does not say whose card it is.
        guard &= AccountItem.card.contains(write.dropped.method_id)
        actions.append(AccountItem.card.remove())
    return Step(write=write, item=item, guard=guard, actions=actions)


def _edits(write: c.EditAccount) -> list[Action]:
    said = {name: getattr(write, name) for name in EDITABLE}
    actions: list[Action] = [
        getattr(AccountItem, name).set(value) for name, value in said.items() if value is not None
    ]
    if write.agreement is not None and write.proposed is None:
        actions.append(AccountItem.proposed.remove())
    return actions


def _unchanged(write: c.EditAccount) -> Any:
    """What is said anew is still what it was when it was read."""
    guard: Any = PRESENT
    if write.was is None:
        return guard
    for name in ("name", "approval", "four_eyes", "contacts"):
        if getattr(write, name) is not None:
            guard &= getattr(AccountItem, name) == getattr(write.was, name)
    if write.automatic_below is not None:
        known = AccountItem.automatic_below == write.was.automatic_below
        # An item of before there were thresholds has none.
        none = AccountItem.automatic_below.does_not_exist()
        guard &= known if write.was.automatic_below else known | none
    if write.agreement is not None or write.proposed is not None:
        for name in ("agreement", "proposed"):
            before, kept = getattr(write.was, name), getattr(AccountItem, name)
            guard &= kept.does_not_exist() if before is None else kept == before
    return guard


def _invited(change: c.Change, write: c.Invite) -> Iterator[Step]:
    """A removed member may be asked again: the item is made anew, field by field."""
    member = write.member
    place = keys.member(member.email)
    item = MemberItem.of(member, pk=account(change), sk=place, book=place)
    actions = [
        *said_anew(item, "book", "email", "role", "state", "added_by", "added_at", "accepted_at"),
        MemberItem.removed_at.remove(),
        MemberItem.decides_until.remove(),
    ]
    guard = ABSENT | (MemberItem.state == MemberState.REMOVED)
    yield Step(write=write, item=item, guard=guard, actions=actions)
    if member.state is MemberState.INVITED:
        pointer = InvitationItem(
            pk=keys.person(change.program, member.email),
            sk=keys.invitation(change.account_id),
            account_id=change.account_id,
            role=member.role,
            open=True,
        )
        yield Step(write=write, item=pointer, guard=None)


def _membership(change: c.Change, write: c.Join | c.RemoveMember) -> Iterator[Step]:
    item = MemberItem(pk=account(change), sk=keys.member(write.email))
    was = MemberState.INVITED if isinstance(write, c.Join) else write.was
    guard = (MemberItem.state == was) & (MemberItem.role == write.role)
    actions: list[Action]
    if isinstance(write, c.Join):
        actions = [MemberItem.state.set(MemberState.ACTIVE), MemberItem.accepted_at.set(write.at)]
    else:
        gone = MemberItem.removed_at.set(write.at)
        actions = [MemberItem.state.set(MemberState.REMOVED), MemberItem.book.remove(), gone]
    yield Step(write=write, item=item, guard=guard, actions=actions)
    if was is MemberState.INVITED:
        person = keys.person(change.program, write.email)
        pointer = InvitationItem(pk=person, sk=keys.invitation(change.account_id))
        answered = [InvitationItem.open.set(False)]
        yield Step(write=write, item=pointer, guard=PRESENT, actions=answered)


def _seat(change: c.Change, write: c.TakeSeat | c.LeaveSeat) -> Step:
    item = SeatItem(
        pk=keys.person(change.program, write.email),
        sk=keys.seat(change.account_id, only=write.only),
    )
    if isinstance(write, c.LeaveSeat):
        here = SeatItem.account_id == change.account_id
        return Step(write=write, item=item, guard=here, actions=[SeatItem.account_id.remove()])
    item.account_id, item.role = change.account_id, write.role
    actions = said_anew(item, "account_id", "role")
    free = SeatItem.account_id.does_not_exist()
    return Step(write=write, item=item, guard=free, actions=actions)


def _terms(change: c.Change, write: c.AcceptTerms) -> Step:
    """Said twice, the first time stays."""
    pk = keys.person(change.program, write.email)
    item = TermsItem(pk=pk, sk=keys.terms(write.version), version=write.version)
    actions = [
        *said_anew(item, "version"),
        TermsItem.subject.set(TermsItem.subject | write.subject),
        TermsItem.at.set(TermsItem.at | write.at),
    ]
    return Step(write=write, item=item, guard=None, actions=actions)


def _preferences(change: c.Change, write: c.SetPreferences) -> Step:
    pk = keys.preferences(change.program, write.email)
    item = PreferencesItem.of(write.preferences, pk=pk, sk=keys.PREFERENCES)
    actions = said_anew(item, "off", "transactions", "language")
    return Step(write=write, item=item, guard=None, actions=actions)


def _digest(change: c.Change, write: c.PlanDigest | c.EndDigest) -> Step:
    """It stays when it is done, off the worklist: an event that comes late plans nothing anew."""
    pk, sk = account(change), keys.digest(write.email, write.day)
    if isinstance(write, c.EndDigest):
        done = [DigestItem.worklist.remove(), DigestItem.due.remove()]
        waits = DigestItem.worklist.exists()
        return Step(write=write, item=DigestItem(pk=pk, sk=sk), guard=waits, actions=done)
    item = DigestItem(
        pk=pk,
        sk=sk,
        worklist=keys.digest_shard(change.program, keys.shard_of(sk)),
        due=keys.digest_due(change.account_id, sk, write.at),
        account_id=change.account_id,
        email=write.email,
        day=write.day,
    )
    return Step(write=write, item=item, guard=ABSENT)
