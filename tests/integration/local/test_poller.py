"""Messages of a queue reach the function, are tried again, put off by the clock, given up."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local import stack
from local.clock import Clock
from local.emulator import FunctionError
from local.poller import Poller
from local.provision import Clients, Resources
from local.services import Services

TEMPLATE = {
    "Resources": {
        "Work": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "VisibilityTimeout": 60,
                "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["Failures", "Arn"]},
                    "maxReceiveCount": 3,
                },
            },
        },
        "Failures": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "WorkFunctionSent": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["Work", "Arn"]},
                "FunctionName": {"Ref": "WorkFunction"},
                "BatchSize": 5,
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            },
        },
        "WorkFunction": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "WorkFunctionChanged": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": "arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/1",
                "FunctionName": {"Ref": "WorkFunction"},
            },
        },
    }
}


class Worker:
    """A function that does what each message's body asks of it, and notes what it saw and when."""

    firings_max = 24

    def __init__(self) -> None:
        self.offset, self.broken = 0.0, False
        self.records: list[dict[str, Any]] = []
        self.batches: list[list[str]] = []
        self.times: list[datetime] = []
        self.sqs: Any = None
        self.queue = ""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def invoke(self, _: str, event: Any) -> Any:
        self.records += event["Records"]
        self.batches.append([one["body"] for one in event["Records"]])
        self.times.append(self.now())
        if self.broken:
            raise FunctionError({"errorType": "ValueError"})
        failed = [one for one in event["Records"] if one["body"].startswith("fail")]
        for one in failed:
            if "later" in one["body"]:
                self.sqs.change_message_visibility(
                    QueueUrl=self.queue,
                    ReceiptHandle=one["receiptHandle"],
                    VisibilityTimeout=int(one["body"].split()[-1]),
                )
        return {"batchItemFailures": [{"itemIdentifier": one["messageId"]} for one in failed]}

    def clock_moved(self, offset_seconds: float) -> None:
        self.offset = offset_seconds

    def close(self) -> None:
        """Nothing was opened."""


class Scene:
    """A queue, its dead letters, a function and a clock."""

    def __init__(self, services: Services, state: Path) -> None:
        clients = Clients(table=services.url, services=services.url)
        self.resources = Resources(TEMPLATE, stack="try", clients=clients, state=state)
        self.resources.make_all()
        [self.mapping] = stack.queues(self.resources)
        self.sqs, self.worker = clients["sqs"], Worker()
        self.worker.sqs, self.worker.queue = self.sqs, self.mapping.queue
        self.failed: list[Any] = []
        services.now = self.worker.now
        self.poller = Poller(
            self.mapping,
            self.sqs,
            self.worker,
            self.worker.now,
            lambda *one: self.failed.append(one),
        )
        self.clock = Clock(
            self.worker, [], state / "clock", self._fire, self._settle, self.poller.shows_next
        )

    def send(self, *bodies: str, **more: Any) -> None:
        for body in bodies:
            self.sqs.send_message(QueueUrl=self.mapping.queue, MessageBody=body, **more)

    def dead(self) -> list[str]:
        url = self.resources.attribute("Failures", "")
        answer = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        return [one["Body"] for one in answer.get("Messages", [])]

    def left(self) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.mapping.queue, AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)

    def _settle(self) -> None:
        self.poller.drain()

    def _fire(self, function: str, event: dict[str, Any]) -> None:
        raise NotImplementedError


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services() as services:
        yield services


@pytest.fixture
def scene(services: Services, tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(services, tmp_path)
    yield scene
    for name in ("Work", "Failures"):
        scene.sqs.delete_queue(QueueUrl=scene.resources.attribute(name, ""))


def test_the_template_says_which_queue_feeds_which_function(scene: Scene) -> None:
    one = scene.mapping
    assert (one.name, one.function, one.batch_size) == ("WorkFunctionSent", "WorkFunction", 5)
    assert one.partial
    assert one.queue.endswith("/try-Work")
    assert [one.name for one in stack.mappings(scene.resources)] == ["WorkFunctionChanged"]


def test_messages_come_in_batches_and_are_deleted(scene: Scene) -> None:
    scene.send(*(f"do {number}" for number in range(7)))
    assert scene.poller.drain() == 7
    assert [len(one) for one in scene.worker.batches] == [5, 2]
    assert scene.left() == 0
    assert not scene.failed


def test_a_record_has_the_parts_that_lambda_gives_it(scene: Scene) -> None:
    kind = {"kind": {"StringValue": "month", "DataType": "String"}}
    scene.send('{"account": "A"}', MessageAttributes=kind)
    scene.poller.drain()
    [record] = scene.worker.records
    assert json.loads(record["body"]) == {"account": "A"}
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == scene.mapping.arn
    assert record["messageAttributes"]["kind"]["stringValue"] == "month"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert {"SentTimestamp", "ApproximateFirstReceiveTimestamp"} <= set(record["attributes"])
    assert record["messageId"]
    assert record["receiptHandle"]


def test_only_what_failed_comes_again_until_it_is_a_dead_letter(scene: Scene) -> None:
    scene.send("do", "fail always")
    scene.poller.drain()
    bodies = [body for batch in scene.worker.batches for body in batch]
    assert (bodies.count("do"), bodies.count("fail always")) == (1, 3)
    assert scene.dead() == ["fail always"]
    assert scene.left() == 0
    [(function, event, _)] = scene.failed
    assert function == "WorkFunction"
    assert event["Records"][0]["body"] == "fail always"


def test_a_function_that_raises_fails_the_whole_batch(scene: Scene) -> None:
    scene.worker.broken = True
    scene.send("one", "two")
    scene.poller.drain()
    assert len(scene.worker.batches) == 3
    assert sorted(scene.dead()) == ["one", "two"]


def test_what_is_put_off_for_an_hour_comes_when_the_clock_gets_there(scene: Scene) -> None:
    sent_at = scene.worker.now()
    scene.send("fail later 3600")
    assert scene.poller.drain() == 1
    assert scene.poller.drain() == 0
    scene.clock.advance(timedelta(minutes=59))
    assert len(scene.worker.times) == 1
    scene.clock.advance(timedelta(days=2))
    after = [at - sent_at for at in scene.worker.times]
    assert [round(one / timedelta(hours=1), 1) for one in after] == [0, 1, 2]
    assert scene.dead() == ["fail later 3600"]


def test_it_may_be_put_off_for_twelve_hours_each_time(scene: Scene) -> None:
    scene.send("fail later 43200")
    scene.poller.drain()
    scene.clock.advance(timedelta(hours=25))
    assert len(scene.worker.times) == 3
    scene.send("fail later 43201")
    with pytest.raises(ClientError, match="InvalidParameterValue"):
        scene.poller.drain()


def test_a_delayed_message_waits_for_its_time(scene: Scene) -> None:
    scene.send("do", DelaySeconds=900)
    assert scene.poller.drain() == 0
    scene.clock.advance(timedelta(minutes=16))
    assert scene.worker.batches == [["do"]]


def test_without_dead_letters_it_is_given_up_after_four_tries(scene: Scene) -> None:
    scene.sqs.set_queue_attributes(QueueUrl=scene.mapping.queue, Attributes={"RedrivePolicy": ""})
    scene.send("fail always")
    scene.poller.drain()
    assert len(scene.worker.batches) == 4
    assert scene.left() == 0
    assert len(scene.failed) == 1


def test_it_polls_by_itself_and_ends(scene: Scene) -> None:
    scene.poller.start()
    scene.send("do")
    scene.poller.wake()
    deadline = scene.worker.now() + timedelta(seconds=5)
    while not scene.worker.batches and scene.worker.now() < deadline:
        scene.poller.wake()
    scene.poller.close()
    assert scene.worker.batches == [["do"]]
