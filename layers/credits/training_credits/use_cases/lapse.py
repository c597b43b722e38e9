"""Requests whose time is over, and reminders to those who decide: whatever is due by now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import waiting
from training_credits.ports import Clock, Depth, DueRequest, Ledger
from training_credits.use_cases.submit import until_fresh
from training_credits.use_cases.worklist import all_due


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapsed:
    """What one run did. `finished` is false if time ran out; the next run goes on.

    `errors` are of requests that could not be settled: they stand in no other's way.
    """

    lapsed: int
    reminded: int
    errors: tuple[Exception, ...]
    finished: bool


def sweep(ledger: Ledger, clock: Clock, has_time: Callable[[], bool]) -> Lapsed:
    """Release what was held too long, and remind, in all programs; a missed run heals itself."""
    done = {True: 0, False: 0}
    errors: list[Exception] = []
    finished = True
    for program, due in all_due(clock, ledger.due_requests):
        if not has_time():
            finished = False
            break
        try:
            lapsed = _settle(ledger, clock, program, due)
        except Exception as error:  # noqa: BLE001 - one request must not keep all others waiting
            errors.append(error)
        else:
            if lapsed is not None:
                done[lapsed] += 1
    return Lapsed(lapsed=done[True], reminded=done[False], errors=tuple(errors), finished=finished)


def _settle(ledger: Ledger, clock: Clock, program: str, due: DueRequest) -> bool | None:
    """True if it has lapsed, False if somebody is reminded of it, None if there was nothing."""

    def attempt(now: datetime) -> bool | None:
        change = _due(ledger, program, due, now)
        if change is None:
            return None
        ledger.commit(change[1])
        return change[0]

    return until_fresh(clock, attempt)


def _due(
    ledger: Ledger, program: str, due: DueRequest, now: datetime
) -> tuple[bool, Change] | None:
    found = ledger.redemptions(program, due.account_id, [due.redemption_id])
    book = ledger.book(program, due.account_id, Depth.FUNDS)
    if not found or book is None:
        return None
    lapsed = waiting.lapse(book, found[0], now)
    if lapsed is not None:
        return True, lapsed
    reminder = waiting.remind(book, found[0], now)
    return None if reminder is None else (False, reminder)
