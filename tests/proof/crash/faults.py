"""Where a run breaks off: at one call, before it, after it, or with its answer unheard."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NoReturn, TypeVar

from tests.fakes.payments import FakePayments
from tests.http.wire import Crash, Request, answer_lost, carried_out

T = TypeVar("T")
# What a payment provider is asked; all else of the fake is the tests' own.
ASKED = frozenset({"open", "show", "pay", "keep", "cancel"})


class How(Enum):
    """What goes wrong at a call."""

    BEFORE = "killed before"
    AFTER = "killed after"
    LOST = "without an answer to"


CLAIM, MAIL = "PutItem", "SendEmail"
# Where a mail that nobody knows to have gone is lost rather than sent twice (docs/events.md).
IN_DOUBT = frozenset({(CLAIM, How.AFTER), (MAIL, How.BEFORE)})


def crash() -> NoReturn:
    """The environment is gone."""
    raise Crash


@dataclass
class Break:
    """Counts the calls that leave the process, and breaks one of them."""

    at: int = -1
    how: How = How.BEFORE
    die: Callable[[], NoReturn] = crash
    calls: list[str] = field(default_factory=list)
    unsent: Request | None = None
    _counting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def came(self) -> bool:
        """Whether the call was ever made."""
        return len(self.calls) > self.at

    def hear(self, request: Request) -> Any:
        """For the wire: every request to AWS, the tries of botocore included."""
        if not self._now(request.operation):
            return None
        if self.how is How.BEFORE:
            self.unsent = request
            self.die()
        return answer_lost if self.how is How.LOST else self._after

    def around(self, name: str, call: Callable[[], T]) -> T:
        """For what leaves the process on another way: its answer cannot be lost here."""
        now = self._now(name)
        if now and self.how is How.BEFORE:
            self.die()
        answer = call()
        if now and self.how is How.AFTER:
            self.die()
        return answer

    def _after(self, client: Any, request: Any) -> None:
        carried_out(client, request)
        self.die()

    def _now(self, name: str) -> bool:
        with self._counting:
            self.calls.append(name)
            return len(self.calls) == self.at + 1


class Provider:
    """The payment provider, each question to it a call like any other."""

    def __init__(self, payments: FakePayments, broken: Callable[[], Break]) -> None:
        self._payments, self._broken = payments, broken

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._payments, name)
        if name not in ASKED:
            return asked
        return lambda *what: self._broken().around(f"provider.{name}", lambda: asked(*what))
