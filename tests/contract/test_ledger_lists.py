"""Lists come page by page, in order, and a cursor opens the list it came from."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.contract.nouns import (
    ELSEWHERE,
    HERE,
    HOUR,
    INSTANT,
    NOON,
    account,
    entry,
    line,
    order,
    redemption,
)
from tests.contract.scene import Scene
from training_credits.domain import change as c
from training_credits.domain.model import OrderState, RedemptionState, Tender
from training_credits.ports import Page


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
    scene.write(c.OpenAccount(account=account(), owners=1))
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


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_orders_come_in_the_order_they_were_placed_page_by_page(scene: Scene, limit: int) -> None:
    placed = [order(f"O{n}", placed_at=NOON + n // 2 * INSTANT) for n in range(5)]
    for one in reversed(placed):
        scene.write(c.PlaceOrder(order=one))
    scene.write(c.PlaceOrder(order=order("O9")), account_id=ELSEWHERE)
    done = order("O1", placed_at=NOON, state=OrderState.ACTIVATED, due_on=None)
    scene.write(c.MoveOrder(order=done, was=placed[1]))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.orders(scene.program, HERE, cursor, limit)

    assert walk(read, limit) == [placed[0], done, *placed[2:]]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_orders_that_wait_come_from_all_accounts_the_one_due_first_before_all(
    scene: Scene, limit: int
) -> None:
    def due(order_id: str, day: int, account_id: str = HERE) -> Any:
        return order(order_id, due_on=date(2026, 3, day), account_id=account_id)

    waiting = [due("O4", 1), due("O3", 1, ELSEWHERE), due("O1", 2), due("O2", 2)]
    for one in reversed(waiting):
        scene.write(c.PlaceOrder(order=one), account_id=one.account_id)
    scene.write(c.PlaceOrder(order=order("O5", due_on=None)))
    gone = due("O6", 1)
    scene.write(c.PlaceOrder(order=gone))
    cancelled = order("O6", state=OrderState.CANCELLED, due_on=None)
    scene.write(c.MoveOrder(order=cancelled, was=gone))
    later = due("O1", 3)
    scene.write(c.MoveOrder(order=later, was=waiting[2]))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.open_orders(scene.program, cursor, limit)

    assert walk(read, limit) == [waiting[0], waiting[1], waiting[3], later]


def test_an_order_that_is_finished_but_still_on_the_worklist_is_left_out(scene: Scene) -> None:
    finished = order("O1", state=OrderState.ACTIVATED)
    scene.write(c.PlaceOrder(order=finished))
    scene.write(c.PlaceOrder(order=order("O2")))
    page = scene.ledger.open_orders(scene.program, None, 100)
    assert page.items == (order("O2"),)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_history_comes_oldest_first_page_by_page(scene: Scene, limit: int) -> None:
    written = [line(f"m{n}", at=NOON + n * INSTANT) for n in range(5)]
    for one in reversed(written):
        scene.write(c.Note(happening=one))
    scene.write(c.Note(happening=line("m9")), account_id=ELSEWHERE)

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.history(scene.program, HERE, cursor, limit)

    assert walk(read, limit) == written


def test_two_lines_of_one_instant_are_both_listed_once(scene: Scene) -> None:
    written = [line(f"m{n}") for n in range(5)]
    scene.write(*(c.Note(happening=one) for one in written))
    found = walk(lambda cursor: scene.ledger.history(scene.program, HERE, cursor, 2), 2)
    assert sorted(one.about for one in found) == [one.about for one in written]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_uses_of_a_code_come_pending_ones_first_and_no_others(scene: Scene, limit: int) -> None:
    pending = RedemptionState.PENDING
    states = [pending, *(state for state in RedemptionState if state is not pending)]
    mine = [redemption(f"R{n}", state, at=NOON + n * HOUR) for n, state in enumerate(states)]
    second = redemption("R9", at=NOON + HOUR)
    another = (Tender(code_id="C2"),)
    others = [redemption(f"S{n}", state, tenders=another) for n, state in enumerate(states)]
    bare = redemption("S9", tenders=(Tender(lot_id="L1"),))
    for one in (*reversed(mine), second, *others, bare):
        scene.write(c.MakeRequest(redemption=one))
    found: list[Any] = []
    cursor = None
    for _ in range(20):
        page = scene.ledger.uses(scene.program, HERE, "C1", cursor, limit)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert cursor is None
    assert found[:2] == [mine[0], second]
    assert {one.redemption_id for one in found[2:]} == {f"R{n}" for n in range(1, len(states))}
    assert len(found) == len(states) + 1
