"""What functions are fed from without being asked: the table's stream and the queues."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from local import stack
from local.emulator import FunctionError
from local.provision import Resources
from local.runtime import Runtime
from local.stream import Stream


class Feeds:
    """All of them as one."""

    def __init__(
        self,
        resources: Resources,
        runtime: Runtime,
        state: Path,
        now: Callable[[], datetime],
        failed: Callable[[str, Any, FunctionError], None],
    ) -> None:
        # Here, because moto takes a second to import and nothing else of this needs it.
        from local.poller import Poller  # noqa: PLC0415

        clients = resources.clients
        self._streams = [
            Stream(one, clients["dynamodbstreams"], runtime, state / f"{one.name}.position", failed)
            for one in stack.mappings(resources)
        ]
        self._pollers = [
            Poller(one, clients["sqs"], runtime, now, failed) for one in stack.queues(resources)
        ]
        self._all: tuple[Stream | Poller, ...] = (*self._streams, *self._pollers)

    def start(self) -> None:
        for one in self._all:
            one.start()

    def close(self) -> None:
        for one in self._all:
            one.close()

    def wake(self) -> None:
        """Somebody wrote: look now rather than at the next poll."""
        for one in self._all:
            one.wake()

    @property
    def count(self) -> int:
        """How much has been delivered so far, whoever asked for it."""
        return sum(one.count for one in self._all)

    def drain(self) -> None:
        """Deliver all there is; what another thread is delivering is waited for."""
        for one in self._all:
            one.drain()

    def shows_next(self) -> datetime | None:
        """When a message shows that a function has hidden: the clock stops there."""
        times = [poller.shows_next() for poller in self._pollers]
        return min((one for one in times if one), default=None)
