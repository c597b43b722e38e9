"""The functions on DynamoDB Local, which is atomic however many call at once."""

import uuid
from collections.abc import Callable, Iterator

import pytest

from tests import engines
from tests.engine.crowd import Crowd
from tests.http.audit import violations
from tests.http.wire import Wire
from tests.http.world import functions_on

Dumps = Callable[[], engines.Dump]


@pytest.fixture(scope="session")
def engine() -> Iterator[None]:
    """One engine for all tests; each has a table of its own."""
    with engines.dynamodb_local():
        yield


@pytest.fixture
def table(engine: None) -> str:
    return f"credits-{uuid.uuid4().hex}"


@pytest.fixture
def unaudited(table: str) -> Iterator[Wire]:
    """For a test that plants a defect."""
    with functions_on(table) as wire:
        yield wire


@pytest.fixture
def wire(unaudited: Wire, dump: Dumps) -> Iterator[Wire]:
    """Whatever a test did, the books must balance when it ends."""
    yield unaudited
    assert violations(dump()) == []


@pytest.fixture
def dump(table: str) -> Dumps:
    return lambda: engines.dump(table)


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    with Crowd() as crowd:
        yield crowd
