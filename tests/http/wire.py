"""The wire between the product and AWS: every request is seen, and a test may plant a fault."""

import io
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.exceptions import ReadTimeoutError

NEVER = frozenset({"Scan", "DeleteItem", "BatchWriteItem"})
CALL = "_make_api_call"  # through which boto3 and pynamodb both go
READS = frozenset({"GetItem", "BatchGetItem", "Query"})
WRITE = "TransactWriteItems"  # what changes something of the books, all of it or nothing


class Crash(BaseException):
    """The environment is gone; `except Exception` cannot hide it."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One HTTP request to AWS, retries of botocore included."""

    service: str
    operation: str
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    def mentions(self, text: str) -> bool:
        """Whether any string of it begins so."""
        return f'"{text}'.encode() in self.raw


Fault = Callable[[Request], Any]


@dataclass
class Wire:
    """`requests` are the product's, of all threads; `fault` may answer one instead of AWS."""

    requests: list[Request] = field(default_factory=list)
    fault: Fault | None = None
    _mine: threading.local = field(default_factory=threading.local)

    @contextmanager
    def listening(self) -> Iterator[list[Request]]:
        """What this thread asks for during the block."""
        heard: list[Request] = []
        self._mine.heard = heard
        yield heard
        self._mine.heard = []

    def count(self, operation: str) -> int:
        return sum(request.operation == operation for request in self.requests)

    def hear(self, client: BaseClient, request: Any, event_name: str) -> Any:
        """botocore's before-send hook."""
        _, service, operation = event_name.split(".")
        seen = Request(service=service, operation=operation, raw=request.body or b"{}")
        assert operation not in NEVER, f"{operation} is never asked for"
        self.requests.append(seen)
        if hasattr(self._mine, "heard"):
            self._mine.heard.append(seen)
        answer = self.fault(seen) if self.fault else None
        return answer(client, request) if callable(answer) else answer


@contextmanager
def tapped() -> Iterator[Wire]:
    """Every client of the product is heard; clients of the tests (engines.mine) are not."""
    wire = Wire()
    original: Any = getattr(BaseClient, CALL)

    def call(client: Any, operation: str, parameters: Any) -> Any:
        agent = client.meta.config.user_agent_extra or ""
        if "the-tests" not in agent and getattr(client, "tapped_by", None) is not wire:
            client.tapped_by = wire
            client.meta.events.register_first(
                "before-send.*.*",
                lambda request, event_name, **_: (
                    wire.hear(client, request, event_name) if client.tapped_by is wire else None
                ),
            )
        return original(client, operation, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, CALL, call)
        yield wire


# Faults for clients of DynamoDB Local. On moto a fault of before-send is answered and written.


def refused_by_dynamodb(code: str, status: int = 400, **members: Any) -> AWSResponse:
    """An answer of DynamoDB that was made here."""
    kind = f"com.amazonaws.dynamodb.v20120810#{code}"
    body = json.dumps({"__type": kind, "Message": code, **members}).encode()
    return made_here(status, {"content-type": "application/x-amz-json-1.0"}, body)


def made_here(status: int, headers: dict[str, str], body: bytes) -> AWSResponse:
    """An answer as botocore expects it of a connection."""
    return AWSResponse("http://here", status, headers, _Raw(body))  # type: ignore[arg-type]


def conflict(request: Request) -> AWSResponse:
    """Another transaction was at the first item."""
    items = len(request.body["TransactItems"])
    reasons = [{"Code": "TransactionConflict"}, *[{"Code": "None"}] * (items - 1)]
    return refused_by_dynamodb("TransactionCanceledException", CancellationReasons=reasons)


def no_answer(_: Any, request: Any) -> None:
    """It is not carried out, and nobody says so."""
    raise ReadTimeoutError(endpoint_url=request.url)


def carried_out(client: Any, request: Any) -> None:
    """The answer is nobody's."""
    client._endpoint.http_session.send(request)  # noqa: SLF001 - the hook stands in its way


def answer_lost(client: Any, request: Any) -> None:
    """It is carried out, and the answer does not arrive."""
    carried_out(client, request)
    raise ReadTimeoutError(endpoint_url=request.url)


def crash_after(client: Any, request: Any) -> None:
    """It is carried out, and whoever asked is gone."""
    carried_out(client, request)
    raise Crash


def always(answer: Any) -> Fault:
    """The same answer, whatever is asked."""
    return lambda _: answer


def struck(fault: Fault, *, operation: str | None = None, first: int = 0, times: int = 1) -> Fault:
    """So many requests, of this kind or of any, from one on; those before and after go through."""
    numbers, lock = itertools.count(), threading.Lock()

    def strike(request: Request) -> Any:
        if operation not in {None, request.operation}:
            return None
        with lock:
            number = next(numbers)
        return fault(request) if first <= number < first + times else None

    return strike


class _Raw(io.BytesIO):
    """What botocore expects of a connection."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()
