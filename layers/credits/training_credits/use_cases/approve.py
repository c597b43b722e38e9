"""Owners see what is asked of them and decide, one request or many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.decisions.rights import check_book, still
from training_credits.domain.errors import Problem, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Book,
    Caller,
    Permission,
    Redemption,
    RedemptionState,
    Verdict,
)
from training_credits.ports import Clock, Depth, Ledger, Page, Replayed
from training_credits.programs import program_named
from training_credits.use_cases.redeem import redemption_not_found
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import Intent, key_reused, until_fresh

FOR_THE_WHOLE_BATCH = frozenset({Reason.ACCOUNT_NOT_FOUND, Reason.KEY_REUSED, Reason.NOT_PERMITTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one request of a batch: decided, or refused and why."""

    redemption_id: str
    redemption: Redemption | None = None
    problem: Problem | None = None


def list_requests(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    state: RedemptionState,
    cursor: str | None,
    limit: int,
) -> Page[Redemption]:
    """Requests in one state, oldest first (AT-28, AT-30)."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    return ledger.requests(caller.program, account_id, state, cursor, limit)


def decide(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    verdict: Verdict,
    redemption_ids: Sequence[str],
    note: str | None,
) -> tuple[Outcome, ...]:
    """Decide each request in a transaction of its own, after the sum was held against the balance.

    Asked about one request, its refusal is the answer; asked about many, each has its own, and
    those that were refused are judged anew when the same batch is sent again.
    """

    def decided(redemption_id: str, now: datetime) -> Redemption:
        book = _decidable(ledger, intent, account_id, now)
        (before,) = _find(ledger, book, [redemption_id])
        if before.state is not RedemptionState.PENDING:
            return _decided_before(ledger, intent, before)
        return _settle(ledger, intent, book, before, verdict, note, now)

    many = len(redemption_ids) > 1
    if many:
        _check_batch(ledger, clock, intent, account_id, verdict, redemption_ids)
    outcomes = []
    for redemption_id in redemption_ids:
        try:
            after = until_fresh(clock, partial(decided, redemption_id))
        except Problem as problem:
            if not many or problem.reason in FOR_THE_WHOLE_BATCH:
                raise
            outcomes.append(Outcome(redemption_id=redemption_id, problem=problem))
        else:
            outcomes.append(Outcome(redemption_id=redemption_id, redemption=after))
    return tuple(outcomes)


def _check_batch(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    account_id: str,
    verdict: Verdict,
    redemption_ids: Sequence[str],
) -> None:
    """All of a batch must exist, and be payable together, before any of it is decided (AT-29).

    Of a batch that comes again, some is decided: there each request speaks for itself.
    """
    book = _decidable(ledger, intent, account_id, clock())
    asked = _find(ledger, book, redemption_ids)
    earlier = intent.earlier(ledger)
    if earlier is not None:
        intent.answer_of(earlier)
    elif verdict is Verdict.APPROVE:
        _check_sum(book, asked, clock())


def _check_sum(book: Book, asked: Sequence[Redemption], now: datetime) -> None:
    unpaid = (r for r in asked if r.state is RedemptionState.PENDING and not r.draws)
    needed = sum(r.credits for r in unpaid)
    available = sum(lot.balance.available for lot in book.lots if lot.alive(now))
    if needed > available:
        raise Refused(
            Reason.INSUFFICIENT_CREDITS,
            f"Together these requests need {needed} credits; {available} are available.",
            credits=needed,
            available=available,
            missing=needed - available,
        )


def _decidable(ledger: Ledger, intent: Intent, account_id: str, now: datetime) -> Book:
    caller = intent.caller
    book = ledger.book(caller.program, account_id, Depth.REQUESTS)
    program = program_named(caller.program, now)
    return check_book(program, book, caller, Permission.DECIDE)


def _find(ledger: Ledger, book: Book, redemption_ids: Sequence[str]) -> list[Redemption]:
    """Those that wait are in the book; all that are not there together cost one read."""
    account = book.account
    found = {request.redemption_id: request for request in book.requests}
    missing = [redemption_id for redemption_id in redemption_ids if redemption_id not in found]
    if missing:
        others = ledger.redemptions(account.program, account.account_id, missing)
        found |= {other.redemption_id: other for other in others}
    if any(redemption_id not in found for redemption_id in redemption_ids):
        raise redemption_not_found()
    return [found[redemption_id] for redemption_id in redemption_ids]


def _settle(
    ledger: Ledger,
    intent: Intent,
    book: Book,
    before: Redemption,
    verdict: Verdict,
    note: str | None,
    now: datetime,
) -> Redemption:
    owner, decision = intent.caller.person, _decision(intent)
    program = program_named(intent.caller.program, now)
    guard = still(program, intent.caller, Permission.DECIDE)
    if verdict is Verdict.APPROVE:
        after, change = decisions.approve(book, before, owner, now, decision=decision, still=guard)
    else:
        after, change = decisions.deny(
            book, before, owner, now, decision=decision, note=note, still=guard
        )
    submission = intent.submission("", now, repeatable=True)
    try:
        ledger.commit(replace(change, submission=submission))
    except Replayed as replay:
        raise key_reused() from replay
    return after


def _decided_before(ledger: Ledger, intent: Intent, before: Redemption) -> Redemption:
    """A replay finds its own decision; anybody else's is a conflict (AT-17)."""
    earlier = intent.earlier(ledger)
    if earlier is None or before.decision != _decision(intent):
        raise decisions.already_decided(before)
    intent.answer_of(earlier)
    return before


def _decision(intent: Intent) -> str:
    """The id of this request to decide; kept with each redemption it settles."""
    caller = intent.caller
    return derived("decision", caller.program, caller.person.subject, intent.key)
