"""What was, is and will be: balances of the past, sums of a period, the burn-down ahead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import forecast as ahead
from training_credits.domain import reports
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Account, Budget, Caller, Entry, Lot, Permission
from training_credits.domain.reports import ABOUT_REQUESTS, By, Report
from training_credits.domain.statement import Period, unbooked
from training_credits.domain.telling import by_lot
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.entries import MOMENT, all_entries, as_they_were, filed_before
from training_credits.use_cases.rights import check_right

REQUESTS_MAX = 3_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """Every lot there was at an instant, as it stood then."""

    account_id: str
    at: datetime
    lots: tuple[Lot, ...]


def balances(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, at: datetime
) -> Snapshot:
    """What a reader saw at `at`, from the entries up to it; an end in that instant is past."""
    now = clock()
    if at > now:
        raise Refused(Reason.PERIOD_IN_FUTURE, "This instant has not come.")
    check_right(ledger, clock, caller, account_id, Permission.STATE)
    program, end = caller.program, at + MOMENT
    since = filed_before(ledger, program, account_id, end)
    entries = as_they_were(ledger, program, account_id, since.at, end, now)
    lots = ledger.lots(program, account_id)
    due = unbooked(account_id, entries, lots, at, since.balances)
    then = by_lot([*entries, *due], since.balances)
    return Snapshot(
        account_id=account_id,
        at=at,
        lots=tuple(replace(lot, balance=then[lot.lot_id]) for lot in lots if lot.lot_id in then),
    )


def forecast(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str
) -> tuple[Account, datetime, tuple[ahead.Forecast, ...]]:
    """The account, now, and how each of its products burns down."""
    now = clock()
    program = program_named(caller.program, now)
    found = ledger.book(caller.program, account_id, Depth.PAST)
    book = check_book(program, found, caller, Permission.STATE)
    entries = all_entries(ledger, caller.program, account_id, ahead.since(now), now)
    lots = (*book.past, *book.lots)
    return book.account, now, ahead.forecasts(program, lots, entries, now)


def report(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    said: str,
    *,
    start: datetime,
    end: datetime,
) -> Report:
    """Sums over [start, end), up to now if it runs; `said` names what makes a row."""
    now, by = clock(), By(said)
    period = Period(start=start, end=end).begun(now)
    budgets = _budgets(ledger, clock, caller, account_id, by)
    entries = as_they_were(ledger, caller.program, account_id, period.start, period.end, now)
    asked = _asked(reports.spending(entries)) if by in ABOUT_REQUESTS else ()
    found = ledger.redemptions(caller.program, account_id, asked) if asked else ()
    return reports.report(
        program_named(caller.program, now),
        account_id,
        by,
        period,
        entries,
        {one.redemption_id: one for one in found},
        budgets=budgets,
        as_of=min(end, now),
    )


def _budgets(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, by: By
) -> Sequence[Budget]:
    """Those that give teams their names; with them the right is read, without them alone."""
    if by is not By.TEAM:
        check_right(ledger, clock, caller, account_id, Permission.STATE)
        return ()
    program = program_named(caller.program, clock())
    found = ledger.book(caller.program, account_id, Depth.MEMBERS)
    return check_book(program, found, caller, Permission.STATE).budgets


def _asked(entries: Sequence[Entry]) -> Sequence[str]:
    """The requests they name, each once."""
    asked = tuple(dict.fromkeys(entry.reference for entry in entries))
    if len(asked) > REQUESTS_MAX:
        raise Refused(
            Reason.PERIOD_TOO_LONG,
            f"These are more than {REQUESTS_MAX:,} requests: ask for a shorter period, "
            "or by learner or month.",
        )
    return asked
