"""Transactions between two instants, and the statement of a month or of any period."""

from datetime import datetime

from training_credits.domain.calendar import month_bounds
from training_credits.domain.model import Caller, Entry, Permission
from training_credits.domain.statement import Period, Statement, state, unbooked
from training_credits.ports import Clock, Ledger, Page
from training_credits.programs import program_named
from training_credits.use_cases.entries import as_they_were, filed_before
from training_credits.use_cases.rights import check_right


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
    period = Period(start=start, end=end)
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    return ledger.entries(caller.program, account_id, period.start, period.end, cursor, limit)


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
    period = Period(start=start, end=end)
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    found = as_they_were(ledger, caller.program, account_id, period.start, period.end, clock())
    return Page(items=found)


def monthly_statement(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, year: int, month: int
) -> Statement:
    """The statement of one calendar month in the program's time zone, up to now if it runs."""
    program = program_named(caller.program, clock())
    start, end = month_bounds(year, month, program.time_zone)
    return period_statement(ledger, clock, caller, account_id, start=start, end=end)


def period_statement(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    start: datetime,
    end: datetime,
) -> Statement:
    """The statement of [start, end), up to now if it runs."""
    now = clock()
    period = Period(start=start, end=end).begun(now)
    account = check_right(ledger, clock, caller, account_id, Permission.STATE)
    return stated(ledger, caller.program, account_id, period, now, account.name)


def stated(
    ledger: Ledger,
    program: str,
    account_id: str,
    period: Period,
    now: datetime,
    name: str | None = None,
    pages_max: int | None = None,
) -> Statement:
    """As the account stood at `now`, whoever asks; `pages_max` where more entries are allowed.

    What has ended and is not booked yet is stated as the sweep will book it.
    """
    since = filed_before(ledger, program, account_id, period.start)
    entries = as_they_were(ledger, program, account_id, since.at, period.end, now, pages_max)
    # After the entries: a lot that is in one of them is among these.
    lots = ledger.lots(program, account_id)
    due = unbooked(account_id, entries, lots, now, since.balances)
    return state(
        account_id,
        period,
        [*entries, *(entry for entry in due if entry.at < period.end)],
        lots,
        since=since,
        as_of=now if now < period.end else None,
        name=name,
    )
