"""A stream of one shard, handed to the real function as the template's mapping does it."""

from typing import Any

from local.emulator import FunctionError
from local.stack import StreamMapping
from tests.http.people import invoke
from tests.integration.cloud import Json

MAPPING = StreamMapping(
    name="Committed",
    stream="arn:stream",
    function="PublishFunction",
    batch_size=10,
    patterns=(),
    retries=2,
    partial=True,
)


class Shard:
    """A stream of one shard that holds these records, numbered as they stand."""

    def __init__(self, records: list[Json]) -> None:
        self.records = [
            {**one, "dynamodb": {**one["dynamodb"], "SequenceNumber": str(number)}}
            for number, one in enumerate(records)
        ]

    def describe_stream(self, **_: str) -> Json:
        return {"StreamDescription": {"Shards": [{"ShardId": "one"}]}}

    def get_shard_iterator(self, **wanted: str) -> dict[str, str]:
        return {"ShardIterator": str(int(wanted.get("SequenceNumber", "-1")) + 1)}

    def get_records(self, **wanted: Any) -> Json:
        rest = self.records[int(wanted["ShardIterator"]) :]
        return {"Records": rest, "NextShardIterator": str(len(self.records))}


class Publishing:
    """The real function, called as the mapping calls it."""

    firings_max = 1

    def invoke(self, _: str, event: Any) -> Any:
        try:
            return invoke("publish", event)
        except Exception as error:
            raise FunctionError({"errorType": type(error).__name__}) from error

    def clock_moved(self, offset_seconds: float) -> None:
        """It has no clock."""

    def close(self) -> None:
        """Nothing was opened."""
