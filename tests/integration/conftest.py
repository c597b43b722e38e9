"""The functions on moto, which stands in for every AWS service but only for one thread."""

from collections.abc import Callable, Iterator

import pytest

from tests import engines
from tests.http.audit import violations
from tests.http.wire import Wire
from tests.http.world import functions_on
from tests.integration.cloud import Cloud
from tests.integration.delivery import Delivery

Dumps = Callable[[], engines.Dump]


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """One table for the tests of a module: each makes its own company in it."""
    with engines.moto(), functions_on("credits") as wire:
        yield wire


@pytest.fixture
def own_wire() -> Iterator[Wire]:
    """A table for one test, which holds nothing but its own."""
    with engines.moto(), functions_on("credits") as wire:
        yield wire


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """A world for each test, with a stream that tells of nothing else."""
    with engines.moto(), functions_on("credits", stream=True) as wire:
        yield Cloud(wire)
        assert violations(engines.dump("credits")) == []


@pytest.fixture
def delivery(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """The rule's target, in the same account as `cloud`; nobody waits between tries."""
    del cloud
    monkeypatch.setattr("time.sleep", lambda _: None)
    return Delivery(queue=engines.mine("sqs").create_queue(QueueName="NotifyFailures")["QueueUrl"])


@pytest.fixture(scope="module")
def dump() -> Dumps:
    """All that is in the table of `wire`."""
    return lambda: engines.dump("credits")


def but_tries(table: engines.Dump) -> engines.Dump:
    """What a no leaves as it was: all but the count of wrong codes."""
    return {place: item for place, item in table.items() if item["kind"] != "tries"}
