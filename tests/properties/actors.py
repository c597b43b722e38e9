"""What the rules of the machine are made of: attempts, interruptions, and what must come out."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.audit import WAITING
from tests.belonging import OPERATORS
from tests.casing import Casing
from tests.fakes.memory_rows import Rows
from tests.world import prepared
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import (
    Caller,
    Lot,
    Permission,
    Redemption,
    RedemptionState,
    Role,
    Session,
    roles_of,
)
from training_credits.domain.program import HoldAt, Program
from training_credits.use_cases.expire import sweep
from training_credits.use_cases.submit import Intent

UNPAYABLE = (Reason.NO_CREDITS, Reason.CREDITS_EXPIRED, Reason.INSUFFICIENT_CREDITS)
NOT_YOURS = (Reason.ACCOUNT_NOT_FOUND, Reason.NOT_PERMITTED)
FREELY = frozenset({"redeem", "cancel", "confirm"})
VENDOR = OPERATORS | {"kay"}
OWNERS = st.sampled_from(["ann", "ann", "bob"])
ENDS = st.sampled_from([0, -1])
TICK = timedelta(microseconds=1)


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
        self.world: Casing = prepared(Casing(program=self.program))
        self.world.add_owner("bob")
        self.clock = self.world.clock
        self.ledger = self.world.ledger
        self.holds = self.policy.approvals.hold_at is HoldAt.REQUEST
        self.done: list[Done] = []
        self.raced: frozenset[str] = frozenset()

    # What there is.

    @property
    def policy(self) -> Program:
        return self.world.rules

    @property
    def rows(self) -> Rows:
        return self.ledger.rows(self.program, self.world.account)

    @property
    def waiting(self) -> list[Redemption]:
        """At most as many as may be decided at once."""
        return self.requests(RedemptionState.PENDING)[:20]

    @property
    def settled(self) -> list[Redemption]:
        """Those on which somebody has decided, or which are over."""
        return self.requests(*(state for state in RedemptionState if state not in WAITING))

    def requests(self, *states: RedemptionState) -> list[Redemption]:
        return [r for r in self.rows.asked.redemptions.values() if r.state in states]

    @property
    def shelf(self) -> dict[tuple[str, str], Session]:
        """The sessions there are."""
        return self.ledger.place(self.program).shelf.sessions

    @property
    def alive(self) -> list[Lot]:
        """By the stored instant alone."""
        return [lot for lot in self.rows.lots.values() if self.clock.at < lot.expires_at]

    def payable(self, lot_id: str | None = None) -> int:
        """Credits that can be spent now, of one lot or of all."""
        lots = [lot for lot in self.alive if lot.opened_by(lot_id)]
        return sum(lot.balance.available for lot in lots)

    def owns(self, who: str) -> bool:
        return Role.OWNER in self.roles(who)

    @property
    def an_owner(self) -> str:
        """Somebody who owns the account now."""
        return next(name for name in ("ann", "bob", "dan", "fay") if self.owns(name))

    def roles(self, who: str) -> frozenset[Role]:
        account = self.rows.account
        assert account is not None
        return roles_of(account, self.world.member(who), self.world.caller(who))

    def may(self, who: str, permission: Permission) -> bool:
        return self.policy.may(self.roles(who), permission)

    # What is done.

    def attempt(self, who: str | Caller, operation: str, run: Callable[[Intent], Any]) -> Any:
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

    def try_to(self, act: Callable[[], object]) -> Any:
        """The same for what needs no key: the refusal, or None."""

        def run(_: Intent) -> None:
            act()

        answer = self.attempt("ann", "unkeyed", run)
        if answer is None:
            self.done.pop()
        return answer

    def tick(self) -> None:
        """No two lines of the history are written at one instant."""
        self.clock.advance(TICK)

    def lost_rights(self, done: Done) -> bool:
        """Whoever has no role any more may not even ask again."""
        who = done.intent.caller.person.name.lower()
        kept = self.owns(who) or who in VENDOR or done.intent.operation in FREELY
        return not kept

    def sweep(self) -> None:
        assert sweep(self.ledger, self.clock, lambda: True).finished

    def end_and_sweep(self) -> None:
        """The next lot ends at this very moment, and the sweep comes by."""
        self.clock.at = min((lot.expires_at for lot in self.alive), default=self.clock.at)
        self.sweep()

    def interrupt(self, meanwhile: str, **actions: Callable[[], object]) -> bool:
        """Let something happen between the read and the write of what comes next."""
        if meanwhile not in actions:
            return False
        self.ledger.meanwhile.append(actions[meanwhile])
        return True

    def snapshot(self) -> Any:
        """Everything that is kept."""
        ledger = self.ledger
        rows = [_copied(each) for each in ledger.accounts.values()]
        within = [
            _copied(x)
            for each in ledger.accounts.values()
            for x in (each.codes, each.asked, each.cases)
        ]
        places = [_copied(each) for each in ledger.places.values()]
        shelves = [_copied(each.shelf) for each in ledger.places.values()]
        return rows, within, places, shelves, dict(ledger.submissions)


def _copied(kept: Any) -> dict[str, Any]:
    return {name: copy(value) for name, value in vars(kept).items()}


def reason_of(answer: Any) -> StrEnum | None:
    """Why it was refused, if it was."""
    return answer.reason if isinstance(answer, Problem) else None
