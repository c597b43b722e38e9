"""The catalogue: looked through by everybody, brought in by the vendor's operators."""

from training_credits.domain.decisions import catalogue as decisions
from training_credits.domain.decisions.catalogue import Flaw, Sheet
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.listing import Listed, listed
from training_credits.domain.model import Caller, Permission, Role, Session
from training_credits.ports import Clock, Ledger, Page
from training_credits.programs import program_named


def browse(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    *,
    collection: str | None,
    eligible: bool,
    cursor: str | None,
    limit: int,
) -> Page[Listed]:
    """All offerings, or a collection; with `eligible` only what credits may pay for (CI-07)."""
    now = clock()
    program = program_named(caller.program, now)
    page = ledger.offerings(program.id, collection, cursor, limit)
    every = (listed(program, offering, program.today(now)) for offering in page.items)
    shown = tuple(one for one in every if one.payable or not eligible)
    return Page(items=shown, cursor=page.cursor)


def look(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    offering_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> tuple[Listed, Page[Session]]:
    """One offering, and its sessions that have not begun before today."""
    now = clock()
    program = program_named(caller.program, now)
    offering = ledger.offering(program.id, offering_id)
    if offering is None:
        raise NotFound(Reason.OFFERING_NOT_FOUND, "There is no such offering for you.")
    today = program.today(now)
    sessions = ledger.sessions(program.id, offering_id, today, cursor, limit)
    return listed(program, offering, today), sessions


def check_operator(clock: Clock, caller: Caller) -> None:
    """Only who sells may say what there is."""
    program = program_named(caller.program, clock())
    staff = frozenset({Role.OPERATOR}) if caller.operates else frozenset[Role]()
    if not program.may(staff, Permission.SELL):
        raise Forbidden(Reason.OPERATOR_ONLY, "The vendor's operators keep the catalogue.")


def bring(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    sheet: Sheet,
    *,
    dry_run: bool,
) -> tuple[Flaw, ...]:
    """Write all rows if each of them is good; else say what is wrong, and write none.

    Brought again, a row is the same item: what was written of an import that broke off stays.
    """
    check_operator(clock, caller)
    program = program_named(caller.program, clock())
    needed = decisions.asked_for(sheet)
    there = ledger.items(program.id, [(offering_id, None) for offering_id in needed])
    missing = frozenset(one for one, item in zip(needed, there, strict=True) if item is None)
    found = decisions.flaws(program, sheet, missing)
    if not found and not dry_run:
        for change in decisions.changes(program, sheet.rows):
            ledger.commit(change)
    return found
