"""Cases are opened, redrafted, taken on, and seen."""

from datetime import datetime
from typing import NoReturn

from training_credits.domain.change import Change
from training_credits.domain.decisions import disputes, renewal
from training_credits.domain.decisions.cases import Asking, Draft, NextCaseStep, no_transfer
from training_credits.domain.decisions.rights import account_not_found, check_book, staff_roles
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import Book, Caller, Case, CaseKind, Entry, Permission
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger, Page
from training_credits.programs import program_named
from training_credits.use_cases.entries import MOMENT
from training_credits.use_cases.expire import close
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import Intent, carry_out, until_fresh

# No request makes more entries than one at an instant, and few share one.
SAME_INSTANT_MAX = 25


def open_case(
    ledger: Ledger, clock: Clock, intent: Intent, *, account_id: str, asking: Asking
) -> str:
    """Ask the vendor about a lot or a transaction; one read for each, and the book."""
    caller = intent.caller
    case_id = derived("case", account_id, caller.person.subject, intent.key)

    def decide(now: datetime) -> tuple[Case, Change]:
        program, book = _book(ledger, caller, account_id, Permission.CLAIM, now)
        if asking.kind is not CaseKind.DISPUTE:
            lot_id = asking.lot_id or ""
            before = ledger.newest_case(caller.program, account_id, lot_id, asking.kind)
            return renewal.ask(program, book, asking, before, caller, case_id, now)
        entry = _entry(ledger, caller, account_id, asking)
        before = ledger.case(
            caller.program, account_id, disputes.case_of(account_id, entry.entry_id)
        )
        if before is not None:
            raise disputes.already_disputed(before)
        return disputes.dispute(program, book, entry, asking, caller, now)

    return carry_out(ledger, clock, intent, decide)


def transfer(ledger: Ledger, clock: Clock, caller: Caller, account_id: str) -> NoReturn:
    """Whoever might ask for it is told that there is none (SF-16)."""
    check_right(ledger, clock, caller, account_id, Permission.CLAIM)
    raise no_transfer()


def redraft(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    *,
    account_id: str,
    case_id: str,
    draft: Draft,
) -> Case:
    """Another plan or reason, while nobody has asked yet; the case as it is afterwards."""

    def attempt(now: datetime) -> Case:
        program, book = _book(ledger, caller, account_id, Permission.CLAIM, now)
        case = _case(ledger, caller, account_id, case_id)
        after, change = renewal.redraft(program, book, case, draft, caller, now)
        ledger.commit(change)
        return after

    return until_fresh(clock, attempt)


def move(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    case_id: str,
    said: NextCaseStep,
) -> str:
    """One step on, by whom it is; of what is granted, the end that has come is booked first."""
    caller = intent.caller

    def decide(now: datetime) -> tuple[Case, Change]:
        program, book = _book(ledger, caller, account_id, Permission.READ, now)
        case = _case(ledger, caller, account_id, case_id)
        if case.kind is CaseKind.DISPUTE:
            return _judged(ledger, program, book, case, caller, said, now)
        decided = renewal.move(program, book, case, caller, said, now)
        if not renewal.unswept(book, case, said, now):
            return decided
        close(ledger, clock, caller.program, account_id, case.lot_id or "")
        program, book = _book(ledger, caller, account_id, Permission.READ, now)
        return renewal.move(program, book, case, caller, said, now)

    return carry_out(ledger, clock, intent, decide)


def read(ledger: Ledger, clock: Clock, caller: Caller, account_id: str, case_id: str) -> Case:
    """One case, with its history."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    return _case(ledger, caller, account_id, case_id)


def of_account(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> Page[Case]:
    """What an account has asked for, oldest first."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    return ledger.cases(caller.program, account_id, cursor, limit)


def waiting(
    ledger: Ledger, clock: Clock, caller: Caller, *, cursor: str | None, limit: int
) -> Page[Case]:
    """Every case of the program that waits for the vendor, the most urgent first."""
    program = program_named(caller.program, clock())
    if not program.may(staff_roles(caller), Permission.REVIEW):
        raise Forbidden(Reason.OPERATOR_ONLY, "The vendor's operators see all cases.")
    return ledger.open_cases(caller.program, cursor, limit)


def _judged(
    ledger: Ledger,
    program: Program,
    book: Book,
    case: Case,
    caller: Caller,
    said: NextCaseStep,
    now: datetime,
) -> tuple[Case, Change]:
    redemption_id = case.redemption_id or ""
    found = ledger.redemptions(caller.program, case.account_id, [redemption_id])
    if not found:
        raise _not_found()
    known = ledger.vouchers(caller.program, case.account_id, redemption_id)
    return disputes.move(program, book, case, found[0], known, caller, said, now)


def _book(
    ledger: Ledger, caller: Caller, account_id: str, permission: Permission, now: datetime
) -> tuple[Program, Book]:
    program = program_named(caller.program, now)
    book = ledger.book(caller.program, account_id, Depth.PAST)
    if book is None:
        raise account_not_found()
    return program, check_book(program, book, caller, permission)


def _case(ledger: Ledger, caller: Caller, account_id: str, case_id: str) -> Case:
    case = ledger.case(caller.program, account_id, case_id)
    if case is None:
        raise _not_found()
    return case


def _entry(ledger: Ledger, caller: Caller, account_id: str, asking: Asking) -> Entry:
    """The transaction that is named, at its instant."""
    if asking.entry_at is not None:
        at = asking.entry_at
        page = ledger.entries(caller.program, account_id, at, at + MOMENT, None, SAME_INSTANT_MAX)
        for entry in page.items:
            if entry.entry_id == asking.entry_id:
                return entry
    raise NotFound(Reason.ENTRY_NOT_FOUND, "There is no such transaction.")


def _not_found() -> NotFound:
    return NotFound(Reason.CASE_NOT_FOUND, "There is no such case for you.")
