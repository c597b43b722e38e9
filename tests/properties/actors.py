"""What the rules of the machine are made of: attempts, interruptions, and what must come out."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from tests.builders import person
from tests.fakes.memory_rows import Rows
from tests.world import World, ready
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import Lot, Redemption, RedemptionState, Verdict
from training_credits.domain.program import HoldAt
from training_credits.programs import program_named
from training_credits.use_cases.expire import sweep
from training_credits.use_cases.submit import Intent

UNPAYABLE = (Reason.NO_CREDITS, Reason.CREDITS_EXPIRED, Reason.INSUFFICIENT_CREDITS)
OWNERS_ONLY = ("purchase", "decide", "add_owner")


@dataclass(frozen=True)
class Done:
    """A request that was carried out, ready to be sent again."""

    run: Callable[[Intent], Any]
    intent: Intent
    answer: Any


class Actors(RuleBasedStateMachine):
    """One account of one program, and everything that was done to it."""

    program: str

    def __init__(self) -> None:
        super().__init__()
        self.world: World = ready(program=self.program)
        self.world.add_owner("bob")
        self.clock = self.world.clock
        self.ledger = self.world.ledger
        self.holds = program_named(self.program).approvals.hold_at is HoldAt.REQUEST
        self.done: list[Done] = []
        self.granted = 0
        self.raced: frozenset[str] = frozenset()
        self.closings: dict[tuple[int, int], int] = {}

    @property
    def rows(self) -> Rows:
        return self.ledger.rows(self.program, self.world.account)

    @property
    def waiting(self) -> list[Redemption]:
        """At most as many as may be decided at once."""
        listed = self.rows.redemptions.values()
        return [r for r in listed if r.state is RedemptionState.PENDING][:20]

    @property
    def settled(self) -> list[Redemption]:
        listed = self.rows.redemptions.values()
        return [r for r in listed if r.state is not RedemptionState.PENDING]

    @property
    def alive(self) -> list[Lot]:
        """By the stored instant alone."""
        return [lot for lot in self.rows.lots.values() if self.clock.at < lot.expires_at]

    @property
    def payable(self) -> int:
        return sum(lot.balance.available for lot in self.alive)

    def owns(self, who: str) -> bool:
        return person(who).email in self.rows.owners

    def lost_rights(self, done: Done) -> bool:
        """Whoever is no owner any more may not even ask again."""
        owner = self.owns(done.intent.caller.person.name.lower())
        return done.intent.operation in OWNERS_ONLY and not owner

    def attempt(self, who: str, operation: str, run: Callable[[Intent], Any]) -> Any:
        """Carry a request out under a new key; a refusal must leave no trace."""
        asking = self.world.intent(who, operation)
        raced = bool(self.ledger.meanwhile)
        before = self.snapshot()
        try:
            answer = run(asking)
        except Problem as problem:
            answer = problem
        finally:
            self.ledger.meanwhile.clear()
        if isinstance(answer, Problem):
            assert answer.reason is not Reason.BUSY, "answer: busy where nobody else was"
            assert raced or self.snapshot() == before, "refusal: something was written"
            return answer
        if raced:
            self.raced |= {entry.entry_id for entry in self.world.entries()}
        self.done.append(Done(run=run, intent=asking, answer=answer))
        return answer

    def ask(self, who: str, credits: int) -> Any:
        return self.attempt(who, "redeem", lambda asking: self.world.redeem(credits, asking=asking))

    def cancel(self, who: str, wanted: Redemption) -> Any:
        return self.attempt(
            who, "cancel", lambda asking: self.world.cancel(wanted.redemption_id, asking=asking)
        )

    def decide(self, who: str, verdict: Verdict, *wanted: Redemption) -> Any:
        """Outcomes; only a batch in which all went well is one that can be sent again."""
        ids = [redemption.redemption_id for redemption in wanted]
        answer = self.attempt(
            who, "decide", lambda asking: self.world.decide(verdict, ids, asking=asking)
        )
        if not isinstance(answer, Problem) and any(o.problem for o in answer):
            self.done.pop()
        return answer

    def sweep(self) -> None:
        assert sweep(self.ledger, self.clock, lambda: True).finished

    def interrupt(self, meanwhile: str) -> bool:
        """Let something happen between the read and the write of what comes next."""
        actions: dict[str, Callable[[], object]] = {
            "ask": lambda: self.ask("kim", 60),
            "end": self.end_and_sweep,
        }
        if self.waiting:
            first = self.waiting[0]
            actions |= {
                "cancel": lambda: self.cancel(first.learner.name.lower(), first),
                "approve": lambda: self.decide("bob", Verdict.APPROVE, first),
                "deny": lambda: self.decide("bob", Verdict.DENY, first),
            }
        if meanwhile in actions:
            self.ledger.meanwhile.append(actions[meanwhile])
        return meanwhile in actions

    def end_and_sweep(self) -> None:
        """The next lot ends at this very moment, and the sweep comes by."""
        self.clock.at = min((lot.expires_at for lot in self.alive), default=self.clock.at)
        self.sweep()

    def due_of_decision(
        self, who: str, verdict: Verdict, wanted: Redemption
    ) -> tuple[Reason | None, ...]:
        """How a decision on what waits must come out if nothing comes between."""
        if not self.owns(who):
            return (Reason.ACCOUNT_NOT_FOUND,)
        free = verdict is Verdict.DENY or bool(wanted.draws)
        return (None,) if free or wanted.credits <= self.payable else UNPAYABLE

    def snapshot(self) -> Any:
        """Everything that is kept."""
        ledger = self.ledger
        rows = [{name: copy(v) for name, v in vars(r).items()} for r in ledger.accounts.values()]
        return rows, dict(ledger.seats), dict(ledger.submissions)


def reason_of(answer: Any) -> StrEnum | None:
    """Why it was refused, if it was."""
    return answer.reason if isinstance(answer, Problem) else None
