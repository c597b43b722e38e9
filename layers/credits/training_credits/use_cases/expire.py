"""The sweep: books what has ended, whenever it comes by, each lot once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.decisions.expiry import expire
from training_credits.ports import Clock, DueLot, Ledger
from training_credits.use_cases.submit import until_fresh
from training_credits.use_cases.worklist import all_due


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What one run did. `finished` is false if time ran out; the next run goes on.

    `errors` are of lots that could not be closed: they stand in no other's way.
    """

    lots: int
    credits: int
    errors: tuple[Exception, ...]
    finished: bool


def sweep(ledger: Ledger, clock: Clock, has_time: Callable[[], bool]) -> Swept:
    """Close every lot that has ended by now, of all programs.

    The worklist is asked for what is due by now, not for a day: a missed run heals itself.
    """
    lots = credits = 0
    errors: list[Exception] = []
    for program, due in all_due(clock, ledger.due):
        if not has_time():
            return Swept(lots=lots, credits=credits, errors=tuple(errors), finished=False)
        try:
            written_off = _close(ledger, clock, program, due)
        except Exception as error:  # noqa: BLE001 - one lot must not keep all others open
            errors.append(error)
        else:
            lots += written_off is not None
            credits += written_off or 0
    return Swept(lots=lots, credits=credits, errors=tuple(errors), finished=True)


def _close(ledger: Ledger, clock: Clock, program: str, due: DueLot) -> int | None:
    """Credits written off; None if the lot was closed already."""

    def attempt(now: datetime) -> int | None:
        lot = ledger.lot(program, due.account_id, due.lot_id)
        change = expire(program, due.account_id, lot, now) if lot else None
        if lot is None or change is None:
            return None
        ledger.commit(change)
        return lot.balance.available

    return until_fresh(clock, attempt)
