"""Where functions log: a file, though they write to standard output as in Lambda."""

import contextlib
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TextIO, cast

_inside: ContextVar[bool] = ContextVar("inside", default=False)


@contextlib.contextmanager
def inside_a_function() -> Iterator[None]:
    """What this thread writes now is a function's log."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


class _Parted:
    """Standard output that tells functions from everybody else.

    There is one for ever: a logger made by the first cloud still holds it in the second.
    """

    functions: TextIO | None = None
    others: TextIO = sys.stdout

    def __getattr__(self, name: str) -> Any:
        inside = self.functions and _inside.get()
        return getattr(self.functions if inside else self.others, name)


_parted = _Parted()


@contextlib.contextmanager
def kept_in(path: Path) -> Iterator[None]:
    """Part standard output for as long as this lasts."""
    former, _parted.others = sys.stdout, sys.stdout
    with path.open("a", encoding="utf-8", buffering=1) as file:
        _parted.functions = file
        sys.stdout = cast(TextIO, _parted)
        try:
            yield
        finally:
            _parted.functions = None
            if sys.stdout is cast(TextIO, _parted):
                sys.stdout = former
