"""Owners see what is asked of them and decide, one request or many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from training_credits.domain.decisions import approval
from training_credits.domain.decisions.approval import Decider
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.errors import Problem, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Book,
    Caller,
    Line,
    Permission,
    Redemption,
    RedemptionState,
    Verdict,
)
from training_credits.ports import Clock, Depth, Ledger, Page, Replayed
from training_credits.programs import program_named
from training_credits.use_cases.deciders import book_to_decide, still_decides
from training_credits.use_cases.redeem import redemption_not_found
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.submit import Intent, key_reused, until_fresh

WAITING = frozenset({RedemptionState.REFERRED, RedemptionState.PENDING})
FOR_THE_WHOLE_BATCH = frozenset({Reason.ACCOUNT_NOT_FOUND, Reason.KEY_REUSED, Reason.NOT_PERMITTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one request of a batch: decided, or refused and why."""

    redemption_id: str
    redemption: Redemption | None = None
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """Some of a list, and the credits from which whoever decides takes them."""

    page: Page[Redemption]
    available: int

    @property
    def left(self) -> int:
        """What would be left if all that is listed and waits were approved (AT-29)."""
        waits = (r for r in self.page.items if r.state in WAITING and not r.draws)
        return self.available - sum(r.credits for r in waits)


def available(book: Book, now: datetime) -> int:
    """Credits of the account that could be spent now."""
    return sum(lot.balance.available for lot in book.lots if lot.usable(now))


def list_requests(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    *,
    state: RedemptionState,
    cursor: str | None,
    limit: int,
) -> Requests:
    """Requests in one state, oldest first (AT-28, AT-30)."""
    now = clock()
    program = program_named(caller.program, now)
    found = ledger.book(caller.program, account_id, Depth.MEMBERS)
    book = check_book(program, found, caller, Permission.READ)
    page = ledger.requests(caller.program, account_id, state, cursor, limit)
    return Requests(page=page, available=available(book, now))


def read_request(
    ledger: Ledger, clock: Clock, caller: Caller, account_id: str, redemption_id: str
) -> Redemption:
    """Where the link of a mail leads: who comes late sees who has decided (AT-31)."""
    check_right(ledger, clock, caller, account_id, Permission.READ)
    for redemption in ledger.redemptions(caller.program, account_id, [redemption_id]):
        return redemption
    raise redemption_not_found()


def decide(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    verdict: Verdict,
    redemption_ids: Sequence[str],
    note: str | None,
    secret: str,
) -> tuple[Outcome, ...]:
    """Decide each request in a transaction of its own, after the sum was held against the balance.

    Asked about one request, its refusal is the answer; asked about many, each has its own, and
    those that were refused are judged anew when the same batch is sent again.
    """

    def decided(redemption_id: str, now: datetime) -> Redemption:
        book = book_to_decide(ledger, intent.caller, account_id, now)
        (before,) = _find(ledger, book, [redemption_id])
        if before.state not in WAITING or _decision(intent) == before.clearance:
            return _decided_before(ledger, intent, before)
        return _settle(ledger, intent, book, before, verdict, note, now, secret)

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
    book = book_to_decide(ledger, intent.caller, account_id, clock())
    asked = _find(ledger, book, redemption_ids)
    earlier = intent.earlier(ledger)
    if earlier is not None:
        intent.answer_of(earlier)
    elif verdict is Verdict.APPROVE:
        _check_sum(book, asked, clock())


def _check_sum(book: Book, asked: Sequence[Redemption], now: datetime) -> None:
    unpaid = (r for r in asked if r.state in WAITING and not r.draws and not r.lapsed(now))
    needed = sum(r.credits for r in unpaid)
    there = available(book, now)
    if needed > there:
        raise Refused(
            Reason.INSUFFICIENT_CREDITS,
            f"Together these requests need {needed} credits; {there} are available.",
            credits=needed,
            available=there,
            missing=needed - there,
        )


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
    secret: str,
) -> Redemption:
    program = program_named(intent.caller.program, now)
    decider = Decider(
        person=intent.caller.person,
        decision=_decision(intent),
        secret=secret,
        still=still_decides(program, intent.caller, book, before, now),
    )
    if verdict is Verdict.DENY:
        after, change = approval.deny(book, before, decider, now, note=note)
    else:
        fresh = _refreshed(ledger, intent, before)
        step = approval.clear if before.state is RedemptionState.REFERRED else approval.approve
        after, change = step(program, book, fresh, decider, now)
    submission = intent.submission("", now, repeatable=True)
    try:
        ledger.commit(replace(change, submission=submission))
    except Replayed as replay:
        raise key_reused() from replay
    return after


def _refreshed(ledger: Ledger, intent: Intent, before: Redemption) -> Redemption:
    """With the sessions as they are now: their days may have been moved, their seats taken."""
    places = [
        (line.item.session.offering_id, line.item.session.session_id)
        for line in before.lines
        if line.item is not None and line.item.session is not None
    ]
    if not places:
        return before
    found = dict(zip(places, ledger.items(intent.caller.program, places), strict=True))

    def fresh(line: Line) -> Line:
        if line.item is None or line.item.session is None:
            return line
        now = found[line.item.session.offering_id, line.item.session.session_id]
        session = now.session if now is not None else line.item.session
        return replace(line, item=replace(line.item, session=session))

    return replace(before, lines=tuple(fresh(line) for line in before.lines))


def _decided_before(ledger: Ledger, intent: Intent, before: Redemption) -> Redemption:
    """A replay finds its own decision; anybody else's is a conflict (AT-17)."""
    earlier = intent.earlier(ledger)
    if earlier is None or _decision(intent) not in {before.decision, before.clearance}:
        raise approval.already_decided(before)
    intent.answer_of(earlier)
    return before


def _decision(intent: Intent) -> str:
    """The id of this request to decide; kept with each redemption it settles."""
    caller = intent.caller
    return derived("decision", caller.program, caller.person.subject, intent.key)
