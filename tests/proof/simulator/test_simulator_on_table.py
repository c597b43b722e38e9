"""Some of the same seeds on DynamoDB Local: the true ledger, faults on the wire, and the stream."""

import uuid
from collections.abc import Iterator

import pytest

from tests import engines
from tests.http.world import functions_on
from tests.proof.figures import Counts
from tests.proof.simulator.judging import Broken
from tests.proof.simulator.on_table import on_table
from tests.proof.simulator.running import OPERATIONS, Simulation
from training_credits.dynamodb.ledger import DynamoLedger

pytestmark = [pytest.mark.engine, pytest.mark.proves("G5", "I16", "I20")]
SEEDS = 20
# What CI plays is shorter; how it ends, the audit and the stream are those of a whole seed.
FEW = 8


@pytest.fixture(scope="module")
def engine() -> Iterator[None]:
    with engines.dynamodb_local():
        yield


def play(seed: int, operations: int = OPERATIONS) -> Simulation:
    table = f"seed-{uuid.uuid4().hex}"
    with functions_on(table, stream=True) as wire:
        return Simulation(seed, operations, on_table(wire, table)).run()


@pytest.mark.usefixtures("engine")
def test_a_seed_on_the_table_keeps_every_promise_and_is_told_to_its_end() -> None:
    played = play(1, FEW)
    assert played.counted["converged"] == 1


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_seeds_on_the_table_keep_every_promise(seed: int, figure: Counts) -> None:
    played = play(seed)
    figure("simulated seeds on DynamoDB Local", played.counted["converged"], f"≥ {SEEDS}")


@pytest.mark.proves("G20")
@pytest.mark.usefixtures("engine")
def test_mails_that_are_sent_twice_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DynamoLedger, "claim", lambda *_: True)
    with pytest.raises(Broken, match=r"was told [0-9]+ times"):
        play(1, FEW)
