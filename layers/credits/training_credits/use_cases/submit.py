"""Carrying a request out exactly once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from training_credits.domain.change import (
    Change,
    CountMade,
    Invite,
    OpenAccount,
    StillMember,
    TakeSalesOrder,
    TakeSeat,
)
from training_credits.domain.decisions import people, rights, sales_orders, second
from training_credits.domain.errors import (
    Conflict,
    Forbidden,
    NotFound,
    Problem,
    Reason,
    Refused,
    Stale,
    Unavailable,
)
from training_credits.domain.model import Caller, Submission
from training_credits.ports import Clock, Identity, Ledger, Replayed

ATTEMPTS_MAX = 5
RIGHTS_LOST = frozenset(
    {
        Reason.ACCOUNT_NOT_FOUND,
        Reason.REDEMPTION_NOT_FOUND,
        Reason.NOT_PERMITTED,
        Reason.OPERATOR_ONLY,
    }
)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Intent:
    """A request with its identity: who, what, under which key, with which body.

    The scope of a key is the caller, the operation and the program; `digest` covers path and
    body; `render` makes the answer that is kept with the effect and sent again on a replay.
    """

    caller: Caller
    operation: str
    key: str
    digest: str
    render: Callable[[Any], str]

    @property
    def identity(self) -> Identity:
        """Under which it cannot be carried out twice."""
        return Identity(subject=self.caller.person.subject, operation=self.operation, key=self.key)

    def submission(self, answer: str, at: datetime, *, repeatable: bool = False) -> Submission:
        """What the ledger keeps of it, in the same transaction as the effect."""
        return Submission(
            subject=self.caller.person.subject,
            operation=self.operation,
            key=self.key,
            digest=self.digest,
            answer=answer,
            at=at,
            repeatable=repeatable,
        )

    def answer_of(self, earlier: Submission) -> str:
        """The recorded answer; Conflict if the key was used for another request."""
        if earlier.digest != self.digest:
            raise key_reused()
        return earlier.answer

    def earlier(self, ledger: Ledger) -> Submission | None:
        """What was carried out under this key before."""
        return ledger.submission(self.caller.program, self.identity)


def key_reused() -> Conflict:
    """One key is one request, for ever."""
    return Conflict(Reason.KEY_REUSED, "This Idempotency-Key was used for a different request.")


def carry_out(
    ledger: Ledger, clock: Clock, intent: Intent, decide: Callable[[datetime], tuple[T, Change]]
) -> str:
    """Decide and commit; a replay gets the first answer, even if it would be refused today."""

    def attempt(now: datetime) -> str:
        result, change = decide(now)
        submission = intent.submission(intent.render(result), now)
        ledger.commit(replace(change, submission=submission))
        return submission.answer

    try:
        return until_fresh(clock, attempt)
    except Replayed as replay:
        return intent.answer_of(replay.submission)
    except (Refused, Conflict, NotFound, Forbidden) as problem:
        # Whoever has lost their rights on the account gets nothing of it again.
        gone = problem.reason in RIGHTS_LOST
        earlier = None if gone else intent.earlier(ledger)
        if earlier is None:
            raise
        return intent.answer_of(earlier)


def until_fresh(clock: Clock, attempt: Callable[[datetime], T]) -> T:
    """Load and decide again when what was read has changed; at most five times."""
    for _ in range(ATTEMPTS_MAX):
        try:
            return attempt(clock())
        except Stale as stale:
            final = _final(stale.write)
            if final is not None:
                raise final from stale
    raise Unavailable(Reason.BUSY, "The account is busy; nothing was changed. Try again.")


def _final(write: object) -> Problem | None:
    """Guards whose failure no second look can mend."""
    match write:
        case TakeSeat() | OpenAccount():
            return people.already_owner()
        case Invite():
            return people.already_member()
        case TakeSalesOrder():
            return sales_orders.number_in_use()
        case CountMade():
            return second.too_much_alone(write)
        case StillMember():
            return rights.account_not_found()
        case _:
            return None
