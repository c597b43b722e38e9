"""A table's stream, read and handed to a function as Lambda's event source mapping does."""

import base64
import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.emulator import FunctionError
from local.patterns import matches
from local.runtime import Runtime
from local.stack import StreamMapping
from local.template import REGION

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.05
# The template allows more tries over a day; nobody at a laptop waits for them.
RETRIES_MAX = 3
Record = dict[str, Any]

logger = logging.getLogger(__name__)


class Stream:
    """Reads on from where it stopped, also after a restart; a record may come twice, never less."""

    def __init__(
        self,
        mapping: StreamMapping,
        client: Any,  # boto3
        runtime: Runtime,
        kept: Path,
        failed: Callable[[str, Any, FunctionError], None],
    ) -> None:
        self._mapping, self._client, self._runtime = mapping, client, runtime
        self._kept, self._failed = kept, failed
        self._positions: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
        self._iterators: dict[str, str | None] = {}
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
        """Somebody wrote: look now rather than at the next poll."""
        self._wake.set()

    def drain(self) -> int:
        """Read and deliver until there is nothing more. Returns how many records there were."""
        with self._reading:
            total = 0
            while count := sum(self._read(shard) for shard in self._shards()):
                total += count
            self.count += total
            return total

    def _run(self) -> None:
        while not self._stop:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            try:
                self.drain()
            except (BotoCoreError, ClientError) as error:
                # An iterator that is too old, or an engine that is gone: ask anew next time.
                logger.debug("%s: %s", self._mapping.name, error)
                self._iterators.clear()

    def _shards(self) -> list[str]:
        """Ask only when one has closed: a description costs as much as a read."""
        if not self._iterators or None in self._iterators.values():
            described = self._client.describe_stream(StreamArn=self._mapping.stream)
            for shard in described["StreamDescription"]["Shards"]:
                if shard["ShardId"] not in self._iterators:
                    self._iterators[shard["ShardId"]] = self._iterator(shard["ShardId"])
        return [shard for shard, iterator in self._iterators.items() if iterator]

    def _iterator(self, shard: str) -> str:
        position = self._positions.get(shard)
        start = {"ShardIteratorType": "TRIM_HORIZON"}
        if position:
            start = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": position}
        found = self._client.get_shard_iterator(
            StreamArn=self._mapping.stream, ShardId=shard, **start
        )
        return str(found["ShardIterator"])

    def _read(self, shard: str) -> int:
        # From the place we kept, not from the last iterator: moto puts a copy of the table back
        # when a transaction fails, and an older iterator reads on in what was thrown away.
        answer = self._client.get_records(ShardIterator=self._iterator(shard), Limit=1000)
        records = [_as_lambda_sees(one, self._mapping.stream) for one in answer["Records"]]
        wanted = [one for one in records if self._wanted(one)]
        for first in range(0, len(wanted), self._mapping.batch_size):
            self._deliver(wanted[first : first + self._mapping.batch_size])
        self._iterators[shard] = answer.get("NextShardIterator")
        if records:
            self._positions[shard] = records[-1]["dynamodb"]["SequenceNumber"]
            self._kept.write_text(json.dumps(self._positions))
        return len(records)

    def _wanted(self, record: Record) -> bool:
        patterns = self._mapping.patterns
        return not patterns or any(matches(pattern, record) for pattern in patterns)

    def _deliver(self, records: list[Record]) -> None:
        """In order, with retries; what still fails is halved until the bad record stands alone."""
        most = RETRIES_MAX if self._mapping.retries < 0 else self._mapping.retries
        left = most = min(most, RETRIES_MAX)
        while records:
            rest, error = self._tried(records)
            if len(rest) < len(records):
                left = most
            elif left:
                left -= 1
                time.sleep(PAUSE_SECONDS)
            else:
                middle = len(rest) // 2
                if middle:
                    self._deliver(rest[:middle])
                else:
                    self._failed(self._mapping.function, {"Records": rest}, error)
                rest, left = rest[middle or 1 :], most
            records = rest

    def _tried(self, records: list[Record]) -> tuple[list[Record], FunctionError]:
        """Call the function. What comes from the first failed record on is still to be done."""
        try:
            answer = self._runtime.invoke(self._mapping.function, {"Records": records})
        except FunctionError as error:
            return records, error
        failures = (answer or {}).get("batchItemFailures", []) if self._mapping.partial else []
        numbers = [one["dynamodb"]["SequenceNumber"] for one in records]
        # An unknown or empty identifier fails the whole batch, as in Lambda.
        done = [
            numbers.index(one["itemIdentifier"]) if one["itemIdentifier"] in numbers else 0
            for one in failures
        ]
        return records[min(done, default=len(records)) :], FunctionError({"failures": failures})


def _as_lambda_sees(record: Record, stream: str) -> Record:
    """The record of the API, with the differences Lambda makes: times as numbers, bytes as text."""
    rendered: Record = json.loads(json.dumps(record, default=_rendered))
    return {**rendered, "awsRegion": REGION, "eventSourceARN": stream}


def _rendered(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.timestamp()
    with contextlib.suppress(TypeError):
        return sorted(value)  # type: ignore[call-overload]  # a set of DynamoDB
    raise TypeError(f"not in a stream record: {value!r}")
