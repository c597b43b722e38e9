"""Faults that come so many times, or at one request."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from tests.http.wire import Crash, Fault, Request, Wire, conflict, crash_after

T = TypeVar("T")


def times(most: int, operation: str, answer: Any) -> Fault:
    """This answer to the first requests of a kind."""
    left = [most]
    lock = threading.Lock()

    def fault(request: Request) -> Any:
        if request.operation != operation:
            return None
        with lock:
            left[0] -= 1
            if left[0] < 0:
                return None
        return answer(request) if answer is conflict else answer

    return fault


def crashing(wire: Wire, at: int, call: Callable[[], T], *, before: bool) -> T:
    """Call with a crash at request `at`, before or after it is carried out; then call cleanly."""
    count = [0]

    def fault(_: Request) -> Any:
        count[0] += 1
        if count[0] - 1 != at:
            return None
        if before:
            raise Crash
        return crash_after

    wire.fault = fault
    try:
        call()
    except Crash:
        pass
    finally:
        wire.fault = None
    return call()
