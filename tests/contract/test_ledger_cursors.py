"""A cursor opens the list it came from, and no other; whatever is none is refused."""

import base64
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.contract.guards_catalogue import OFFERING, TWELVE
from tests.contract.nouns import HERE, HOUR, NOON, entry, line, order, redemption
from tests.contract.nouns_cases import case
from tests.contract.scene import Scene
from training_credits.domain import change as c
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import RedemptionState
from training_credits.ports import Page

Read = Callable[[str | None], Page[Any]]


def lists(scene: Scene) -> dict[str, Read]:
    """Every list there is, one item to a page."""
    ledger, here = scene.ledger, (scene.program, HERE)
    pending, denied = RedemptionState.PENDING, RedemptionState.DENIED
    return {
        "entries": lambda cursor: ledger.entries(*here, NOON, NOON + HOUR, cursor, 1),
        "pending": lambda cursor: ledger.requests(*here, pending, cursor, 1),
        "denied": lambda cursor: ledger.requests(*here, denied, cursor, 1),
        "orders": lambda cursor: ledger.orders(*here, cursor, 1),
        "open": lambda cursor: ledger.open_orders(scene.program, cursor, 1),
        "history": lambda cursor: ledger.history(*here, cursor, 1),
        "offerings": lambda cursor: ledger.offerings(scene.program, None, cursor, 1),
        "collection": lambda cursor: ledger.offerings(scene.program, "core", cursor, 1),
        "sessions": lambda cursor: ledger.sessions(
            scene.program, "CCNA", TWELVE.starts_on, cursor, 1
        ),
        "uses": lambda cursor: ledger.uses(*here, "C1", cursor, 1),
        "cases": lambda cursor: ledger.cases(*here, cursor, 1),
        "open cases": lambda cursor: ledger.open_cases(scene.program, cursor, 1),
    }


NAMES = (
    *("entries", "pending", "denied", "orders", "open", "history", "uses"),
    *("offerings", "collection", "sessions", "cases", "open cases"),
)
# Both are about one account's requests: a place among the uses is a place among those of a state.
KINDRED = ({"uses", "pending"}, {"uses", "denied"})
PAIRS = [pair for pair in itertools.permutations(NAMES, 2) if {*pair} not in KINDRED]


def fill(scene: Scene) -> None:
    """Two of everything."""
    for n in range(2):
        scene.write(
            c.Record(entry=entry(f"E{n}")),
            c.Note(happening=line(f"m{n}")),
            c.PlaceOrder(order=order(f"O{n}")),
            c.OpenCase(case=case(f"K{n}")),
            c.MakeRequest(redemption=redemption(f"R{n}")),
            c.PutOffering(offering=replace(OFFERING, offering_id=f"CCNA-{n}")),
            c.PutSession(session=replace(TWELVE, session_id=f"S{n}")),
            c.MakeRequest(redemption=redemption(f"S{n}", RedemptionState.DENIED)),
        )


def made_up(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


GARBLED = {
    "empty": "",
    "not base64": "!!!",
    "not ASCII": "ü",
    "not padded": "eyJzayI6",
    "not JSON": base64.urlsafe_b64encode(b"{").decode(),
    "not UTF-8": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "not an object": made_up(["ENTRY#"]),
    "a number": made_up(7),
    "nothing in it": made_up({}),
    "a number for a key": made_up({"sk": 5}),
    "an object for a key": made_up({"sk": {"S": "ENTRY#"}}),
    "another partition": made_up({"pk": "other#ACCOUNT#X", "sk": "ENTRY#2026"}),
    "another item": made_up({"sk": "LOT#L1"}),
    "before the period": made_up({"sk": "ENTRY#1999-01-01T00:00:00.000000Z#E1"}),
    "after the period": made_up({"sk": "ENTRY#2199-01-01T00:00:00.000000Z#E1"}),
    "too long for a key": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#" + "x" * 2000}),
    "two keys": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#E1", "book": "REQUEST#"}),
    "a worklist of another": made_up({"pk": "other#ACCOUNT#X", "sk": "ORDER#O1", "due": "2026"}),
    "an order of nobody": made_up({"sk": "ORDER#O1", "book": "SETTLED#approved#2026#O1"}),
    "the bound of the history": made_up({"sk": "HISTORY$"}),
    "the bound of a collection": made_up({"sk": "IN#core$"}),
    "the bound of the sessions": made_up({"sk": "SESSION#S1", "book": "SESSION$"}),
    "a session of long ago": made_up({"sk": "SESSION#S1", "book": "SESSION#1999-01-01#S1"}),
    "the bound of the orders": made_up({"sk": "ORDER#O1", "book": "SOLD$"}),
    "the bound of the uses": made_up({"sk": "REDEMPTION#R1", "book": "SETTLED$"}),
    "the bound of the cases": made_up({"sk": "CASE#K1", "book": "TICKET$"}),
    "nothing of a worklist": made_up({"pk": "any#ACCOUNT#X", "sk": "ORDER#O1", "due": ""}),
    "half a character": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#\ud800"}),
}


@pytest.mark.parametrize("cursor", GARBLED.values(), ids=GARBLED.keys())
def test_a_garbled_cursor_is_refused(scene: Scene, cursor: str) -> None:
    fill(scene)
    for read in lists(scene).values():
        with pytest.raises(Refused) as refused:
            read(cursor)
        assert refused.value.reason is Reason.INVALID_CURSOR


@pytest.mark.parametrize(("of", "at"), PAIRS)
def test_the_cursor_of_one_list_does_not_open_another(scene: Scene, of: str, at: str) -> None:
    fill(scene)
    read = lists(scene)
    cursor = read[of](None).cursor
    assert cursor is not None
    assert read[of](cursor).items
    with pytest.raises(Refused) as refused:
        read[at](cursor)
    assert refused.value.reason is Reason.INVALID_CURSOR


def test_the_worklist_of_another_program_opens_with_no_cursor_of_ours(scene: Scene) -> None:
    fill(scene)
    cursor = lists(scene)["open"](None).cursor
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    fill(other)
    with pytest.raises(Refused) as refused:
        lists(other)["open"](cursor)
    assert refused.value.reason is Reason.INVALID_CURSOR
