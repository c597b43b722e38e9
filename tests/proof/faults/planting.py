"""Faults by lot, and answers that AWS gives seldom; see tests/http/wire.py for all others."""

import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from botocore.exceptions import ClientError

from tests.http.wire import WRITE, Request, refused_by_dynamodb

ALWAYS = 99
CALLER = re.compile(rb'#CALLER#s-([a-z]+\d+)"')
FAILED, FINE = "ConditionalCheckFailed", "None"


class Lottery:
    """A conflict at each write with chance `p`; whom it hits at which try is the seed's alone.

    Who goes first is up to the machine, so nobody draws by turns: each caller has lots of their
    own, and what comes of them can be worked out beforehand.
    """

    def __init__(self, p: float, seed: int, answer: Callable[[Request], Any]) -> None:
        self._p, self._seed, self._answer = p, seed, answer
        self._tries: Counter[int] = Counter()
        self._lock = threading.Lock()
        self.number: dict[str, int] = {}

    def hits(self, number: int, attempt: int) -> bool:
        """Whether the caller of this number meets one at this try, counted from 0."""
        drawn = random.Random(f"{self._seed}/{number}/{attempt}")  # noqa: S311 - no secret
        return drawn.random() < self._p

    def lucky(self, tries: int) -> set[int]:
        """Whoever gets through within so many tries."""
        return {n for n in self.number.values() if not all(self.hits(n, t) for t in range(tries))}

    @property
    def most(self) -> int:
        """How often somebody has tried at the most."""
        return max(self._tries.values())

    def __call__(self, request: Request) -> Any:
        found = CALLER.search(request.raw) if request.operation == WRITE else None
        if found is None:
            return None
        number = self.number[found[1].decode()]
        with self._lock:
            attempt = self._tries[number]
            self._tries[number] += 1
        return self._answer(request) if self.hits(number, attempt) else None


def cancelled(code: str, failing: Collection[int]) -> Callable[[Request], Any]:
    """A transaction that was cancelled for what it asks at these places, and nothing else."""

    def answer(request: Request) -> Any:
        places = range(len(request.body["TransactItems"]))
        reasons = [{"Code": code if place in failing else FINE} for place in places]
        return refused_by_dynamodb("TransactionCanceledException", CancellationReasons=reasons)

    return answer


def said(code: str, operation: str, status: int = 400) -> ClientError:
    """What botocore raises when AWS says so; for moto, which must not hear of the request."""
    answer: Any = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, operation)
