"""Scenes: a handler, what it is called with, and the table as it was just before."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.http import asking
from tests.http.people import Company, Reply, company
from tests.proof.crash.cloud import Raw
from tests.proof.crash.stage import Scene, Stage, soon
from training_credits.edge.routes import ROUTES

Ask = Callable[[Company], Reply]
KEYED = frozenset(route.operation for route in ROUTES if route.keyed)
NOTHING: frozenset[str] = frozenset()


class Recorder:
    """Companies are made once for each program; a scene begins with what they had then."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._companies: dict[str, tuple[Company, Raw]] = {}

    def company(self, program: str) -> Company:
        """As new: nothing was done since it was made."""
        cloud = self.stage.cloud
        if program not in self._companies:
            cloud.put_back({})
            made = company(cloud.wire, program=program, credits=1_000)
            made.buys(50)
            self._companies[program] = made, cloud.raw()
        made, before = self._companies[program]
        cloud.put_back(before)
        # What the tests remember of it goes back too.
        return replace(made, pays_with=dict(made.pays_with))

    def asked(self, name: str, program: str, ask: Ask, excused: frozenset[str] = NOTHING) -> Scene:
        """Whatever is asked for last; all that comes before it is only its world."""
        with self._noted() as scenes:
            reply = ask(self.company(program))
        assert 200 <= reply.status < 300, (name, reply)
        return replace(
            scenes[-1],
            name=f"{name} ({program})",
            keyed=name.partition(",")[0] in KEYED,
            excused=excused,
        )

    def job(self, name: str, event: Any, **more: Any) -> Scene:
        """A function that nobody asks, on the table as it is now."""
        return Scene(
            name=name,
            function=name.partition(",")[0],
            event=event,
            before=self.stage.cloud.raw(),
            at=soon(),
            **more,
        )

    @contextmanager
    def _noted(self) -> Iterator[list[Scene]]:
        scenes: list[Scene] = []
        original = asking.invoke

        def invoke(function: str, event: Any) -> Any:
            scenes[:] = [self._scene(function, copy.deepcopy(event))]
            return original(function, event)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(asking, "invoke", invoke)
            yield scenes

    def _scene(self, function: str, event: Any) -> Scene:
        return Scene(
            name=function,
            function=function,
            event=event,
            before=self.stage.cloud.raw(),
            at=soon(),
            payments=copy.deepcopy(self.stage.payments),
        )


@contextmanager
def later(days: int) -> Iterator[None]:
    """So many days have passed, and nobody was there."""
    with pytest.MonkeyPatch.context() as patch:
        seconds = timedelta(days=days).total_seconds()
        patch.setenv("CLOCK_OFFSET_SECONDS", str(seconds))
        yield
