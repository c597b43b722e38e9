"""Whoever works for the vendor adds to what happened, and changes none of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.http import booking, casing
from tests.http.people import Company, company, someone
from tests.http.wire import Request, Wire
from tests.proof.figures import Counts
from training_credits.dynamodb import steps
from training_credits.dynamodb.items import EntryItem
from training_credits.dynamodb.steps import credits

pytestmark = pytest.mark.proves("T7", "I14")
# What has happened is written once: transactions, lines of history, months that are filed.
FOR_GOOD = ("ENTRY#", "HISTORY#", "BLOCK#", "SUBMISSION#")
# Of these a repeatable request writes itself again, the same to the byte.
AGAIN = "SUBMISSION#decide#"


def writes(requests: list[Request]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """How, to which sort key, and with what: each write of each transaction."""
    for request in requests:
        if request.operation == "TransactWriteItems":
            for action in request.body["TransactItems"]:
                ((how, what),) = action.items()
                yield how, _key(what)["sk"]["S"], what
        elif request.operation in {"PutItem", "UpdateItem"}:
            yield request.operation, _key(request.body)["sk"]["S"], request.body


def _key(what: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = what.get("Item") or what["Key"]
    return found


def rewritten(requests: list[Request]) -> list[str]:
    """What of the past was written otherwise than once, where nothing was."""
    found = []
    for how, sk, what in writes(requests):
        if not sk.startswith(FOR_GOOD):
            continue
        condition = what.get("ConditionExpression", "")
        once = how == "Put" and condition.startswith("attribute_not_exists")
        if sk.startswith(AGAIN):
            once = how == "Put" and "attribute_not_exists" in condition
        if not once:
            found.append(f"{how} {sk} if {condition}")
    return found


def story(made: Company) -> None:
    """Bought, spent, denied, taken back, given back, disputed; people come and go."""
    for verdict in ("approve", "deny"):
        made.decides(verdict, made.wants(2).json["redemption"])
    taken_back = made.wants().json["redemption"]
    assert made.learner.post(f"/v1/redemptions/{taken_back}/cancellation", {}).status == 200
    booking.lists(made, "S1", "S2")
    path = booking.books(made, "S1")
    assert booking.moves(made, path, "S2").status == 200
    assert booking.gives_back(made, path).status == 200
    disputed = casing.opens(made, kind="dispute", **casing.spends(made)).json["case"]
    casing.grants(made, disputed, "upheld")
    bob = someone(made.owner.wire, "bob", program=made.program)
    made.adds(bob)
    assert made.removes(bob).status == 204


def test_what_has_happened_is_written_once_and_never_again(own_wire: Wire, figure: Counts) -> None:
    story(company(own_wire, credits=50))
    past = [sk for _, sk, _ in writes(own_wire.requests) if sk.startswith(FOR_GOOD)]
    assert {prefix for prefix in FOR_GOOD for sk in past if sk.startswith(prefix)} >= {
        *("ENTRY#", "HISTORY#", "SUBMISSION#")
    }
    assert rewritten(own_wire.requests) == []
    assert own_wire.count("DeleteItem") == 0
    figure("writes of what has happened, each once", len(past), "≥ 30")


@pytest.mark.proves("G20")
def test_an_entry_that_is_saved_over_another_is_caught(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: entries are put without their guard."""
    real = credits.step

    def careless(change: Any, write: Any) -> Any:
        step = real(change, write)
        if isinstance(step.item, EntryItem):
            return type(step)(write=step.write, item=step.item, guard=None)
        return step

    planted = tuple((kind, careless if step is real else step) for kind, step in steps.ALONE)
    monkeypatch.setattr(steps, "ALONE", planted)
    company(own_wire, credits=5)
    assert any("ENTRY#" in found for found in rewritten(own_wire.requests))
