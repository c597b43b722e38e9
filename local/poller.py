"""A queue, read and handed to a function as Lambda's event source mapping does."""

import base64
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.emulator import FunctionError
from local.quick_queues import hidden_until, tries_max
from local.runtime import Runtime
from local.stack import QueueMapping
from local.stream import POLL_SECONDS, RETRIES_MAX
from local.template import REGION

RECEIVED_MAX = 10
Record = dict[str, Any]

logger = logging.getLogger(__name__)


class Poller:
    """What fails comes again at once, as everywhere here, unless the function said when.

    After as many tries as the queue allows, the queue takes it to its dead letters; one that has
    none forgets it. Both are told.
    """

    def __init__(
        self,
        mapping: QueueMapping,
        client: Any,  # boto3
        runtime: Runtime,
        now: Callable[[], datetime],
        failed: Callable[[str, Any, FunctionError], None],
    ) -> None:
        self._mapping, self._client, self._runtime = mapping, client, runtime
        self._now, self._failed = now, failed
        self._reading, self.count = threading.Lock(), 0
        self._wake, self._stop = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name=mapping.name)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop = True
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """Somebody may have sent: look now rather than at the next poll."""
        self._wake.set()

    def drain(self) -> int:
        """Receive and deliver until nothing shows. Returns how many messages were received."""
        with self._reading:
            total = 0
            while not self._stop and (records := self._received()):
                self._deliver(records)
                total += len(records)
            self.count += total
            return total

    def shows_next(self) -> datetime | None:
        """When the first of the messages shows that are hidden or delayed now."""
        with self._reading:
            now = self._now()
            times = hidden_until(self._mapping.queue).values()
            return min((one for one in times if one >= now), default=None)

    def _run(self) -> None:
        while not self._stop:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            try:
                self.drain()
            except (BotoCoreError, ClientError) as error:
                logger.debug("%s: %s", self._mapping.name, error)

    def _received(self) -> list[Record]:
        records: list[Record] = []
        while (left := self._mapping.batch_size - len(records)) > 0:
            answer = self._client.receive_message(
                QueueUrl=self._mapping.queue,
                MaxNumberOfMessages=min(left, RECEIVED_MAX),
                AttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
            messages = answer.get("Messages", [])
            records += [_as_lambda_sees(one, self._mapping.arn) for one in messages]
            if not messages:
                break
        return records

    def _deliver(self, records: list[Record]) -> None:
        before = hidden_until(self._mapping.queue)
        failed, error = self._tried(records)
        after = hidden_until(self._mapping.queue)
        for record in records:
            message = record["messageId"]
            if message not in failed:
                self._delete(record)
                continue
            most = tries_max(self._mapping.queue)
            if int(record["attributes"]["ApproximateReceiveCount"]) >= (most or RETRIES_MAX + 1):
                self._failed(self._mapping.function, {"Records": [record]}, error)
                if not most:
                    self._delete(record)
                    continue
            if before.get(message) == after.get(message):
                self._show(record)

    def _tried(self, records: list[Record]) -> tuple[set[str], FunctionError]:
        """Call the function. The ids of what is to be tried again, and why."""
        everything = {one["messageId"] for one in records}
        try:
            answer = self._runtime.invoke(self._mapping.function, {"Records": records})
        except FunctionError as error:
            return everything, error
        failures = (answer or {}).get("batchItemFailures", []) if self._mapping.partial else []
        named = {one.get("itemIdentifier") for one in failures}
        # An unknown or empty identifier fails the whole batch, as in Lambda.
        failed = everything if named - everything else named
        return failed, FunctionError({"failures": failures})

    def _delete(self, record: Record) -> None:
        self._client.delete_message(
            QueueUrl=self._mapping.queue, ReceiptHandle=record["receiptHandle"]
        )

    def _show(self, record: Record) -> None:
        self._client.change_message_visibility(
            QueueUrl=self._mapping.queue,
            ReceiptHandle=record["receiptHandle"],
            VisibilityTimeout=0,
        )


def _as_lambda_sees(message: dict[str, Any], arn: str) -> Record:
    """The message of the API under the names Lambda gives its parts."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {
            name: _attribute(one) for name, one in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    }


def _attribute(one: dict[str, Any]) -> dict[str, Any]:
    rendered: dict[str, Any] = {"stringListValues": [], "binaryListValues": []}
    if "StringValue" in one:
        rendered["stringValue"] = one["StringValue"]
    if "BinaryValue" in one:
        rendered["binaryValue"] = base64.b64encode(one["BinaryValue"]).decode()
    return {**rendered, "dataType": one["DataType"]}
