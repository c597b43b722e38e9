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
def engine() -> Iterator[str]:
    """One engine for all tests; the tables in it begin with its name."""
    with engines.dynamodb_local():
        yield "credits"


@pytest.fixture
def table(engine: str) -> str:
    return f"{engine}-{uuid.uuid4().hex}"


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
