"""The ledgers on trial: the fake, and the real one on two engines."""

import os
import uuid
from collections.abc import Iterator

import pytest
from moto.dynamodb.models import dynamodb_backends

from local.intrinsics import ACCOUNT
from local.template import REGION
from tests import engines
from tests.contract.scene import TABLE, Scene
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.dynamodb.ledger import DynamoLedger

ENGINES = {"moto": engines.moto, "dynamodb_local": engines.dynamodb_local}
LEDGERS = [
    "memory",
    pytest.param("moto", marks=pytest.mark.twin),
    pytest.param("dynamodb_local", marks=pytest.mark.engine),
]


@pytest.fixture(scope="module", params=LEDGERS)
def ledger(request: pytest.FixtureRequest) -> Iterator[MemoryLedger | DynamoLedger]:
    """One ledger for all tests of a module; each test has a program of its own in it."""
    if request.param == "memory":
        yield MemoryLedger()
        return
    with ENGINES[request.param]():
        engines.make_table(TABLE)
        yield DynamoLedger(TABLE, REGION)
        engines.drop_table(TABLE)


@pytest.fixture
def scene(ledger: MemoryLedger | DynamoLedger) -> Scene:
    """An empty account in a program nobody else has.

    In moto it is alone too: moto copies the whole table in every transaction.
    """
    if isinstance(ledger, DynamoLedger) and engines.ENDPOINT not in os.environ:
        dynamodb_backends[ACCOUNT][REGION].get_table(TABLE).items.clear()
    return Scene(ledger, program=f"program-{uuid.uuid4().hex[:12]}")
