"""Who belongs to an account: invited by address, joined by signing in, removed at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions.noting import change_of, noted
from training_credits.domain.decisions.rights import not_permitted, still
from training_credits.domain.errors import Conflict, NotFound, Reason, Refused
from training_credits.domain.model import (
    VENDOR_ROLES,
    AccountKind,
    Book,
    Caller,
    HappeningKind,
    Member,
    MemberState,
    Permission,
    Role,
)
from training_credits.domain.program import Program, TermsWhen

MEMBERS_MAX = 50
DEPUTY_DAYS_MAX = 90


def invite(
    program: Program, book: Book, caller: Caller, email: str, role: Role, now: datetime
) -> tuple[Member, c.Change]:
    """Ask somebody in; the role is theirs once they have signed in with this address (AT-24)."""
    if book.member(email) is not None:
        raise already_member()
    if book.account.kind is AccountKind.INDIVIDUAL and book.members:
        raise Refused(Reason.INDIVIDUAL_ACCOUNT, "An account of one person has no other members.")
    if len(book.members) >= MEMBERS_MAX:
        raise Refused(Reason.TOO_MANY_MEMBERS, f"An account has at most {MEMBERS_MAX} members.")
    check_role(program, caller, email, role)
    _check_asks_in(program, book, caller, role)
    member = Member(
        email=email,
        role=role,
        state=MemberState.INVITED,
        added_by=caller.person.email,
        added_at=now,
    )
    return member, change_of(
        book.account,
        c.Invite(member=member),
        noted(caller, HappeningKind.MEMBER_INVITED, now, about=email, detail=role),
        *still(program, caller, Permission.PEOPLE),
    )


def check_role(program: Program, caller: Caller, email: str, role: Role) -> None:
    """A role the program has, for somebody who is not of the vendor's staff (CI-42)."""
    if role in VENDOR_ROLES or role not in program.roles:
        raise Refused(
            Reason.ROLE_NOT_OFFERED,
            "The program has no such role.",
            offered=[known.value for known in program.roles if known not in VENDOR_ROLES],
        )
    staff = caller.vendor and email == caller.person.email
    if staff or _of_vendor(program, email):
        raise Refused(Reason.ROLE_CONFLICT, "Staff of the vendor belong to no customer's account.")


def _of_vendor(program: Program, email: str) -> bool:
    """Whether the address is of the vendor's, or of one of its subdomains."""
    domain = f".{email.rpartition('@')[2]}"
    return any(domain.endswith(f".{known}") for known in program.members.vendor_domains)


def _check_asks_in(program: Program, book: Book, caller: Caller, role: Role) -> None:
    """Staff of the vendor name an account's first owner (CI-13); the others are its own affair.

    Else one of them could be, under a private address, whoever spends there.
    """
    named = any(member.role is Role.OWNER for member in book.members)
    if caller.vendor and (named or role is not Role.OWNER):
        raise not_permitted(program, Permission.PEOPLE)


def _check_sends_away(program: Program, book: Book, caller: Caller, member: Member) -> None:
    """They take back what they asked for themselves, while nobody owns the account yet."""
    own = member.added_by == caller.person.email
    if caller.vendor and (book.owners or not own):
        raise not_permitted(program, Permission.PEOPLE)


def join(program: Program, book: Book, member: Member, caller: Caller, now: datetime) -> c.Change:
    """An invitation is accepted by signing in with its address."""
    owner = member.role is Role.OWNER
    only = owner and program.members.one_account_each
    count = (c.OwnerCount(expected=len(book.owners), change=1),) if owner else ()
    return change_of(
        book.account,
        c.Join(email=member.email, role=member.role, at=now),
        c.TakeSeat(email=member.email, role=member.role, only=only),
        *count,
        noted(caller, HappeningKind.MEMBER_JOINED, now, about=member.email, detail=member.role),
    )


def remove(program: Program, book: Book, caller: Caller, email: str, now: datetime) -> c.Change:
    """Any owner may remove any other, the creator too, but never the last (AT-22, AT-40).

    A card of theirs goes with them: nobody who stays may charge it.
    """
    member = book.member(email)
    if member is None:
        raise member_not_found()
    owner = member.role is Role.OWNER and member.active
    _check_sends_away(program, book, caller, member)
    if owner and len(book.owners) == 1:
        raise Refused(Reason.LAST_OWNER, "An account keeps at least one owner.")
    only = member.role is Role.OWNER and program.members.one_account_each
    leaving = (c.LeaveSeat(email=email, only=only),) if member.active else ()
    own = email == caller.person.email
    return change_of(
        book.account,
        c.RemoveMember(email=email, role=member.role, was=member.state, at=now),
        *leaving,
        *_without(book, caller, email, now, owner=owner),
        noted(caller, HappeningKind.MEMBER_REMOVED, now, about=email, detail=member.role),
        *(() if own else still(program, caller, Permission.PEOPLE)),
    )


def _without(
    book: Book, caller: Caller, email: str, now: datetime, *, owner: bool
) -> tuple[c.Write, ...]:
    """What the account's header loses: one of its owners, the card they have kept."""
    kept = book.account.card
    card = kept if kept is not None and kept.kept_by == email else None
    count = c.OwnerCount(expected=len(book.owners), change=-1, dropped=card)
    if card is None:
        return (count,) if owner else ()
    line = noted(
        caller, HappeningKind.ACCOUNT_EDITED, now, about="account", detail="card_kept: False"
    )
    return (count if owner else c.EditAccount(dropped=card), line)


def name_deputy(
    program: Program, book: Book, caller: Caller, email: str, until: date | None, now: datetime
) -> tuple[Member, c.Change | None]:
    """Let a member decide on requests to the end of a day; with None, no longer.

    Nobody of the vendor's says who decides for a customer. No change where it is so already.
    """
    if caller.vendor:
        raise not_permitted(program, Permission.PEOPLE)
    member = book.member(email)
    if member is None or not member.active:
        raise member_not_found()
    if until is not None:
        _check_deputy(program, caller, member, until, now)
    if until == member.decides_until:
        return member, None
    detail = f"until {until}" if until is not None else "no longer"
    return replace(member, decides_until=until), change_of(
        book.account,
        c.NameDeputy(email=email, until=until),
        noted(caller, HappeningKind.DEPUTY_NAMED, now, about=email, detail=detail),
        *still(program, caller, Permission.PEOPLE),
    )


def _check_deputy(
    program: Program, caller: Caller, member: Member, until: date, now: datetime
) -> None:
    """For a while, and for somebody who does not decide anyway."""
    deciding = program.who_may(Permission.DECIDE)
    if member.role in deciding or member.email == caller.person.email:
        raise Refused(
            Reason.ROLE_CONFLICT, "A deputy is somebody else, whose role does not decide anyway."
        )
    today = program.today(now)
    latest = today + timedelta(days=DEPUTY_DAYS_MAX)
    if not today <= until <= latest:
        raise Refused(
            Reason.DATE_NOT_POSSIBLE,
            f"A deputy is named for at most {DEPUTY_DAYS_MAX} days, from today on.",
            earliest=today.isoformat(),
            latest=latest.isoformat(),
        )


def accept_terms(program: Program, caller: Caller, version: str, now: datetime) -> c.Change:
    """Once for each person and version (CI-27)."""
    if program.terms.when is not TermsWhen.FIRST_LOGIN or version != program.terms.version:
        raise Refused(
            Reason.TERMS_UNKNOWN,
            "These are not the terms to accept now.",
            version=program.terms.version or None,
        )
    accepted = c.AcceptTerms(
        email=caller.person.email, subject=caller.person.subject, version=version, at=now
    )
    return c.Change(program=program.id, account_id="", writes=(accepted,))


def member_not_found() -> NotFound:
    """Neither a member nor asked to be one."""
    return NotFound(Reason.MEMBER_NOT_FOUND, "This person does not belong to the account.")


def already_owner() -> Conflict:
    """The same answer for this account and another, which is not named."""
    return Conflict(Reason.ALREADY_OWNER, "This person already owns a training credit account.")


def already_member() -> Conflict:
    """Of this account, or asked to be."""
    return Conflict(Reason.ALREADY_MEMBER, "This person already belongs to the account.")
