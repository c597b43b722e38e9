"""Many Lambda environments at once, in threads of one process.

Environments share nothing, so it is only their requests to AWS that can cross. Powertools counts
in one place for a whole process: a thread therefore runs alone until it asks AWS for something,
and lets the others run while it waits.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

import pytest
from botocore.client import BaseClient

from tests.http.people import Reply
from tests.http.wire import CALL, WRITE, Request, Wire
from training_credits.domain.errors import Reason

THREADS, SENT_MAX = 32, 20
T = TypeVar("T")


def tally(replies: Iterable[Reply]) -> Counter[Any]:
    """How often each answer was given: the code of a problem, or the status."""
    return Counter(reply.code or reply.status for reply in replies)


def meanwhile(wire: Wire, call: Callable[[], T]) -> list[T]:
    """Let `call` happen, to its end, between somebody's last read and their first write."""
    happened: list[T] = []

    def fault(request: Request) -> None:
        if request.operation == WRITE:
            wire.fault = None
            happened.append(call())

    wire.fault = fault
    return happened


class Crowd:
    """`all` calls everybody at once; the order of the answers is the order asked."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()
        self._turn = threading.Lock()
        self._mine = threading.local()

    def __enter__(self) -> Self:
        original: Any = getattr(BaseClient, CALL)

        def call(client: Any, operation: str, parameters: Any) -> Any:
            if not getattr(self._mine, "turn", False):
                return original(client, operation, parameters)
            self._turn.release()
            try:
                return original(client, operation, parameters)
            finally:
                self._turn.acquire()

        self._patch.setattr(BaseClient, CALL, call)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._patch.undo()

    def all(self, calls: Iterable[Callable[[], T]], threads: int = THREADS) -> list[T]:
        """The first of them start together."""
        waiting = list(calls)
        start = threading.Barrier(min(threads, len(waiting)))

        def run(call: Callable[[], T]) -> T:
            if not hasattr(self._mine, "started"):
                self._mine.started = True
                start.wait(timeout=30)
            with self._turn:
                self._mine.turn = True
                try:
                    return call()
                finally:
                    self._mine.turn = False

        with ThreadPoolExecutor(start.parties) as pool:
            return list(pool.map(run, waiting))

    def answered(self, calls: Iterable[Callable[[], Reply]]) -> list[Reply]:
        """As clients do: whoever is told to come back sends the same again, under its key."""
        waiting = list(calls)
        replies = self.all(waiting)
        for _ in range(SENT_MAX):
            busy = [at for at, reply in enumerate(replies) if reply.code == Reason.BUSY]
            if not busy:
                return replies
            for at, reply in zip(busy, self.all([waiting[at] for at in busy]), strict=True):
                replies[at] = reply
        raise AssertionError(f"busy for ever: {tally(replies)}")
