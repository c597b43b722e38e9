"""Webhooks over HTTP: a vendor's machine, its endpoints, and the queue between."""

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from tests import engines
from tests.fakes.sending import FakeQueue
from tests.http.asking import Reply, Who, invoke
from tests.http.wire import Wire
from training_credits.edge import wiring
from training_credits.webhooks.sender import WebhookSender

PATH = "/v1/webhooks"
URL = "https://hooks.example.com/in"
INNER = "https://inner.example.com/in"
PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.1"
QUEUE = "deliveries"
Records = list[dict[str, Any]]
_numbers = itertools.count(1)


def resolve(host: str) -> tuple[str, ...]:
    """What names mean where nobody can be asked."""
    return (PRIVATE,) if host.startswith("inner") else (PUBLIC,)


def outside(patch: pytest.MonkeyPatch) -> None:
    """A queue, and a way out to receivers on this machine only."""
    patch.setattr(
        wiring, "sender", lambda: WebhookSender(wiring.clock, local=True, resolve=resolve)
    )
    if engines.table_alone():
        queue = FakeQueue()
        patch.setattr(wiring, "deliveries", lambda: queue)
        return
    made = engines.mine("sqs").create_queue(QueueName=QUEUE)
    patch.setenv("DELIVERIES_URL", str(made["QueueUrl"]))


def robot(wire: Wire, program: str = "atlassian") -> Who:
    """A learning platform of the vendor's."""
    return Who(
        name=f"platform-{next(_numbers)}", wire=wire, program=program, groups=("integrator",)
    )


def hooked(who: Who, url: str = URL, key: str | None = None, **wish: Any) -> Reply:
    """One more endpoint."""
    return who.post(PATH, {"url": url, **wish}, key)


def path_of(who: Who, url: str = URL, **wish: Any) -> str:
    """The path of one more endpoint."""
    made = hooked(who, url, **wish)
    assert made.status == 201, made
    return f"{PATH}/{made.json['webhook']}"


def queued(count: int = 10) -> Records:
    """What is on the queue, as the function is handed it; each message but once."""
    sqs = engines.mine("sqs")
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    answer = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=count, AttributeNames=["All"], VisibilityTimeout=360
    )
    return [
        {
            "messageId": one["MessageId"],
            "receiptHandle": one["ReceiptHandle"],
            "body": one["Body"],
            "attributes": one["Attributes"],
        }
        for one in answer.get("Messages", [])
    ]


def delivered(records: Sequence[dict[str, Any]]) -> list[str]:
    """Send them; the ids of the messages that are to be tried again."""
    answer = invoke("deliver", {"Records": list(records)})
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]
