"""Who decides on requests: owners and their deputies, and on what goes abroad the advisor."""

from datetime import date, datetime

from training_credits.domain.change import StillMember, Write
from training_credits.domain.decisions.rights import check_book, still
from training_credits.domain.errors import Forbidden
from training_credits.domain.model import Book, Caller, Permission, Redemption, RedemptionState
from training_credits.domain.program import Program
from training_credits.ports import Depth, Ledger
from training_credits.programs import program_named


def book_to_decide(ledger: Ledger, caller: Caller, account_id: str, now: datetime) -> Book:
    """The book for who decides something here: an owner, a deputy, or the vendor's advisor."""
    program = program_named(caller.program, now)
    book = ledger.book(caller.program, account_id, Depth.REQUESTS)
    if book is not None and _deputy(program, book, caller, now):
        return book
    try:
        return check_book(program, book, caller, Permission.DECIDE)
    except Forbidden as no:
        try:
            return check_book(program, book, caller, Permission.CLEAR)
        except Forbidden:
            raise no from None


def still_decides(
    program: Program, caller: Caller, book: Book, before: Redemption, now: datetime
) -> tuple[Write, ...]:
    """Who may say yes to this one, and the guard that they still may when it is written.

    What goes abroad is the advisor's, everything else is not (CI-41).
    """
    referred = before.state is RedemptionState.REFERRED
    needed = Permission.CLEAR if referred else Permission.DECIDE
    until = None if referred else _deputy(program, book, caller, now)
    if until is not None:
        roles = program.who_may(needed)
        return (StillMember(email=caller.person.email, roles=roles, deputy_until=until),)
    check_book(program, book, caller, needed)
    return still(program, caller, needed)


def _deputy(program: Program, book: Book, caller: Caller, now: datetime) -> date | None:
    """Until when an owner lets the caller decide; None if they may not, or not so."""
    member = book.member(caller.person.email)
    if caller.vendor or member is None or not member.deputy(program.today(now)):
        return None
    return member.decides_until
