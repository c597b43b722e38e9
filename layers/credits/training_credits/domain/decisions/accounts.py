"""Opening and editing accounts, their owners, and their redemption code."""

from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason, Refused
from training_credits.domain.model import (
    Account,
    Approval,
    Book,
    Caller,
    Code,
    CodeScope,
    Owner,
)
from training_credits.domain.program import Onboarding, Program

OWNERS_MAX = 20


def open_account(
    program: Program,
    caller: Caller,
    *,
    account_id: str,
    name: str | None,
    approval: Approval | None,
    owner: str | None,
    now: datetime,
) -> tuple[Account, c.Change]:
    """Open an account whose first owner is its creator, or whom an operator names (AT-01 to 03)."""
    email = _first_owner(program, caller, owner)
    account = Account(
        account_id=account_id,
        program=program.id,
        name=name or (caller.person.name if email == caller.person.email else email),
        approval=_offered(program, approval or program.approvals.default),
        opened_by=caller.person.email,
        opened_at=now,
    )
    first = Owner(email=email, added_by=caller.person.email, added_at=now)
    writes = (
        c.OpenAccount(account=account),
        c.AddOwner(owner=first),
        c.TakeSeat(email=email, only=program.owners.one_account_each),
    )
    return account, c.Change(program=program.id, account_id=account_id, writes=writes)


def _first_owner(program: Program, caller: Caller, owner: str | None) -> str:
    if caller.operates:
        if owner is None:
            raise Refused(Reason.OWNER_REQUIRED, "Name the customer who will own the account.")
        if owner == caller.person.email:
            raise Refused(Reason.ROLE_CONFLICT, "Staff of the vendor own no customer's account.")
        return owner
    if program.onboarding is Onboarding.VENDOR:
        raise Forbidden(Reason.OPERATOR_ONLY, "The vendor opens accounts of this program.")
    if owner not in (None, caller.person.email):
        raise Forbidden(Reason.OPERATOR_ONLY, "Only the vendor may open an account for another.")
    return caller.person.email


def edit_account(
    program: Program, book: Book, caller: Caller, *, name: str | None, approval: Approval | None
) -> c.Change:
    """Rename, or change who approves; requests that are pending keep waiting (AT-04)."""
    if approval is not None:
        _offered(program, approval)
    edit = c.EditAccount(name=name, approval=approval)
    return _change(book, edit, c.StillOwner(email=caller.person.email))


def _offered(program: Program, approval: Approval) -> Approval:
    if approval not in program.approvals.modes:
        raise Refused(
            Reason.APPROVAL_NOT_OFFERED,
            "The program does not offer this way to approve.",
            offered=[mode.value for mode in program.approvals.modes],
        )
    return approval


def add_owner(program: Program, book: Book, caller: Caller, email: str, now: datetime) -> c.Change:
    """One more owner with equal rights; who owns elsewhere is refused at commit (AT-22 to 24)."""
    if book.owned_by(email):
        raise already_owner()
    if len(book.owners) >= OWNERS_MAX:
        raise Refused(Reason.TOO_MANY_OWNERS, f"An account has at most {OWNERS_MAX} owners.")
    return _change(
        book,
        c.AddOwner(owner=Owner(email=email, added_by=caller.person.email, added_at=now)),
        c.TakeSeat(email=email, only=program.owners.one_account_each),
        c.OwnerCount(expected=len(book.owners), change=1),
        c.StillOwner(email=caller.person.email),
    )


def already_owner() -> Conflict:
    """The same answer for this account and another, which is not named."""
    return Conflict(Reason.ALREADY_OWNER, "This person already owns a training credit account.")


def remove_owner(program: Program, book: Book, caller: Caller, email: str) -> c.Change:
    """Any owner may remove any other, the creator too, but never the last (AT-22, AT-40)."""
    if not book.owned_by(email):
        raise NotFound(Reason.OWNER_NOT_FOUND, "This person is not an owner of the account.")
    if len(book.owners) == 1:
        raise Refused(Reason.LAST_OWNER, "An account keeps at least one owner.")
    leaving = (
        c.RemoveOwner(email=email),
        c.LeaveSeat(email=email, only=program.owners.one_account_each),
        c.OwnerCount(expected=len(book.owners), change=-1),
    )
    still = () if email == caller.person.email else (c.StillOwner(email=caller.person.email),)
    return _change(book, *leaving, *still)


def issue_code(
    program: Program,
    book: Book,
    caller: Caller,
    *,
    digest: str,
    hint: str,
    lot_id: str | None,
    now: datetime,
) -> c.Change:
    """The one redemption code of an account, or of a lot, as the program says (AT-14, AT-15)."""
    scope = program.codes.scope
    if scope is CodeScope.NONE or (scope is CodeScope.ACCOUNT and lot_id is not None):
        raise Refused(Reason.CODE_NOT_OFFERED, "The program has no such redemption codes.")
    if scope is CodeScope.LOT and not any(lot.lot_id == lot_id for lot in book.lots):
        raise NotFound(Reason.LOT_NOT_FOUND, "A code of this program opens one lot: name it.")
    if book.account.code_hint is not None and scope is CodeScope.ACCOUNT:
        raise code_exists()
    code = Code(
        digest=digest,
        account_id=book.account.account_id,
        hint=hint,
        made_by=caller.person.email,
        made_at=now,
        lot_id=lot_id,
    )
    return _change(book, c.IssueCode(code=code), c.StillOwner(email=caller.person.email))


def code_exists() -> Conflict:
    """There is one code, it was shown once, and the program lets nobody replace it."""
    return Conflict(Reason.CODE_EXISTS, "There is a redemption code already.")


def _change(book: Book, *writes: c.Write) -> c.Change:
    account = book.account
    return c.Change(program=account.program, account_id=account.account_id, writes=writes)
