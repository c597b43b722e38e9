"""Owners see what is asked of them and decide, one request or many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain.change import Change, after_change
from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.decisions.rights import check_may_read, check_owns
from training_credits.domain.errors import Problem, Reason, Refused, Stale
from training_credits.domain.model import Book, Caller, Redemption, RedemptionState, Verdict
from training_credits.ports import Clock, Depth, Ledger, Page, Replayed
from training_credits.use_cases.redeem import redemption_not_found
from training_credits.use_cases.submit import Intent, key_reused, until_fresh


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one request of a batch: decided, or refused and why."""

    redemption_id: str
    redemption: Redemption | None = None
    problem: Problem | None = None


def list_requests(
    ledger: Ledger,
    caller: Caller,
    account_id: str,
    *,
    state: RedemptionState,
    cursor: str | None,
    limit: int,
) -> Page[Redemption]:
    """Requests in one state, oldest first (AT-28, AT-30)."""
    check_may_read(ledger.book(caller.program, account_id, Depth.OWNERS), caller)
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

    Asked about one request, its refusal is the answer; asked about many, each has its own.
    """
    desk = _Desk(ledger, clock, intent, account_id, verdict, note)
    desk.load(redemption_ids)
    if verdict is Verdict.APPROVE and len(redemption_ids) > 1:
        desk.check_sum()
    outcomes = tuple(desk.decide(redemption_id) for redemption_id in redemption_ids)
    if len(outcomes) == 1 and outcomes[0].problem is not None:
        raise outcomes[0].problem
    return outcomes


class _Desk:
    """One batch on an owner's desk: what was read for it, and how each request is decided."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        intent: Intent,
        account_id: str,
        verdict: Verdict,
        note: str | None,
    ) -> None:
        self.ledger = ledger
        self.clock = clock
        self.intent = intent
        self.account_id = account_id
        self.verdict = verdict
        self.note = note
        self.book: Book | None = None
        self.redemptions: dict[str, Redemption] = {}

    def load(self, redemption_ids: Sequence[str]) -> Book:
        """One read for what is pending; a second one only for what is not."""
        program = self.intent.caller.program
        book = self.ledger.book(program, self.account_id, Depth.REQUESTS)
        self.book = check_owns(book, self.intent.caller)
        pending = {r.redemption_id: r for r in self.book.requests}
        self.redemptions |= {i: pending[i] for i in redemption_ids if i in pending}
        others = [i for i in redemption_ids if i not in pending]
        if others:
            settled = self.ledger.redemptions(program, self.account_id, others)
            self.redemptions |= {r.redemption_id: r for r in settled}
        return self.book

    def check_sum(self) -> None:
        """The whole batch must be payable before any of it is decided (AT-29)."""
        now = self.clock()
        lots = self.book.lots if self.book else ()
        asked = (r for r in self.redemptions.values() if r.state is RedemptionState.PENDING)
        needed = sum(r.credits for r in asked if not r.draws)
        available = sum(lot.balance.available for lot in lots if lot.alive(now))
        if needed > available:
            raise Refused(
                Reason.INSUFFICIENT_CREDITS,
                f"Together these requests need {needed} credits; {available} are available.",
                rule="AT-29",
                credits=needed,
                available=available,
                missing=needed - available,
            )

    def decide(self, redemption_id: str) -> Outcome:
        """One request; its refusal does not stop the others."""

        def attempt(now: datetime) -> Redemption:
            try:
                return self._decide(redemption_id, now)
            except Stale:
                self.book = None
                raise

        try:
            after = until_fresh(self.clock, attempt)
        except Problem as problem:
            if problem.reason in (Reason.KEY_REUSED, Reason.ACCOUNT_NOT_FOUND):
                raise
            return Outcome(redemption_id=redemption_id, problem=problem)
        return Outcome(redemption_id=redemption_id, redemption=after)

    def _decide(self, redemption_id: str, now: datetime) -> Redemption:
        book = self.book or self.load([redemption_id])
        redemption = self.redemptions.get(redemption_id)
        if redemption is None:
            raise redemption_not_found()
        if redemption.state is not RedemptionState.PENDING:
            return self._decided_before(redemption)
        owner = self.intent.caller.person
        if self.verdict is Verdict.APPROVE:
            after, change = decisions.approve(book, redemption, owner, now)
        else:
            after, change = decisions.deny(book, redemption, owner, now, self.note)
        self._commit(change, now)
        self.book = after_change(book, change)
        return after

    def _commit(self, change: Change, now: datetime) -> None:
        submission = self.intent.submission("", now, repeatable=True)
        try:
            self.ledger.commit(replace(change, submission=submission))
        except Replayed as replay:
            raise key_reused() from replay

    def _decided_before(self, redemption: Redemption) -> Redemption:
        """A replay finds its own decision; anybody else's is a conflict (AT-17)."""
        earlier = self.intent.earlier(self.ledger)
        if earlier is not None:
            self.intent.answer_of(earlier)
            mine = redemption.decided_by == self.intent.caller.person.email
            if mine and redemption.state is self.verdict.state:
                return redemption
        raise decisions.already_decided(redemption)
