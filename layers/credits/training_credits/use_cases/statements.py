"""Transactions between two instants, and the statement of a month."""

from collections.abc import Iterator
from datetime import datetime

from training_credits.domain.calendar import month_bounds
from training_credits.domain.decisions.expiry import expiry_of
from training_credits.domain.decisions.rights import account_not_found, check_may_read
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Caller, Entry, Lot
from training_credits.domain.statement import Statement, state
from training_credits.ports import Clock, Depth, Ledger, Page
from training_credits.programs import program_named

PAGE = 1_000
PAGES_MAX = 20
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def transactions(
    ledger: Ledger,
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
        raise Refused(Reason.PERIOD_REVERSED, "The period ends before it starts.")
    _check_reader(ledger, caller, account_id)
    return ledger.entries(caller.program, account_id, start, end, cursor, limit)


def monthly_statement(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, year: int, month: int
) -> Statement:
    """The statement of one calendar month in the program's time zone, up to now if it runs.

    What has ended and is not booked yet is stated as the sweep will book it.
    """
    now = clock()
    program = program_named(caller.program)
    start, end = month_bounds(year, month, program.time_zone)
    if start > now:
        raise Refused(Reason.PERIOD_IN_FUTURE, "This month has not begun.")
    _check_reader(ledger, caller, account_id)
    lots = ledger.lots(caller.program, account_id)
    entries = list(_all_entries(ledger, caller.program, account_id, end))
    booked = {entry.entry_id for entry in entries}
    due = [e for e in _due(account_id, lots, now) if e.at < end and e.entry_id not in booked]
    return state(account_id, start, end, [*entries, *due], lots)


def _due(account_id: str, lots: tuple[Lot, ...], now: datetime) -> Iterator[Entry]:
    for lot in lots:
        entry = expiry_of(account_id, lot, now)
        if entry is not None:
            yield entry


def _all_entries(ledger: Ledger, program: str, account_id: str, end: datetime) -> Iterator[Entry]:
    cursor = None
    for _ in range(PAGES_MAX):
        page = ledger.entries(program, account_id, EPOCH, end, cursor, PAGE)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return
    raise Refused(
        Reason.PERIOD_TOO_LONG,
        f"The account has more than {PAGE * PAGES_MAX} entries; page through its transactions.",
    )


def _check_reader(ledger: Ledger, caller: Caller, account_id: str) -> None:
    """One read: membership for customers, the account itself for operators."""
    if caller.operates:
        check_may_read(ledger.book(caller.program, account_id, Depth.FUNDS), caller)
    elif not ledger.owns(caller.program, account_id, caller.person.email):
        raise account_not_found()
