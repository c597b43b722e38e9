"""Requests whose time is over, and reminders to those who decide, or spend: whatever is due."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from training_credits.domain.change import Change
from training_credits.domain.decisions import nudging, waiting
from training_credits.domain.model import Redemption, RedemptionState
from training_credits.ports import Clock, Depth, DueRequest, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import until_fresh
from training_credits.use_cases.worklist import work_off


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapsed:
    """What one run did. `finished` is false if time ran out; the next run goes on.

    `nudged` are learners who have not begun what was approved; `errors` are of requests that could
    not be settled: they stand in no other's way.
    """

    lapsed: int
    reminded: int
    errors: tuple[Exception, ...]
    finished: bool
    nudged: int = 0


class Done(Enum):
    """What was due of one request."""

    LAPSED = auto()
    REMINDED = auto()
    NUDGED = auto()
    LEFT_ALONE = auto()


def sweep(ledger: Ledger, clock: Clock, has_time: Callable[[], bool]) -> Lapsed:
    """Release what was held too long, and remind, in all programs; a missed run heals itself."""
    run = work_off(
        clock,
        ledger.due_requests,
        has_time,
        lambda program, due: _settle(ledger, clock, program, due),
    )
    done = Counter(run.done)
    return Lapsed(
        lapsed=done[Done.LAPSED],
        reminded=done[Done.REMINDED],
        nudged=done[Done.NUDGED],
        errors=run.errors,
        finished=run.finished,
    )


def _settle(ledger: Ledger, clock: Clock, program: str, due: DueRequest) -> Done:
    def attempt(now: datetime) -> Done:
        asked = ledger.redemptions(program, due.account_id, [due.redemption_id])
        found = _due(ledger, program, asked[0], now) if asked else None
        if found is None:
            return Done.LEFT_ALONE
        done, change = found
        ledger.commit(change)
        return done

    return until_fresh(clock, attempt)


def _due(
    ledger: Ledger, program: str, asked: Redemption, now: datetime
) -> tuple[Done, Change] | None:
    if asked.state is RedemptionState.APPROVED:
        return _idle(ledger, program, asked, now)
    book = ledger.book(program, asked.account_id, Depth.FUNDS)
    if book is None:
        return None
    lapsed = waiting.lapse(book, asked, now)
    if lapsed is not None:
        return Done.LAPSED, lapsed
    reminder = waiting.remind(book, asked, now)
    return None if reminder is None else (Done.REMINDED, reminder)


def _idle(
    ledger: Ledger, program: str, asked: Redemption, now: datetime
) -> tuple[Done, Change] | None:
    """What of it was begun is in its lines, and in its vouchers."""
    if asked.nudge_at is None:
        return None
    vouchers = ledger.vouchers(program, asked.account_id, asked.redemption_id)
    nudge = nudging.nudge(program_named(program, now), asked, vouchers, now)
    if nudge is None:
        return None
    done = Done.NUDGED if nudge.redemption.nudged_at else Done.LEFT_ALONE
    return done, Change(program=program, account_id=asked.account_id, writes=(nudge,))
