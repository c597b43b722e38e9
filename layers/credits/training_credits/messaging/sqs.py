"""Queues."""

import json
import math
from collections.abc import Sequence
from datetime import timedelta

import boto3
from botocore.config import Config

from training_credits.ports import Errand

ENTRIES_MAX = 10


class SqsErrands:
    """Implements `ports.Errands` and `ports.Retries` on one queue."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = boto3.client("sqs", config=Config(retries={"mode": "standard"}))

    def send(self, errands: Sequence[Errand]) -> tuple[Errand, ...]:
        """In batches of ten. An entry may fail without an error, so each is looked for."""
        lost: list[Errand] = []
        for first in range(0, len(errands), ENTRIES_MAX):
            batch = errands[first : first + ENTRIES_MAX]
            answer = self._client.send_message_batch(
                QueueUrl=self._url,
                Entries=[
                    {"Id": str(number), "MessageBody": json.dumps(dict(errand))}
                    for number, errand in enumerate(batch)
                ],
            )
            taken = {one["Id"] for one in answer.get("Successful", ())}
            lost += [one for number, one in enumerate(batch) if str(number) not in taken]
        return tuple(lost)

    def put_off(self, receipt: str, pause: timedelta) -> None:
        """One call; SQS hides a message for at most twelve hours."""
        self._client.change_message_visibility(
            QueueUrl=self._url,
            ReceiptHandle=receipt,
            VisibilityTimeout=math.ceil(pause.total_seconds()),
        )
