"""Transactions between two instants, and the statement of a month."""

from datetime import datetime

from training_credits.domain.calendar import month_bounds
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Caller, Entry, Permission
from training_credits.domain.statement import Statement, state, unbooked
from training_credits.ports import Clock, Ledger, Page
from training_credits.programs import program_named
from training_credits.use_cases.rights import check_right

PAGE = 1_000
PAGES_MAX = 20
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def transactions(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    start: datetime,
    end: datetime,
    cursor: str | None,
    limit: int,
) -> Page[Entry]:
    """Entries of [start, end), oldest first, at most `limit` of them."""
    if start >= end:
        raise _reversed()
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    return ledger.entries(caller.program, account_id, start, end, cursor, limit)


def monthly_statement(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, year: int, month: int
) -> Statement:
    """The statement of one calendar month in the program's time zone, up to now if it runs.

    What has ended and is not booked yet is stated as the sweep will book it.
    """
    now = clock()
    program = program_named(caller.program, now)
    start, end = month_bounds(year, month, program.time_zone)
    if start > now:
        raise Refused(Reason.PERIOD_IN_FUTURE, "This month has not begun.")
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    entries = _all_entries(ledger, caller.program, account_id, EPOCH, end)
    lots = ledger.lots(caller.program, account_id)
    due = [e for e in unbooked(account_id, entries, lots, now) if e.at < end]
    return state(account_id, start, end, [*entries, *due], lots)


def all_transactions(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    start: datetime,
    end: datetime,
) -> Page[Entry]:
    """Every entry of [start, end), for an export that must not end in the middle (AT-21)."""
    if start >= end:
        raise _reversed()
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    return Page(items=_all_entries(ledger, caller.program, account_id, start, end))


def _all_entries(
    ledger: Ledger, program: str, account_id: str, start: datetime, end: datetime
) -> tuple[Entry, ...]:
    found: list[Entry] = []
    cursor = None
    for _ in range(PAGES_MAX):
        page = ledger.entries(program, account_id, start, end, cursor, PAGE)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return tuple(found)
    raise Refused(
        Reason.PERIOD_TOO_LONG,
        f"There are more than {PAGE * PAGES_MAX} entries; page through the transactions.",
    )


def _reversed() -> Refused:
    return Refused(Reason.PERIOD_REVERSED, "The period ends before it starts.")
