"""A scene is one call of a handler: played through, broken off, called again, looked at."""

import copy
import importlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from local import http_event
from local.runtime import Context
from tests import engines
from tests.fakes.payments import FakePayments
from tests.http import hooks
from tests.http.wire import Crash
from tests.proof.crash.cloud import Cloud, Outside, Raw
from tests.proof.crash.faults import IN_DOUBT, Break, How, Provider
from tests.receiver import Receiver
from tests.stating import plainly
from training_credits import papers
from training_credits.edge import wiring
from training_credits.webhooks.posting import post
from training_credits.webhooks.sender import WebhookSender

AGAIN = 2
AMPLE = 60_000
NO_CONTENT = 204
A_SECOND = timedelta(seconds=1)
# An instant that ends so is of this run; whether of the first call or of the next is all the same.
MOMENT = 123_456
FIRST_SECOND = 10
OURS = re.compile(r"(T\d\d:\d\d:)1\d(\.123456)")
ROUNDED = re.compile(r"(T\d\d:\d\d:)1\d(Z|\+00:00)")
# A link is signed by the clock of the machine.
SIGNED = r"X-Amz-Date=|X-Amz-Signature=|X-Amz-Credential=testing%2F"
BY_CHANCE = re.compile(rf"(milliseconds\W+|\"claimed_by\": \"|{SIGNED})\w+")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A handler is called with an event while the table is so.

    `keyed` replays are answered as the first call was. `excused` are kinds of items that may count
    a call twice: limits, and nothing that anybody owns. Killed at one of its `doubts`, a mail may
    be lost.
    """

    name: str
    function: str
    event: Any
    before: Raw
    at: datetime
    keyed: bool = False
    payments: FakePayments = field(default_factory=FakePayments)
    prepare: Callable[[Any], None] = lambda _: None
    excused: frozenset[str] = frozenset()
    doubts: frozenset[tuple[str, How]] = IN_DOUBT

    @property
    def http(self) -> bool:
        return "requestContext" in self.event


@dataclass(frozen=True, kw_only=True)
class Played:
    """What came of it: answers (None: killed), the table after each call, the world outside."""

    answers: list[str | None]
    tables: list[engines.Dump]
    outside: Outside
    events: frozenset[str]
    payments: FakePayments
    posts: frozenset[str]
    calls: list[str]
    came: bool
    masked: dict[tuple[str, str], str] = field(default_factory=dict)  # the last table, once needed


@dataclass
class Stage:
    """Where scenes are played, one after the other, by a clock that is stopped for each call."""

    cloud: Cloud
    receiver: Receiver
    now: datetime | None = None
    payments: FakePayments = field(default_factory=FakePayments)
    broken: Break = field(default_factory=Break)

    def play(self, scene: Scene, broken: Break, first: Callable[[], str | None]) -> Played:
        """`first` is the call that may break off; then it is called again, and again."""
        self._set(scene)
        self.broken, self.cloud.wire.fault = broken, broken.hear
        answers, tables = [first()], [self._table()]
        self.broken, self.cloud.wire.fault = Break(), None
        for number in range(AGAIN):
            self.now = scene.at + (number + 1) * A_SECOND
            answers.append(called(scene))
            tables.append(self._table())
        self.now = None
        return Played(
            answers=answers,
            tables=tables,
            outside=self.cloud.outside(),
            events=self._events(broken),
            payments=self.payments,
            posts=frozenset(self.receiver.ids),
            calls=broken.calls,
            came=broken.came,
        )

    def _set(self, scene: Scene) -> None:
        self.cloud.put_back(scene.before)
        self.cloud.wire.requests.clear()
        self.payments = copy.deepcopy(scene.payments)
        self.now = scene.at
        self.receiver.received.clear()
        self.receiver.status = NO_CONTENT
        scene.prepare(scene.event)

    def _table(self) -> engines.Dump:
        return engines.dump(self.cloud.table)

    def _events(self, broken: Break) -> frozenset[str]:
        sent = [each for each in self.cloud.wire.requests if each is not broken.unsent]
        put = [each for each in sent if each.operation == "PutEvents"]
        return frozenset(entry["Detail"] for each in put for entry in each.body["Entries"])


@contextmanager
def staged(cloud: Cloud, receiver: Receiver) -> Iterator[Stage]:
    """The clock, the provider, the way out and the pauses are the stage's; nothing is typeset."""
    stage, real = Stage(cloud, receiver), wiring.clock

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "clock", lambda: stage.now or real())
        patch.setattr(wiring, "payments", lambda: Provider(stage.payments, lambda: stage.broken))
        patch.setattr(wiring, "sender", sending(lambda: stage.broken))
        patch.setattr(time, "sleep", lambda _: None)
        patch.setattr(papers, "statement", plainly)
        yield stage


def sending(broken: Callable[[], Break]) -> Callable[[], WebhookSender]:
    """What posts to endpoints: each post is a call like any other."""

    def posted(*what: Any) -> Any:
        return broken().around("POST", lambda: post(*what))

    return lambda: WebhookSender(wiring.clock, local=True, resolve=hooks.resolve, post=posted)


def soon() -> datetime:
    """An instant of a scene that is recorded now."""
    return (wiring.clock() + timedelta(minutes=1)).replace(second=FIRST_SECOND, microsecond=MOMENT)


def killed(scene: Scene) -> str | None:
    """The answer; None if it was not to be."""
    with suppress(Crash):
        return called(scene)
    return None


@dataclass(kw_only=True, slots=True)
class Hurried(Context):
    """A call whose time may be over sooner than it was said to be."""

    left: Callable[[], int]

    def get_remaining_time_in_millis(self) -> int:
        return self.left()


def called(scene: Scene, left: Callable[[], int] = lambda: AMPLE) -> str:
    """As Lambda does; an error is an answer too, and brings the event again."""
    handler = importlib.import_module(f"functions.{scene.function}.app").handler
    context = Hurried(function_name=scene.function, memory_limit_in_mb=256, deadline=0, left=left)
    try:
        answer = handler(json.loads(json.dumps(scene.event)), context)
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller hears of it
        return f"raised {error!r}"
    if not scene.http:
        return json.dumps(answer)
    reply = http_event.answer(answer)
    return masked(f"{reply.status} {reply.body.decode()}")


def masked(text: str) -> str:
    """Without the seconds by which one call of a scene was later than another."""
    return BY_CHANCE.sub(r"\1-", ROUNDED.sub(r"\1--\2", OURS.sub(r"\1--\2", text)))
