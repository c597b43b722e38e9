"""Lists come page by page, in order, and a cursor opens the list it came from."""

import base64
import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.scene import (
    HERE,
    INSTANT,
    NOON,
    Scene,
    account,
    entry,
    redemption,
)
from training_credits.domain import change as c
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import RedemptionState
from training_credits.ports import Page

HOUR = timedelta(hours=1)


def walk(read: Callable[[str | None], Page[Any]], limit: int) -> list[Any]:
    """All pages; none is longer than `limit`, and only the last may be empty."""
    found: list[Any] = []
    cursor = None
    for _ in range(20):
        page = read(cursor)
        assert len(page.items) <= limit
        assert page.items or page.cursor is None
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_entries_of_a_period_come_oldest_first_page_by_page(scene: Scene, limit: int) -> None:
    at = [NOON, NOON, NOON + INSTANT, NOON + HOUR - INSTANT, NOON + HOUR]
    written = [entry(f"E{n}", at=when) for n, when in enumerate(at)]
    for one in reversed(written):
        scene.write(c.Record(entry=one))
    scene.write(c.Record(entry=entry("E0", at=NOON - INSTANT)))

    def read(cursor: str | None) -> Page[Any]:
        period = (NOON, NOON + HOUR)
        return scene.ledger.entries(scene.program, HERE, *period, cursor, limit)

    assert walk(read, limit) == written[:4]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("state", RedemptionState)
def test_requests_in_a_state_come_oldest_first_page_by_page(
    scene: Scene, state: RedemptionState, limit: int
) -> None:
    wanted = [redemption(f"R{n}", state, at=NOON + n * INSTANT) for n in range(5)]
    others = [redemption(f"R{other}", other) for other in RedemptionState if other is not state]
    for one in (*reversed(wanted), *others):
        scene.write(c.MakeRequest(redemption=one))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.requests(scene.program, HERE, state, cursor, limit)

    assert walk(read, limit) == wanted


def test_a_settled_request_leaves_the_pending_ones(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()))
    for n in range(3):
        scene.write(c.MakeRequest(redemption=redemption(f"R{n}", at=NOON + n * HOUR)))
    for n, hour in ((0, 9), (1, 5)):
        after = redemption(f"R{n}", RedemptionState.CANCELLED, at=NOON + hour * HOUR)
        scene.write(c.SettleRequest(redemption=after, was=RedemptionState.PENDING))

    def listed(state: RedemptionState) -> list[str]:
        page = scene.ledger.requests(scene.program, HERE, state, None, 100)
        return [one.redemption_id for one in page.items]

    assert listed(RedemptionState.PENDING) == ["R2"]
    assert listed(RedemptionState.CANCELLED) == ["R1", "R0"]
    assert [one.redemption_id for one in scene.book().requests] == ["R2"]


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
    "half a character": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#\ud800"}),
}


@pytest.mark.parametrize("cursor", GARBLED.values(), ids=GARBLED.keys())
def test_a_garbled_cursor_is_refused(scene: Scene, cursor: str) -> None:
    scene.write(c.Record(entry=entry("E1")), c.Record(entry=entry("E2")))
    with pytest.raises(Refused) as refused:
        scene.ledger.entries(scene.program, HERE, NOON, NOON + HOUR, cursor, 1)
    assert refused.value.reason is Reason.INVALID_CURSOR
    with pytest.raises(Refused) as refused:
        scene.ledger.requests(scene.program, HERE, RedemptionState.PENDING, cursor, 1)
    assert refused.value.reason is Reason.INVALID_CURSOR


def test_the_cursor_of_one_list_does_not_open_another(scene: Scene) -> None:
    for n in range(2):
        scene.write(
            c.Record(entry=entry(f"E{n}")),
            c.MakeRequest(redemption=redemption(f"R{n}")),
            c.MakeRequest(redemption=redemption(f"S{n}", RedemptionState.DENIED)),
        )

    def entries(cursor: str | None) -> Page[Any]:
        return scene.ledger.entries(scene.program, HERE, NOON, NOON + HOUR, cursor, 1)

    def pending(cursor: str | None) -> Page[Any]:
        state = RedemptionState.PENDING
        return scene.ledger.requests(scene.program, HERE, state, cursor, 1)

    def denied(cursor: str | None) -> Page[Any]:
        state = RedemptionState.DENIED
        return scene.ledger.requests(scene.program, HERE, state, cursor, 1)

    for of, at in itertools.permutations((entries, pending, denied), 2):
        with pytest.raises(Refused) as refused:
            at(of(None).cursor)
        assert refused.value.reason is Reason.INVALID_CURSOR
