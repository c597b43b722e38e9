"""Two actors in every order of their calls to AWS: one call at a time, and no order left out.

An actor runs in a thread of its own and stops before each call. The scheduler lets one of them go
and waits until it stops again, or has ended: the call is over then, and what the actor made of its
answer too. So nothing is left to chance, and a schedule such as ABBA says all that happened.
Schedules are walked depth first: A goes where it can, and then each choice is made the other way,
the last one first. Where an actor has ended, the other goes on.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import pytest
from botocore.client import BaseClient

from tests.http.wire import CALL, WRITE
from training_credits.domain.errors import Problem

Act = Callable[[], object]
SCHEDULES_MAX = 924  # of six calls and six others
CALLS_MAX = 24
PATIENCE_SECONDS = 20.0


class Hung(AssertionError):
    """An actor neither asks AWS for anything nor ends."""


class Astray(AssertionError):
    """The same schedule has led elsewhere: something beside the schedule decides."""


class Endless(AssertionError):
    """More calls, or more schedules, than can be walked."""


class Abandoned(BaseException):
    """Ends the thread of an actor whose schedule is given up; `except Exception` cannot stop it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call to AWS; `done` unless it was answered with an error."""

    actor: str
    operation: str
    done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What came of one schedule. Of each actor: what it returned, or the reason of its refusal."""

    calls: tuple[Call, ...]
    outcomes: tuple[object, object]
    open: tuple[bool, ...]

    @property
    def schedule(self) -> str:
        """Who went, call by call."""
        return "".join(call.actor for call in self.calls)

    @property
    def writers(self) -> str:
        """Whose transactions were carried out, in their order."""
        return "".join(c.actor for c in self.calls if c.operation == WRITE and c.done)

    @property
    def following(self) -> str | None:
        """The beginning of the next schedule: the last choice of A is made the other way."""
        for place in reversed(range(len(self.calls))):
            if self.open[place] and self.calls[place].actor == "A":
                return self.schedule[:place] + "B"
        return None


class Turns:
    """Holds every call of an actor back until its turn; calls of anybody else are not touched."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patch = pytest.MonkeyPatch()
        self._mine = threading.local()
        self._patience = patience

    def __enter__(self) -> Self:
        original: Any = getattr(BaseClient, CALL)

        def call(client: Any, operation: str, parameters: Any) -> Any:
            return self.step(operation, lambda: original(client, operation, parameters))

        self._patch.setattr(BaseClient, CALL, call)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._patch.undo()

    def step(self, operation: str, call: Callable[[], Any]) -> Any:
        """One call of whoever runs in this thread, when it is their turn."""
        actor: _Actor | None = getattr(self._mine, "actor", None)
        return call() if actor is None else actor.calls(operation, call)

    def walk(self, stage: Callable[[int], tuple[Act, Act]]) -> Iterator[Run]:
        """Every schedule of two acts; `stage` sets them anew for each, by its number."""
        begun = ""
        before: tuple[Call, ...] = ()
        for number in range(SCHEDULES_MAX):
            run = self.play(*stage(number), begun)
            known = max(len(begun) - 1, 0)
            if run.calls[:known] != before[:known]:
                raise Astray(f"{begun}: {run.calls[:known]} where {before[:known]} was before")
            yield run
            if run.following is None:
                return
            begun, before = run.following, run.calls
        raise Endless(f"more than {SCHEDULES_MAX} schedules")

    def play(self, first: Act, second: Act, begun: str = "") -> Run:
        """One schedule, of which so much is given; from there on A goes first."""
        actors = {name: _Actor(name, self._patience) for name in "AB"}
        calls: list[Call] = []
        chosen: list[bool] = []
        try:
            for actor, act in zip(actors.values(), (first, second), strict=True):
                actor.begin(act, self._mine)
            while waiting := [name for name, actor in actors.items() if actor.asks]:
                calls.append(actors[_next(waiting, begun, len(calls))].proceed())
                chosen.append(len(waiting) > 1)
        except BaseException as error:
            error.add_note("after " + ("".join(call.actor for call in calls) or "no call"))
            raise
        finally:
            for actor in actors.values():
                actor.leave()
        one, two = (actor.outcome() for actor in actors.values())
        return Run(calls=tuple(calls), outcomes=(one, two), open=tuple(chosen))


def _next(waiting: list[str], begun: str, place: int) -> str:
    """Whose turn it is: as the schedule begins; and A first."""
    if place == CALLS_MAX:
        raise Endless(f"more than {CALLS_MAX} calls")
    name = begun[place] if place < len(begun) else waiting[0]
    if name not in waiting:
        raise Astray(f"{begun}: {name} has ended after {place} calls")
    return name


class _Actor:
    """A thread that stops before each call."""

    def __init__(self, name: str, patience: float) -> None:
        self.name = name
        self.asks: str | None = None
        self._patience = patience
        self._done = True
        self._left = False
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._result: object = None
        self._error: BaseException | None = None

    # What the scheduler does.

    def begin(self, act: Act, mine: threading.local) -> None:
        """Up to its first call."""
        threading.Thread(target=self._run, args=(act, mine), daemon=True).start()
        self._settle()

    def proceed(self) -> Call:
        """The call it stands before, and on to the next one or to its end."""
        operation = self.asks or ""
        self._go.release()
        self._settle()
        return Call(actor=self.name, operation=operation, done=self._done)

    def leave(self) -> None:
        """Let nothing run on, whatever was left undone."""
        self._left = True
        self._go.release()

    def outcome(self) -> object:
        """What it returned, or why it was refused; anything else it met is raised here."""
        if isinstance(self._error, Problem):
            return self._error.reason
        if self._error is not None:
            raise self._error
        return self._result

    def _settle(self) -> None:
        if not self._stopped.acquire(timeout=self._patience):
            raise Hung(f"{self.name} after {self.asks or 'its beginning'}")

    # What happens in its thread.

    def _run(self, act: Act, mine: threading.local) -> None:
        mine.actor = self
        try:
            self._result = act()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is asked for
            self._error = error
        self.asks = None
        self._stopped.release()

    def calls(self, operation: str, call: Callable[[], Any]) -> Any:
        self.asks = operation
        self._stopped.release()
        self._go.acquire()
        if self._left:
            raise Abandoned
        self._done = False
        answer = call()
        self._done = True
        return answer
