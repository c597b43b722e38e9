"""What goes wrong between the product and its table, drawn from the seed call by call."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from random import Random
from typing import Any

from tests.fakes.memory_ledger import MemoryLedger
from tests.http.wire import Crash
from training_credits.domain.errors import Reason, Unavailable
from training_credits.ports import Page


class Fault(StrEnum):
    """Of one call: whether it is carried out, and whether anybody lives to hear the answer."""

    BUSY = "busy"  # not carried out, and said so: throttled, or in conflict to the last try
    LOST = "lost"  # carried out, and the answer is lost
    CRASH = "crash"  # the environment is gone before
    DIED = "died"  # the environment is gone after


CARRIED_OUT = {Fault.LOST, Fault.DIED}
LAGGING = {"due", "due_requests"}
# A wrong code whose count was not answered is sent again, and counts twice, as each try does: of
# that the model knows nothing, so these are not carried out where the answer is lost.
COUNTING = {Fault.LOST: Fault.BUSY, Fault.DIED: Fault.CRASH}
# How often each comes of a thousand calls: from fair to foul. A seed has one of them for all.
SKIES = ((0, 0, 0, 0), (5, 5, 5, 5), (30, 10, 20, 20), (120, 60, 60, 60), (0, 150, 0, 150))


def drawn(seed: int, what: str) -> Random:
    """Each thing is drawn by itself, so that one more of it changes no other."""
    return Random(f"{seed} {what}")  # noqa: S311 - chance that comes again, and no secret


@dataclass
class Weather:
    """Fair but in a storm; `seen` counts what has come."""

    rng: Random
    sky: tuple[int, ...]
    lag: int = 0
    fair: bool = True
    seen: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rng: Random) -> "Weather":
        return cls(rng=rng, sky=rng.choice(SKIES), lag=rng.choice((0, 0, 100)))

    @contextmanager
    def storm(self) -> Iterator[None]:
        """While somebody does something; whoever only looks on sees clearly."""
        self.fair = False
        try:
            yield
        finally:
            self.fair = True

    def strikes(self, call: str) -> Fault | None:
        """What happens to this call."""
        if self.fair:
            return None
        drawn = self.rng.randrange(1000)
        for fault, share in zip(Fault, self.sky, strict=True):
            drawn -= share
            if drawn < 0:
                self.note(f"{fault} at {call}")
                return fault
        return None

    def lags(self) -> bool:
        """Whether an index has not heard yet of what was written."""
        late = not self.fair and self.rng.randrange(1000) < self.lag
        if late:
            self.note("index lags")
        return late

    def doubts(self) -> bool:
        """Whether somebody sends what was answered once more."""
        return not self.fair and self.rng.randrange(10) < 3

    def note(self, what: str) -> None:
        self.seen[what.split(maxsplit=1)[0]] += 1
        self.told.append(what)


class Stormy:
    """A ledger in this weather; `meanwhile` happens between somebody's read and their write."""

    def __init__(self, ledger: MemoryLedger, weather: Weather) -> None:
        self.kept = ledger
        self.weather = weather
        self.meanwhile: list[Callable[[], object]] = []

    def __getattr__(self, name: str) -> Any:
        return partial(self._call, name, getattr(self.kept, name))

    def _call(self, name: str, method: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if name == "commit" and self.meanwhile:
            self.meanwhile.pop()()
        if name in LAGGING and self.weather.lags():
            return Page(items=())
        fault = self.weather.strikes(name)
        if name == "count_try" and fault is not None:
            fault = COUNTING.get(fault, fault)
        answer = method(*args, **more) if fault is None or fault in CARRIED_OUT else None
        if fault in {Fault.CRASH, Fault.DIED}:
            raise Crash(fault)
        if fault is not None:
            raise Unavailable(Reason.BUSY, "The ledger does not answer.")
        return answer
