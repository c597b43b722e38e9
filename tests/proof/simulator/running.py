"""One seed to its end: safety under faults; then they stop, and all converges."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.fakes.clock import BEGIN, StoppedClock
from tests.proof.simulator.acting import GivenUp, Hands
from tests.proof.simulator.finding import Finder
from tests.proof.simulator.judging import Broken, Judge, brief
from tests.proof.simulator.model import Model
from tests.proof.simulator.operations import Answer, Op
from tests.proof.simulator.stages import FIRST, InMemory, Stage
from tests.proof.simulator.tenants import ACCOUNTS
from tests.proof.simulator.weather import Weather, drawn
from tests.proof.simulator.workload import TICK, Workload

OPERATIONS = 30
YEARS = timedelta(days=3 * 366)
# Of one request and one transaction each; these may meet another, be left alone, or come twice.
SINGLE = {"redeem", "book", "confirm", "cancel", "fulfil", "return", "ask", "answer", "void"}
DECIDING = {"approve", "deny"}
GOOD = {"approved", "denied", "reserved", "pending"}


class Simulation:
    """`trace` is the plan of a seed with all that was said; `counted` what has come to pass."""

    def __init__(
        self,
        seed: int,
        operations: int = OPERATIONS,
        stage: Callable[[Weather], Stage] = InMemory,
    ) -> None:
        self.seed, self.operations = seed, operations
        self.rng = drawn(seed, "happenings")
        self.weather = Weather.of(drawn(seed, "weather"))
        self.stage = stage(self.weather)
        self.trace: list[str] = []
        self.counted = Counter[str]()
        self.clock = StoppedClock()
        around = self.clock, self.stage.accounts
        self.hands = Hands(*around, self.stage.ids, weather=self.weather)
        self.find = find = Finder(self.stage.kept, *around, self.stage.ids)
        self.judge = Judge(Model(), self.stage.kept, *around, self.stage.ids)
        self.judge.model.apply(FIRST)
        self.workload = Workload(drawn(seed, "workload"), find.left, find.ends, find.ending, BEGIN)
        self.workload.heard(FIRST, Answer(status=200, state="activated"))
        self.done: list[tuple[Op, Answer, bytes]] = []
        self.later: list[Op] = []
        self.raced = frozenset[str]()

    def run(self) -> "Simulation":
        """Broken if a promise is; the note says how to see it again."""
        try:
            with self.stage.wired(self.clock):
                while self.workload.number < self.operations:
                    self._something_happens()
                self._converges()
        except Exception as error:
            error.add_note("\n".join([f"SEED={self.seed}", *self.trace[-12:]]))
            raise
        self.counted.update(self.weather.seen)
        return self

    # Safety: under faults, after each operation.

    def _something_happens(self) -> None:
        chance = self.rng.random()
        op = self.workload.next()
        single = op.kind in SINGLE or bool(op.request)
        if chance < 0.12 and self.done:
            self._comes_again(op.at)
        if chance > 0.85 and single:
            self._meets(op)
        elif chance > 0.75 and op.kind in SINGLE:
            self._gives_up(op)
        else:
            self._happens(op)

    def _happens(self, op: Op) -> None:
        with self.weather.storm():
            answer = self.hands.carry_out(op)
        self._is_right(op, answer)

    def _is_right(self, op: Op, answer: Answer) -> None:
        self._note(op, answer)
        if self.hands.in_parts and answer.each:
            self.judge.answered_in_parts(op, answer)
        else:
            self.judge.answered(op, answer)
        if op.kind == "look":
            self.find.adds_up(op.account)
        self._came_of(op, answer)

    def _came_of(self, op: Op, answer: Answer) -> None:
        self.workload.heard(op, answer)
        self.counted["operations"] += 1
        self.counted[f"{op.kind} {answer.code or answer.state or ''}"] += 1
        if op.kind in SINGLE | DECIDING:
            assert self.hands.last is not None
            self.done.append((op, answer, self.hands.last.body))
        for broken in self.stage.broken(self.stage.accounts[op.account], self.raced):
            raise Broken(broken)

    def _gives_up(self, op: Op) -> None:
        """Who asked goes away; if nothing came of it, they ask again when the weather is fair."""
        self.hands.patient = False
        try:
            with self.weather.storm():
                answer = self.hands.carry_out(op)
        except GivenUp:
            self.counted["given up"] += 1
            if not self.find.written(op, self.hands):
                self.trace.append(f"{brief(op)} is given up")
                self.later.append(op)
                self.judge.accounts_agree(op.account)
                return
            answer = self.hands.carry_out(op)
        finally:
            self.hands.patient = True
        self._is_right(op, answer)

    def _meets(self, op: Op) -> None:
        """Something else happens between its read and its write; or the very same does."""
        twin = self.rng.random() < 0.25
        other = op if twin else self.workload.beside(op)
        said: list[Answer] = []
        known = self.find.entries(op.account)
        self.stage.meanwhile.append(lambda: said.append(self.hands.carry_out(other)))
        answer = self.hands.carry_out(op)
        last = self.hands.last
        while self.stage.meanwhile:
            self.stage.meanwhile.pop()()
        self.raced |= self.find.entries(op.account) - known
        self.counted["met"] += 1
        self.trace.append(f"met by {brief(other)} -> {brief(said[0])}")
        if twin:
            if said[0] != answer:
                raise Broken(f"{brief(op)} -> {brief(answer)} and {brief(said[0])} at once")
            if answer.code == "code_not_accepted":  # and each try counts
                self.judge.answered(op, answer)
            self._is_right(op, answer)
            return
        self._note(op, answer)
        self.judge.raced(op, answer, other, said[0])
        self.hands.last = last
        self._came_of(op, answer)
        self.workload.heard(other, said[0])

    def _comes_again(self, at: datetime) -> None:
        """What went well is answered as before; what did not is judged anew."""
        if self.hands.paid and self.rng.random() < 0.2:
            self._is_told_again(self.rng.choice(self.hands.paid))
        op, before, body = self.rng.choice(self.done)
        self.clock.at = max(self.clock.at, at - TICK)
        if before.code:
            self.done.remove((op, before, body))
            self._happens(replace(op, at=self.clock.at))
            return
        known = self.find.entries(op.account)
        if {*before.each} - GOOD:
            return
        with self.weather.storm():
            again = self.hands.until_answered(self.hands.request_of(op).go)
        self.counted["replayed"] += 1
        if again.body != body and not (
            op.kind in DECIDING and decided(again.body) == decided(body)
        ):
            raise Broken(f"{brief(op)} was answered {again.body!r}, and {body!r} before")
        if self.find.entries(op.account) != known:
            raise Broken(f"{brief(op)} came again, and moved credits")
        self.judge.accounts_agree(op.account)

    def _is_told_again(self, paid: dict[str, Any]) -> None:
        """By the provider, of a payment that is booked; a day later, or a year."""
        with self.weather.storm():
            if self.hands.hear(paid):
                raise Broken(f"booked twice: {paid}")
        self.counted["told again of a payment"] += 1
        self.judge.accounts_agree(*self.stage.accounts)

    # Liveness: all faults stop.

    def _converges(self) -> None:
        """Whoever gave up asks again; then all that is due is done, now and years later."""
        for op in self.later:
            self.clock.advance(TICK)
            self._is_right(again := replace(op, at=self.clock.at), self.hands.carry_out(again))
        for pause in (TICK, YEARS, TICK):
            self.clock.advance(pause)
            self.workload.number += 1
            name = f"op{self.workload.number}"
            sweep = Op(name=name, kind="sweep", at=self.clock.at, account="a1")
            self._is_right(sweep, self.hands.carry_out(sweep))
            self.judge.everything_agrees()
        for name in ACCOUNTS:
            self.find.adds_up(name)
        for broken in (*self.stage.all_broken(), *self.find.unfinished()):
            raise Broken(broken)
        self.counted["converged"] += 1

    def _note(self, op: Op, answer: Answer) -> None:
        told, self.weather.told = self.weather.told, []
        self.trace.append(f"{brief(op)} -> {brief(answer)} {told or ''}".rstrip())


def decided(body: bytes) -> object:
    """Of a decision what was decided is the same for ever; each request is shown as it is now."""
    said = json.loads(body)
    return [one.get("problem") or one["redemption"] for one in said["outcomes"]]
