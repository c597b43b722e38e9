"""Who may do what on an account. What a caller may not see does not exist for them."""

from training_credits.domain import change as c
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import (
    VENDOR_ROLES,
    Account,
    Book,
    Caller,
    Member,
    Permission,
    Redemption,
    Role,
    roles_of,
)
from training_credits.domain.program import Program


def account_not_found() -> NotFound:
    """The one answer for an account that does not exist and one that is somebody else's."""
    return NotFound(Reason.ACCOUNT_NOT_FOUND, "There is no such account for you.")


def staff_roles(caller: Caller) -> frozenset[Role]:
    """The roles somebody of the vendor's has on no account in particular."""
    return frozenset({Role.OPERATOR}) if caller.operates else frozenset()


def check_may(
    program: Program,
    account: Account | None,
    member: Member | None,
    caller: Caller,
    permission: Permission,
) -> Account:
    """The account, if one of the caller's roles has the permission there.

    Whoever has no role at all on the account learns nothing; whoever has one learns which roles
    could do it.
    """
    roles = roles_of(account, member, caller) if account is not None else frozenset()
    if account is None or not roles:
        raise account_not_found()
    if not program.may(roles, permission):
        raise not_permitted(program, permission)
    return account


def check_book(program: Program, book: Book | None, caller: Caller, permission: Permission) -> Book:
    """The same, for an account that was read as a book."""
    if book is None:
        raise account_not_found()
    check_may(program, book.account, book.member(caller.person.email), caller, permission)
    return book


def still(program: Program, caller: Caller, permission: Permission) -> tuple[c.Write, ...]:
    """The guard that a member still has the right when it is written; vendors have a token."""
    if caller.vendor:
        return ()
    roles = tuple(r for r in program.who_may(permission) if r not in VENDOR_ROLES)
    return (c.StillMember(email=caller.person.email, roles=roles),)


def needed_by_learner(redemption: Redemption, caller: Caller) -> Permission | None:
    """What whoever asked needs, then and for each step after it; None with codes (CI-14, SF-29).

    Members who were removed, and staff whom the account no longer names, have no way back to it.
    """
    if redemption.bearer:
        return None
    paid = any(line.tenders for line in redemption.lines)
    return Permission.SPEND if paid or caller.vendor else Permission.READ


def not_permitted(program: Program, permission: Permission) -> Forbidden:
    """For somebody who belongs to the account, in a role that may not do this."""
    return Forbidden(
        Reason.NOT_PERMITTED,
        "Your role on this account does not allow this.",
        needed=permission.value,
        roles=[role.value for role in program.who_may(permission)],
    )
