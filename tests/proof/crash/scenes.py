"""Every scene: one of each operation of the API, its ways with several writes, each job."""

from collections.abc import Callable, Mapping
from functools import partial

from tests.integration.requests_of_all import ASKED, GATED, OF_LOTS
from tests.proof.crash.asked import MORE
from tests.proof.crash.jobs import JOBS
from tests.proof.crash.recording import Ask, Recorder
from tests.proof.crash.stage import Scene

Make = Callable[[Recorder], Scene]
# How many papers were made today counts tries, so that nobody has more made by breaking off.
EXCUSED = {"makeDocument": frozenset({"papers"})}


def _asked(name: str, program: str, ask: Ask) -> Make:
    excused = EXCUSED.get(operation_of(name), frozenset())
    return partial(Recorder.asked, name=name, program=program, ask=ask, excused=excused)


def operation_of(name: str) -> str:
    """The operation, or the function, of a scene."""
    return name.partition(",")[0].partition(" (")[0]


API: Mapping[str, Make] = {
    f"{name} ({program})": _asked(name, program, ask)
    for program, asked in (
        ("atlassian", {name: ask for name, (ask, _) in ASKED.items()}),
        ("salesforce", {name: ask for name, (ask, _) in OF_LOTS.items()}),
        ("cisco", {name: ask for name, (ask, _) in GATED.items()}),
    )
    for name, ask in asked.items()
} | {f"{name} ({program})": _asked(name, program, ask) for name, (program, ask) in MORE.items()}
SCENES: Mapping[str, Make] = {**API, **JOBS}
