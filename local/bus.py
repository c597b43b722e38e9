"""Events from the bus to the functions whose rules they fit, and a log of both."""

import json
import queue
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from local.clock import stamp
from local.emulator import FunctionError
from local.intrinsics import ACCOUNT
from local.patterns import matches
from local.runtime import Runtime
from local.stack import Function, Rule
from local.template import REGION

EVENTS_KEPT = 10_000
Call = tuple[str, Any, str]


class Calls:
    """Asynchronous calls, one after the other, each retried as Lambda would, without its pauses."""

    def __init__(
        self,
        runtime: Runtime,
        functions: dict[str, Function],
        failed: Callable[[str, Any, FunctionError], None],
    ) -> None:
        self._runtime, self._functions, self._failed = runtime, functions, failed
        self._waiting: queue.SimpleQueue[tuple[str, Any] | None] = queue.SimpleQueue()
        self._open = self.count = 0
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="calls")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def later(self, function: str, event: Any) -> None:  # any JSON
        with self._changed:
            self._open += 1
            self.count += 1
        self._waiting.put((function, event))

    def now(self, function: str, event: Any) -> None:
        """The call and its retries; a call that stays failed is told, not raised."""
        for left in reversed(range(self._functions[function].retries + 1)):
            try:
                self._runtime.invoke(function, event)
            except FunctionError as error:
                if not left:
                    self._failed(function, event, error)
            else:
                return

    def drained(self, seconds: float) -> bool:
        """Wait until no call is open. False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, timeout=seconds)

    def _run(self) -> None:
        while call := self._waiting.get():
            try:
                self.now(*call)
            finally:
                with self._changed:
                    self._open -= 1
                    self._changed.notify_all()


class Bus:
    """Hears what is put on moto's bus, keeps it and passes it on."""

    def __init__(self, rules: list[Rule], calls: Calls, now: Callable[[], datetime]) -> None:
        self._rules, self._calls, self._now = rules, calls, now
        self.events: deque[dict[str, Any]] = deque(maxlen=EVENTS_KEPT)

    def heard(self, request: Any, answer: Any) -> None:  # PutEvents, as JSON
        for entry, result in zip(request["Entries"], answer["Entries"], strict=True):
            if "EventId" in result:
                self._accept(entry, result["EventId"])

    def _accept(self, entry: dict[str, Any], event_id: str) -> None:
        at = datetime.fromtimestamp(entry["Time"], UTC) if "Time" in entry else self._now()
        event = {
            "version": "0",
            "id": event_id,
            "detail-type": entry["DetailType"],
            "source": entry["Source"],
            "account": ACCOUNT,
            "time": stamp(at),
            "region": REGION,
            "resources": entry.get("Resources", []),
            "detail": json.loads(entry["Detail"]),
        }
        # A bus is named by its name or by its ARN.
        bus = entry.get("EventBusName", "default").rpartition("/")[2]
        targets = [
            rule.function
            for rule in self._rules
            if rule.bus == bus and matches(rule.pattern, event)
        ]
        self.events.append({**event, "bus": bus, "targets": targets})
        for function in targets:
            self._calls.later(function, event)
