"""The target of the rule on the bus, as Lambda calls it: tries, and what is given up."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from local.bus import Calls
from local.emulator import FunctionError
from local.template import translate
from tests import engines
from tests.fakes.memory_ledger import MemoryLedger
from tests.fakes.outside import RecordedMailer
from tests.http.people import invoke
from tests.http.world import SETTINGS
from tests.integration.cloud import Json
from training_credits.edge import wiring
from training_credits.messaging.eventbridge import event_of
from training_credits.use_cases.mailing import Office
from training_credits.use_cases.notify import notify

NOTIFY = "NotifyFunction"
POISON: list[Json] = [
    {},
    {"source": "somebody-else", "detail-type": "OrderActivated", "detail": {"version": 1}},
    {"source": "training-credits", "detail-type": "OrderActivated", "detail": {"version": 2}},
    {"source": "training-credits", "detail-type": "CreditsExpired", "detail": "text"},
]


@dataclass
class Delivery:
    """The rule's target: called asynchronously, tried again, given up to a queue."""

    queue: str
    tries: Counter[str] = field(default_factory=Counter)
    firings_max = 1

    def invoke(self, name: str, event: Any) -> Any:
        assert name == NOTIFY
        self.tries[json.dumps(event, sort_keys=True)] += 1
        try:
            return invoke("notify", event)
        except Exception as error:
            raise FunctionError({"errorType": type(error).__name__}) from error

    def clock_moved(self, offset_seconds: float) -> None:
        """The functions read their own."""

    def close(self) -> None:
        """Nothing was opened."""

    def given_up(self, function: str, event: Any, error: FunctionError) -> None:
        """As Lambda tells a destination: what it was called with, and how that ended."""
        told = {
            "requestContext": {"functionArn": function, "condition": "RetriesExhausted"},
            "requestPayload": event,
            "responsePayload": error.payload,
        }
        engines.mine("sqs").send_message(QueueUrl=self.queue, MessageBody=json.dumps(told))

    def deliver(self, events: list[Json]) -> None:
        """One after the other, with their retries."""
        known: Any = {NOTIFY: _Configured(retries=retries())}
        calls = Calls(self, known, self.given_up)
        for event in events:
            calls.now(NOTIFY, event)

    def letters(self) -> list[Json]:
        """What was given up, taken out of the queue."""
        found: list[Json] = []
        sqs = engines.mine("sqs")
        while True:
            answer = sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
            if not answer.get("Messages"):
                return found
            for one in answer["Messages"]:
                sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=one["ReceiptHandle"])
                found.append(json.loads(one["Body"])["requestPayload"])


def expected(events: Sequence[Json]) -> Counter[tuple[str, str]]:
    """What is to be mailed: each event told once, in order, by a post office of its own."""
    mailer, portal = RecordedMailer(), SETTINGS["PORTAL_URL"]
    office = Office(ledger=wiring.ledger(), outbox=MemoryLedger(), mailer=mailer, portal_url=portal)
    for each in events:
        notify(office, event_of(each), secret=SETTINGS["CODE_KEY"])
    return Counter((mail.to, mail.subject) for mail in mailer.mails)


@dataclass(frozen=True)
class _Configured:
    retries: int


@cache
def retries() -> int:
    """As the template says."""
    configured = translate()["Resources"]["NotifyFunctionEventInvokeConfig"]["Properties"]
    return int(configured["MaximumRetryAttempts"])
