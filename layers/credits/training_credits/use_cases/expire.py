"""The sweep: says what is to be said of the end of lots, and books it, whenever it comes by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import notices
from training_credits.domain.decisions.expiry import expire
from training_credits.domain.model import Lot
from training_credits.ports import Clock, DueLot, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import until_fresh
from training_credits.use_cases.worklist import work_off


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What one run did. `finished` is false if time ran out; the next run goes on.

    `told` are notices of ends to come, and last calls after them; `errors` are of lots that could
    not be settled: they stand in no other's way.
    """

    lots: int
    credits: int
    errors: tuple[Exception, ...]
    finished: bool
    told: int = 0


def sweep(ledger: Ledger, clock: Clock, has_time: Callable[[], bool]) -> Swept:
    """Close every lot that has ended by now, of all programs, and announce every end to come.

    The worklist is asked for what is due by now, not for a day: a missed run heals itself.
    """
    run = work_off(
        clock, ledger.due, has_time, lambda program, due: _settle(ledger, clock, program, due)
    )
    return Swept(
        lots=sum(one.closed for one in run.done),
        credits=sum(one.credits for one in run.done),
        errors=run.errors,
        finished=run.finished,
        told=sum(one.told for one in run.done),
    )


def close(ledger: Ledger, clock: Clock, program: str, account_id: str, lot_id: str) -> int | None:
    """Book the end of one lot now; credits written off, None if there was nothing to book."""
    done = _settle(ledger, clock, program, DueLot(account_id=account_id, lot_id=lot_id))
    return done.credits if done.closed else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Done:
    """What became of one lot."""

    closed: bool = False
    credits: int = 0
    told: bool = False


def _settle(ledger: Ledger, clock: Clock, program: str, due: DueLot) -> _Done:
    """Of some nothing is due: another run was here, or the index lags."""

    def attempt(now: datetime) -> _Done:
        lot = ledger.lot(program, due.account_id, due.lot_id)
        found = _due(program, due.account_id, lot, now) if lot else None
        if found is None:
            return _Done()
        change, done = found
        ledger.commit(change)
        return done

    return until_fresh(clock, attempt)


def _due(program: str, account_id: str, lot: Lot, now: datetime) -> tuple[Change, _Done] | None:
    rules = program_named(program, now)
    ended = expire(program, account_id, lot, now, call_at=notices.call_at(rules, lot))
    if ended is not None:
        return ended, _Done(closed=True, credits=lot.balance.available)
    said = notices.tell(rules, lot, now)
    if said is None:
        return None
    return Change(program=program, account_id=account_id, writes=(said,)), _Done(told=said.says)
