"""A crash at one request, and the same call again."""

from collections.abc import Callable
from typing import Any, TypeVar

from tests.http.wire import Crash, Request, Wire, crash_after, struck

T = TypeVar("T")


def crashing(wire: Wire, at: int, call: Callable[[], T], *, before: bool) -> T:
    """Call with a crash at request `at`, before or after it is carried out; then call cleanly."""

    def fault(_: Request) -> Any:
        if before:
            raise Crash
        return crash_after

    wire.fault = struck(fault, first=at)
    try:
        call()
    except Crash:
        pass
    finally:
        wire.fault = None
    return call()
