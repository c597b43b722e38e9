"""The stream tells again what it has told, out of turn, and a record that nobody can read."""

import random
from collections import Counter
from pathlib import Path

import pytest

from local.stream import Stream
from tests.http.people import company
from tests.integration.cloud import Cloud, Json
from tests.integration.streaming import MAPPING, Publishing, Shard
from training_credits.dynamodb.items import SCHEMA


def streamed(cloud: Cloud, records: list[Json], kept: Path) -> tuple[Counter[str], list[Json]]:
    """How often each event was put on the bus, by its id, and the records that were given up."""
    given_up: list[Json] = []
    before = len(cloud.wire.requests)
    stream = Stream(
        MAPPING, Shard(records), Publishing(), kept, lambda _, e, __: given_up.extend(e["Records"])
    )
    stream.drain()
    put = [r.body for r in cloud.wire.requests[before:] if r.operation == "PutEvents"]
    entries = [entry["Detail"] for body in put for entry in body["Entries"]]
    return Counter(entries), given_up


def happened(cloud: Cloud) -> list[Json]:
    acme = company(cloud.wire, credits=10)
    asked = acme.wants(3).json["redemption"]
    acme.decides("approve", asked)
    return cloud.records()


def unreadable(record: Json) -> Json:
    """As newer code would have written it."""
    image = {**record["dynamodb"]["NewImage"], "v": {"N": str(SCHEMA + 1)}}
    return {**record, "dynamodb": {**record["dynamodb"], "NewImage": image}}


@pytest.mark.proves("F2", "F3", "T12")
def test_what_the_stream_tells_five_times_in_any_order_makes_the_same_events(
    cloud: Cloud, tmp_path: Path
) -> None:
    records = happened(cloud)
    once, _ = streamed(cloud, records, tmp_path / "a")
    mixed = records * 5
    random.Random(1).shuffle(mixed)  # noqa: S311 - an order, not a secret
    often, given_up = streamed(cloud, mixed, tmp_path / "b")
    assert often == Counter({detail: 5 * n for detail, n in once.items()})
    assert set(once.values()) == {1}
    assert given_up == []


@pytest.mark.proves("F15", "F13")
def test_a_record_nobody_can_read_is_given_up_alone_and_all_others_are_told(
    cloud: Cloud, tmp_path: Path
) -> None:
    records = happened(cloud)
    once, _ = streamed(cloud, records, tmp_path / "a")
    poison = [unreadable(records[0]), unreadable(records[-1])]
    mixed = [poison[0], *records[:5], poison[1], *records[5:]]
    told, given_up = streamed(cloud, mixed, tmp_path / "b")
    assert told.keys() == once.keys()
    assert [one["dynamodb"]["NewImage"]["v"]["N"] for one in given_up] == [str(SCHEMA + 1)] * 2
    assert [one["dynamodb"]["SequenceNumber"] for one in given_up] == ["0", "6"]
