"""The audit is worth what it finds: each planted corruption has to be named by its law."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from audit import violations
from tests import engines
from tests.engines import Dump
from tests.fakes.memory_ledger import MemoryLedger
from tests.proof.audit import histories
from tests.proof.audit.plants import MONEY, Plant
from tests.proof.audit.plants_of_the_rest import EVERYTHING_ELSE
from tests.proof.audit.years import everything
from tests.proof.figures import Counts

pytestmark = pytest.mark.timeout(600)
PROGRAMS = ("atlassian", "cisco", "salesforce")
PLANTED = (*MONEY, *EVERYTHING_ELSE)
LAWS = {f"I{number}" for number in range(1, 21)}
AT = "2026-02-10T17:00:00.000000Z"
HOOK = "HKHKHKHKHKHKHKHK"


def told() -> list[dict[str, Any]]:
    """A webhook of the program's, with something to tell; nobody's account has it."""
    endpoint = {
        "endpoint_id": HOOK,
        "url": "https://hooks.example",
        "name": "",
        "contact": "ops@example.com",
        "made_by": "ops@example.com",
        "made_at": AT,
        "types": "[]",
        "state": "active",
        "generation": 1,
    }
    delivery = {
        "delivery_id": "D1",
        "endpoint_id": HOOK,
        "event_id": "E1",
        "type": "OrderPaid",
        "body": "{}",
        "made_at": AT,
        "state": "pending",
        "attempts": "[]",
    }
    asked = {"subject": "ops", "operation": "addWebhook", "key": "k", "digest": "", "answer": ""}
    return [
        endpoint | {"pk": "cisco#WEBHOOKS", "sk": f"ENDPOINT#{HOOK}", "kind": "endpoint"},
        delivery | {"pk": f"cisco#WEBHOOK#{HOOK}", "sk": "DELIVERY#D1", "kind": "delivery"},
        asked
        | {"pk": "cisco#CALLER#ops", "sk": "SUBMISSION#addWebhook#k", "kind": "submission"}
        | {"at": AT, "repeatable": False},
    ]


@pytest.fixture(scope="module")
def whole() -> Iterator[Dump]:
    """A year in each program, in one table."""
    with histories.kept():
        for program in PROGRAMS:
            everything(program, MemoryLedger())
        table = engines.dump(histories.TABLE)
        yield table | {(item["pk"], item["sk"]): item for item in told()}


def found(table: Dump, plant: Plant | None = None) -> list[str]:
    """What the audit says of it; `race` is nothing: one at a time wrote it."""
    now = plant.now if plant else None
    return [str(one) for one in violations(table.values(), now=now, race=timedelta())]


@pytest.mark.proves("G1")
def test_a_whole_table_is_clean(whole: Dump) -> None:
    assert found(whole) == []


@pytest.mark.no_cover
@pytest.mark.proves("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10")
@pytest.mark.proves("I11", "I12", "I13", "I14", "I15", "I16", "I17", "I18", "I19", "I20")
@pytest.mark.proves("G1", "G20", "F19")
def test_each_planted_corruption_is_found_and_named_by_its_law(whole: Dump, figure: Counts) -> None:
    missed, text = [], json.dumps([*whole.values()])
    for plant in PLANTED:
        damaged = {(item["pk"], item["sk"]): item for item in json.loads(text)}
        plant.act(damaged)
        said = found(damaged, plant)
        if not any(one.startswith(f"{plant.law} ") and plant.words in one for one in said):
            missed.append((plant.law, plant.words, said[:5]))
    assert missed == []
    figure("audit: planted corruptions, found and named", len(PLANTED), ">= 60")


def test_of_each_invariant_something_was_planted() -> None:
    assert {plant.law for plant in PLANTED} >= LAWS
