"""Records reach the function in order, filtered, at least once, and a bad one stands alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.emulator import FunctionError
from local.stack import StreamMapping
from local.stream import Stream

MAPPING = StreamMapping(
    name="Committed",
    stream="arn:stream",
    function="Publish",
    batch_size=3,
    patterns=({"dynamodb": {"Keys": {"kind": {"S": ["entry"]}}}},),
    retries=10,
    partial=True,
)


class Shard:
    """A stream of one shard, as the API shows it."""

    def __init__(self, kinds: list[str]) -> None:
        self.kinds = kinds

    def describe_stream(self, **_: str) -> dict[str, Any]:
        return {"StreamDescription": {"Shards": [{"ShardId": "one"}]}}

    def get_shard_iterator(self, **wanted: str) -> dict[str, str]:
        return {"ShardIterator": str(int(wanted.get("SequenceNumber", "-1")) + 1)}

    def get_records(self, **wanted: Any) -> dict[str, Any]:
        start = int(wanted["ShardIterator"])
        records = [
            {"dynamodb": {"SequenceNumber": str(n), "Keys": {"kind": {"S": self.kinds[n]}}}}
            for n in range(start, len(self.kinds))
        ]
        return {"Records": records, "NextShardIterator": str(len(self.kinds))}


class Function:
    """Notes what it gets. Raises on, or reports as failed, the records it is told to."""

    firings_max = 1

    def __init__(self, *, raises: str = "", fails: str = "", times: int = 99) -> None:
        self.raises, self.fails, self.times = raises, fails, times
        self.calls: list[list[str]] = []

    def invoke(self, _: str, event: Any) -> Any:
        numbers = [one["dynamodb"]["SequenceNumber"] for one in event["Records"]]
        self.calls.append(numbers)
        bad = self.times > 0
        if bad and self.raises in numbers:
            self.times -= 1
            raise FunctionError({"errorType": "ValueError"})
        if bad and self.fails in numbers:
            self.times -= 1
            return {"batchItemFailures": [{"itemIdentifier": self.fails}]}
        return None

    def clock_moved(self, offset_seconds: float) -> None:
        """No clock here."""

    def close(self) -> None:
        """Nothing was opened."""


@pytest.fixture
def failed() -> list[Any]:
    return []


def drained(shard: Shard, function: Function, kept: Path, failed: list[Any]) -> int:
    stream = Stream(
        MAPPING, shard, function, kept, lambda _, event, __: failed.extend(event["Records"])
    )
    return stream.drain()


def test_in_order_in_batches_and_only_what_the_filter_lets_through(
    tmp_path: Path, failed: list[Any]
) -> None:
    function = Function()
    shard = Shard(["entry", "lot", "entry", "entry", "entry"])
    assert drained(shard, function, tmp_path / "p", failed) == 5
    assert function.calls == [["0", "2", "3"], ["4"]]


def test_after_a_restart_it_reads_on(tmp_path: Path, failed: list[Any]) -> None:
    shard, function = Shard(["entry"] * 2), Function()
    drained(shard, function, tmp_path / "p", failed)
    shard.kinds += ["entry"]
    drained(shard, function, tmp_path / "p", failed)
    assert function.calls == [["0", "1"], ["2"]]
    assert json.loads((tmp_path / "p").read_text()) == {"one": "2"}


def test_what_fails_once_is_tried_again_from_there(tmp_path: Path, failed: list[Any]) -> None:
    function = Function(fails="1", times=1)
    drained(Shard(["entry"] * 3), function, tmp_path / "p", failed)
    assert function.calls == [["0", "1", "2"], ["1", "2"]]
    assert not failed


@pytest.mark.parametrize(
    "bad", [Function(raises="1"), Function(fails="1")], ids=["raises", "fails"]
)
def test_a_record_that_never_works_is_given_up_alone(
    tmp_path: Path, failed: list[Any], bad: Function
) -> None:
    drained(Shard(["entry"] * 3), bad, tmp_path / "p", failed)
    assert [one["dynamodb"]["SequenceNumber"] for one in failed] == ["1"]
    assert {number for call in bad.calls for number in call} == {"0", "1", "2"}
    assert bad.calls[-1] == ["2"]
