"""The clock of the local cloud: it runs, can be moved forward, and calls what is due on the way."""

import contextlib
import itertools
import json
import math
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from local.intrinsics import ACCOUNT
from local.runtime import Runtime
from local.schedule import occurrences
from local.stack import Schedule
from local.template import REGION

TICK_SECONDS = 1.0
DAY = timedelta(days=1)
# Between two calls of schedules; what never stops being put off must not stop the clock.
RETRIES_EACH = 100
A_MOMENT = timedelta(milliseconds=2)


class ClockRefused(ValueError):
    """The clock cannot be moved there."""


class Clock:
    """Real time plus an offset. The offset is kept on disk, because the data is dated by it."""

    def __init__(
        self,
        runtime: Runtime,
        schedules: list[Schedule],
        kept: Path,
        fire: Callable[[str, dict[str, Any]], None],
        settle: Callable[[], None],
        shows_next: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self._runtime, self._schedules, self._kept = runtime, schedules, kept
        self._fire, self._settle, self._shows_next = fire, settle, shows_next
        self.offset_seconds = float(kept.read_text()) if kept.exists() else 0.0
        runtime.clock_moved(self.offset_seconds)
        self._moving = threading.RLock()
        self._seen = self.now()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)

    def advance(self, step: timedelta, calls_max: int | None = None) -> int:
        with self._moving:
            return self.move_to(self.now() + step, calls_max)

    def move_to(self, target: datetime, calls_max: int | None = None) -> int:
        """Go there, calling on the way what is due at its own instant. Returns how many calls.

        At most `calls_max` a schedule, or what the runtime can do in about a second.
        """
        with self._moving:
            if target < self.now():
                raise ClockRefused(
                    f"It is {stamp(self.now())} already and time only moves forward, because what "
                    "is booked is booked. To begin again: stop, remove .local, start."
                )
            # What has happened so far is told at its own time, not at the one we go to.
            self._settle()
            fired = self._pass(target, self._set, calls_max)
            self._set(target)
            return fired

    def _set(self, instant: datetime) -> None:
        """Where calls on the way have taken longer than the way, it is later already."""
        offset = (instant - datetime.now(UTC)).total_seconds()
        self.offset_seconds = max(offset, self.offset_seconds)
        self._runtime.clock_moved(self.offset_seconds)
        self._kept.write_text(repr(self.offset_seconds))

    def _pass(
        self,
        until: datetime,
        before_each: Callable[[datetime], None] = lambda _: None,
        calls_max: int | None = None,
    ) -> int:
        fired = 0
        for instant, schedule in self._due(until, calls_max or self._runtime.firings_max):
            self._retry(instant, before_each)
            before_each(instant)
            self._fire(schedule.function, scheduled_event(schedule, instant))
            self._settle()
            fired += 1
        self._retry(until, before_each)
        self._seen = until
        return fired

    def _retry(self, until: datetime, before_each: Callable[[datetime], None]) -> None:
        """Stop where a message shows again that a function has hidden for a while."""
        for _ in range(RETRIES_EACH):
            shows = self._shows_next()
            if not shows or shows >= until:
                return
            before_each(shows + A_MOMENT)
            self._settle()

    def _due(self, until: datetime, most: int) -> list[tuple[datetime, Schedule]]:
        due = [
            (instant, schedule)
            for schedule in self._schedules
            for instant in thinned(occurrences(schedule.expression, self._seen, until), most)
        ]
        return sorted(due, key=lambda one: one[0])

    def _run(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            # What is still being delivered after a minute goes on without us.
            with self._moving, contextlib.suppress(TimeoutError):
                self._pass(self.now())


def thinned(instants: Iterator[datetime], most: int) -> list[datetime]:
    """All of them, or, of more than `most`, the last of each day; of many days, of each few days.

    Jobs on a schedule catch up, so that fewer calls book the same: only the calls are fewer.
    """
    every = list(instants)
    if len(every) <= most:
        return every
    days = math.ceil((every[-1] - every[0] + DAY) / DAY / most)
    grouped = itertools.groupby(every, key=lambda one: (every[-1] - one) // (days * DAY))
    return [list(group)[-1] for _, group in grouped]


def scheduled_event(schedule: Schedule, instant: datetime) -> dict[str, Any]:
    """What EventBridge hands to the target, or the input that the template gives instead."""
    if schedule.payload is not None:
        placeholder = "<aws.scheduler.scheduled-time>"
        payload: dict[str, Any] = json.loads(schedule.payload.replace(placeholder, stamp(instant)))
        return payload
    return {
        "version": "0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{schedule.arn}/{stamp(instant)}")),
        "detail-type": "Scheduled Event",
        "source": schedule.source,
        "account": ACCOUNT,
        "time": stamp(instant),
        "region": REGION,
        "resources": [schedule.arn],
        # The scheduler really writes its empty detail as text.
        "detail": "{}" if schedule.source == "aws.scheduler" else {},
    }


def stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
