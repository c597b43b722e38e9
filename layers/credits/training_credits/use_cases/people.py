"""Signing in, terms, and who belongs to an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import people as decisions
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import (
    Caller,
    Member,
    MemberState,
    Permission,
    Presence,
    Role,
    Seat,
)
from training_credits.domain.program import Program, Terms, TermsWhen
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """What awaits somebody who has signed in: accounts, and terms still to accept."""

    presence: Presence
    terms: Terms | None


def sign_in(
    ledger: Ledger, clock: Clock, caller: Caller, accept: Collection[str] | None = None
) -> SignedIn:
    """Join the accounts this verified address was asked into (AT-24); say what is to accept.

    All of them, or only those that are named in `accept`.

    An invitation that a seat elsewhere stands against stays as it is; staff of the vendor join
    nothing (CI-42).
    """
    presence = ledger.presence(caller.program, caller.person.email)
    asked = () if caller.vendor else presence.invitations
    wanted = [seat for seat in asked if accept is None or seat.account_id in accept]
    for invitation in wanted:
        _join(ledger, clock, caller, invitation)
    if wanted:
        presence = ledger.presence(caller.program, caller.person.email)
    program = program_named(caller.program, clock())
    due = gating(program, caller) and program.terms.version not in presence.terms
    return SignedIn(presence=presence, terms=program.terms if due else None)


def _join(ledger: Ledger, clock: Clock, caller: Caller, invitation: Seat) -> None:
    def attempt(now: datetime) -> None:
        book = ledger.book(caller.program, invitation.account_id, Depth.MEMBERS)
        member = book.member(caller.person.email) if book else None
        if book is None or member is None or member.state is not MemberState.INVITED:
            return
        program = program_named(caller.program, now)
        ledger.commit(decisions.join(program, book, member, caller, now))

    try:
        until_fresh(clock, attempt)
    except Conflict:
        return


def own_accounts(ledger: Ledger, caller: Caller) -> Presence:
    """The accounts the caller belongs to or is asked into, with their role there."""
    return ledger.presence(caller.program, caller.person.email)


def check_terms(ledger: Ledger, clock: Clock, caller: Caller) -> None:
    """No access before the terms in force are accepted, where the program says so (CI-27)."""
    program = program_named(caller.program, clock())
    if gating(program, caller):
        version = program.terms.version
        accepted = ledger.accepted(caller.program, caller.person.email, version)
        check_accepted(program, caller, accepted=accepted)


def gating(program: Program, caller: Caller) -> bool:
    """Whether terms must be accepted first; the vendor's own staff are not asked."""
    return program.terms.when is TermsWhen.FIRST_LOGIN and not caller.vendor


def check_accepted(program: Program, caller: Caller, *, accepted: bool) -> None:
    """The same where it was read together with something else."""
    if gating(program, caller) and not accepted:
        raise Forbidden(
            Reason.TERMS_REQUIRED,
            "Accept the terms first.",
            version=program.terms.version,
            url=program.terms.url,
        )


def accept_terms(ledger: Ledger, clock: Clock, caller: Caller, version: str) -> str:
    """Accept the version in force; said again, it changes nothing."""
    now = clock()
    program = program_named(caller.program, now)
    ledger.commit(decisions.accept_terms(program, caller, version, now))
    return version


def invite(
    ledger: Ledger, clock: Clock, intent: Intent, account_id: str, email: str, role: Role
) -> str:
    """Ask somebody in, by the address they sign in with.

    Who owns an account elsewhere is refused at once where only one is allowed (AT-23).
    """
    caller = intent.caller

    def decide(now: datetime) -> tuple[Member, Change]:
        program = program_named(caller.program, now)
        book = ledger.book(caller.program, account_id, Depth.MEMBERS)
        found = check_book(program, book, caller, Permission.PEOPLE)
        if role is Role.OWNER:
            check_free(ledger, program, email)
        return decisions.invite(program, found, caller, email, role, now)

    return carry_out(ledger, clock, intent, decide)


def check_free(ledger: Ledger, program: Program, email: str) -> None:
    """Where a person may own one account only, this one owns none yet (AT-23)."""
    if not program.members.one_account_each:
        return
    seats = ledger.presence(program.id, email).seats
    if any(seat.role is Role.OWNER for seat in seats):
        raise decisions.already_owner()


def remove(ledger: Ledger, clock: Clock, caller: Caller, account_id: str, email: str) -> None:
    """Take the rights away, at once; or somebody leaves of themselves."""

    def attempt(now: datetime) -> None:
        program = program_named(caller.program, now)
        own = email == caller.person.email
        book = ledger.book(caller.program, account_id, Depth.MEMBERS)
        found = check_book(program, book, caller, Permission.READ if own else Permission.PEOPLE)
        ledger.commit(decisions.remove(program, found, caller, email, now))

    until_fresh(clock, attempt)


def name_deputy(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    email: str,
    until: date | None,
) -> Member:
    """Let a member decide on requests to the end of a day; with None, no longer."""

    def attempt(now: datetime) -> Member:
        program = program_named(caller.program, now)
        book = ledger.book(caller.program, account_id, Depth.MEMBERS)
        found = check_book(program, book, caller, Permission.PEOPLE)
        member, change = decisions.name_deputy(program, found, caller, email, until, now)
        if change is not None:
            ledger.commit(change)
        return member

    return until_fresh(clock, attempt)
