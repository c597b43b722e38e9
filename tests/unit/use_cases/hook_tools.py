"""A vendor's endpoints, a queue, and receivers that answer as they are told."""

import itertools
import json
from datetime import timedelta
from typing import Any

from tests.builders import SECRET, staff
from tests.fakes.clock import StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.sending import FakeQueue, FakeSender
from training_credits.domain.model import Caller, Delivery, Endpoint, Role
from training_credits.ports import Event
from training_credits.use_cases import deliver, webhooks
from training_credits.use_cases.deliver import Message, Outcome, Post
from training_credits.use_cases.submit import Intent
from training_credits.use_cases.webhooks import Desk, Wish

PROGRAM = "atlassian"
KNOWN = ("AccountOpened", "CreditsExpired", "OrderActivated")
URL = "https://hooks.example.com/in"
KEYS = itertools.count(1)
OLGA = staff("olga", PROGRAM)
ROBOT = staff("robot", PROGRAM, Role.INTEGRATOR)


class Vendor:
    """One program's webhooks."""

    def __init__(self) -> None:
        self.ledger, self.clock, self.queue = MemoryLedger(), StoppedClock(), FakeQueue()
        self.sender = FakeSender(self.clock)
        self.gave_up: list[Endpoint] = []
        self.chance = 0.0
        self.desk = Desk(
            ledger=self.ledger,
            hooks=self.ledger,
            clock=self.clock,
            sender=self.sender,
            errands=self.queue,
            known=KNOWN,
        )
        self.post = Post(
            ledger=self.ledger,
            hooks=self.ledger,
            clock=self.clock,
            sender=self.sender,
            retries=self.queue,
            secret=SECRET,
            chance=lambda: self.chance,
            gave_up=lambda _, endpoint: self.gave_up.append(endpoint),
        )

    def intent(
        self, operation: str, who: Caller = OLGA, key: str | None = None, digest: str = "body"
    ) -> Intent:
        def render(made: Any) -> str:
            delivery = getattr(made, "delivery_id", None)
            return delivery or f"{made.endpoint_id}#{made.generation}"

        return Intent(
            caller=who,
            operation=operation,
            key=key or f"key-{next(KEYS):06}",
            digest=digest,
            render=render,
        )

    def add(self, url: str = URL, who: Caller = OLGA, key: str | None = None, **wish: Any) -> str:
        """The id of one more endpoint."""
        made = webhooks.add(self.desk, self.intent("add", who, key), Wish(**wish), url)
        return made.partition("#")[0]

    def endpoint(self, endpoint_id: str) -> Endpoint:
        return webhooks.read(self.desk, OLGA, endpoint_id)

    def edit(self, endpoint_id: str, who: Caller = OLGA, **wish: Any) -> Endpoint:
        return webhooks.edit(self.desk, who, endpoint_id, Wish(**wish))

    def happens(self, number: int = 1, kind: str = "AccountOpened") -> int:
        """An event of the bus is dispatched; how many endpoints hear of it."""
        event = Event(
            id=f"{kind}-{number}",
            type=kind,
            program=PROGRAM,
            account_id="A1",
            at=self.clock(),
            facts={"name": "Acme"},
        )
        return deliver.dispatch(self.ledger, self.ledger, self.clock, self.queue, event)

    def works(self, received: int = 1) -> Outcome:
        """All that is on the queue is delivered at once; what fails is on it again."""
        errands, self.queue.errands = list(self.queue.errands), []
        messages = [
            Message(message_id=f"m{n}", receipt=f"r{n}", received=received, errand=errand)
            for n, errand in enumerate(errands)
        ]
        outcome = deliver.deliver(self.post, deliver.messages_of(messages))
        failed = {one.message_id for one in messages} & set(outcome.failed)
        self.queue.errands += [one.errand for one in messages if one.message_id in failed]
        return outcome

    def tries(self, times: int) -> Outcome:
        """As often as the queue hands it over, each time when it was put off to."""
        outcome = Outcome()
        for received in range(1, times + 1):
            outcome = self.works(received)
            for _, pause in self.queue.put_offs[-1:]:
                self.clock.advance(pause)
        return outcome

    def log(self, endpoint_id: str) -> tuple[Delivery, ...]:
        return webhooks.deliveries(self.desk, OLGA, endpoint_id, None, 100).items

    def bodies(self) -> list[Any]:
        return [json.loads(one.body) for one in self.sender.sent]


def hours(pause: timedelta) -> float:
    return pause / timedelta(hours=1)


__all__ = ["KNOWN", "OLGA", "PROGRAM", "ROBOT", "URL", "Vendor", "hours"]
