"""F12: an event bus that takes some of what it is handed, or is away: nothing is lost."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from local.stream import Stream
from tests.http.people import company
from tests.integration.cloud import Cloud, Json
from tests.integration.streaming import MAPPING, Publishing, Shard
from tests.proof.faults.planting import said
from tests.proof.figures import Counts
from training_credits.edge import wiring

pytestmark = [
    pytest.mark.proves("F12"),
    pytest.mark.usefixtures("pauses"),
    pytest.mark.timeout(900),
]
P, COUNT = 0.3, 1_000
HOOK = "before-call.eventbridge.PutEvents"


@contextmanager
def answering(answer: Any) -> Iterator[None]:
    """In place of the bus, which hears of nothing."""
    client = vars(wiring.bus())["_client"]
    client.meta.events.register(HOOK, answer)
    yield
    client.meta.events.unregister(HOOK, answer)


class Careless:
    """A bus that takes what it is handed with a chance of 0.7, entry by entry."""

    def __init__(self, seed: int) -> None:
        self._drawn = random.Random(seed)  # noqa: S311 - no secret
        self.taken: Counter[str] = Counter()
        self.calls = 0

    def __call__(self, params: Json, **_: Any) -> Any:
        self.calls += 1
        answers = []
        for entry in json.loads(params["body"])["Entries"]:
            if self._drawn.random() < P:
                answers.append({"ErrorCode": "ThrottlingException"})
            else:
                self.taken[json.loads(entry["Detail"])["id"]] += 1
                answers.append({"EventId": "1"})
        failed = sum("ErrorCode" in one for one in answers)
        http = type("Http", (), {"status_code": 200})()
        return http, {"FailedEntryCount": failed, "Entries": answers}


def many(cloud: Cloud, count: int) -> list[Json]:
    """A record that is an event, with so many ids."""
    company(cloud.wire, credits=10)
    (record,) = [
        one for one in cloud.records() if "#purchase-" in one["dynamodb"]["Keys"]["sk"]["S"]
    ]
    text = json.dumps(record)
    entry = record["dynamodb"]["NewImage"]["entry_id"]["S"]
    return [json.loads(text.replace(entry, f"purchase-{number}")) for number in range(count)]


def drained(records: list[Json], kept: Path) -> list[Json]:
    """The stream to its end; what was given up."""
    given_up: list[Json] = []
    stream = Stream(
        MAPPING, Shard(records), Publishing(), kept, lambda _, e, __: given_up.extend(e["Records"])
    )
    stream.drain()
    return given_up


def test_of_a_thousand_events_none_is_lost_and_few_are_told_twice(
    cloud: Cloud, tmp_path: Path, figure: Counts
) -> None:
    records, bus = many(cloud, COUNT), Careless(seed=1)
    with answering(bus):
        assert drained(records, tmp_path / "kept") == []
    assert len(bus.taken) == COUNT
    again = bus.taken.total() - COUNT
    # A batch goes on from what was refused three times; only what stood behind it is told again.
    assert again <= COUNT * MAPPING.batch_size * P**3
    figure("events lost by a bus that takes 7 of 10", COUNT - len(bus.taken), "≤ 0")
    figure("of 1,000 events told again", again, "≤ 270")


def test_while_the_bus_is_away_nothing_is_skipped_and_then_all_is_told(
    cloud: Cloud, tmp_path: Path
) -> None:
    records, bus, away = many(cloud, 30), Careless(seed=2), [7]

    def answer(**facts: Any) -> Any:
        away[0] -= 1
        if away[0] >= 0:
            raise said("InternalException", "PutEvents", 500)
        return bus(**facts)

    with answering(answer):
        assert drained(records, tmp_path / "kept") == []
    assert away[0] < 0
    assert len(bus.taken) == 30
