"""The journal in the ledger: filed months, the newest of them, and who is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.guards_filing import (
    APRIL,
    APRIL_BLOCK,
    APRIL_END,
    BEGUN,
    MARCH,
    MARCH_END,
    MAY_END,
    block,
)
from tests.contract.nouns import ELSEWHERE, HERE, INSTANT
from tests.contract.scene import FAR_OFF, LONG_AGO, Scene
from training_credits.domain import change as c
from training_credits.ports import SHARDS

DAY = timedelta(days=1)


def due(scene: Scene, until: datetime, limit: int = 100) -> list[str]:
    found: list[str] = []
    for shard in range(SHARDS):
        page = scene.ledger.due_months(scene.program, until, shard, None, limit)
        found += page.items
    return found


def test_nothing_is_filed_of_an_account_without_a_month(scene: Scene) -> None:
    scene.write(BEGUN)
    here = scene.program, HERE
    assert scene.ledger.filed(*here, FAR_OFF) is None
    assert scene.ledger.blocks(*here, None, 100).items == ()


def test_a_block_is_read_as_it_was_filed_field_by_field(scene: Scene) -> None:
    scene.write(BEGUN)
    scene.write(MARCH)
    assert scene.ledger.filed(scene.program, HERE, MARCH_END) == block()
    assert scene.ledger.blocks(scene.program, HERE, None, 100).items == (block(),)


@pytest.mark.parametrize(
    ("before", "month"),
    [
        (MARCH_END - INSTANT, None),
        (MARCH_END, "2026-03"),
        (MARCH_END + 5 * DAY, "2026-03"),
        (APRIL_END - INSTANT, "2026-03"),
        (APRIL_END, "2026-04"),
        (MAY_END - INSTANT, "2026-04"),
        (MAY_END, "2026-05"),
        (FAR_OFF, "2026-05"),
    ],
)
def test_the_newest_month_that_had_ended_by_then(
    scene: Scene, before: datetime, month: str | None
) -> None:
    may = replace(APRIL_BLOCK, month="2026-05", start=APRIL_END, end=MAY_END, previous="4" * 64)
    for write in (BEGUN, MARCH, APRIL, c.FileMonth(block=may, due=FAR_OFF)):
        scene.write(write)
    found = scene.ledger.filed(scene.program, HERE, before)
    assert (found.month if found else None) == month


def test_west_of_greenwich_a_month_ends_in_the_next_month_of_utc(scene: Scene) -> None:
    """Early on the first of May in UTC neither April nor March may be over yet."""
    late = timedelta(hours=9)
    ends = [datetime(2026, n, 1, tzinfo=UTC) + late for n in (3, 4, 5)]
    blocks, before = [], None
    for n, (end, name) in enumerate(zip(ends, ("2026-02", "2026-03", "2026-04"), strict=True)):
        one = block(month=name, end=end, digest=str(n + 1) * 64, start=end - 28 * DAY)
        blocks.append(one if before is None else replace(one, previous=before.digest))
        before = one
    for one in blocks:
        scene.write(c.FileMonth(block=one, due=FAR_OFF))
    at = datetime(2026, 5, 1, tzinfo=UTC)
    assert scene.ledger.filed(scene.program, HERE, at) == blocks[1]
    assert scene.ledger.filed(scene.program, HERE, at - 30 * DAY + late - INSTANT) == blocks[0]


def test_months_come_page_by_page_oldest_first(scene: Scene) -> None:
    for write in (BEGUN, MARCH, APRIL):
        scene.write(write)
    first = scene.ledger.blocks(scene.program, HERE, None, 1)
    assert first.items == (block(),)
    rest = scene.ledger.blocks(scene.program, HERE, first.cursor, 1)
    assert rest.items == (APRIL_BLOCK,)
    assert scene.ledger.blocks(scene.program, ELSEWHERE, None, 100).items == ()


def test_an_account_is_due_from_its_instant_on_and_each_month_moves_it_on(scene: Scene) -> None:
    assert due(scene, FAR_OFF) == []
    scene.write(BEGUN)
    assert due(scene, MARCH_END - INSTANT) == []
    assert due(scene, MARCH_END) == [HERE]
    scene.write(c.BeginFiling(due=MAY_END))
    assert due(scene, MARCH_END) == [HERE]
    scene.write(MARCH)
    assert due(scene, APRIL_END - INSTANT) == []
    assert due(scene, APRIL_END) == [HERE]
    assert due(scene, LONG_AGO) == []


def test_accounts_are_due_page_by_page_the_first_before_all(scene: Scene) -> None:
    accounts = [f"{n:016}" for n in range(12)]
    for n, account_id in enumerate(accounts):
        scene.write(c.BeginFiling(due=MARCH_END + n * 7 % 12 * DAY), account_id=account_id)
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    other.write(BEGUN)
    found: list[str] = []
    for shard in range(SHARDS):
        cursor, mine = None, list[str]()
        while True:
            page = scene.ledger.due_months(scene.program, FAR_OFF, shard, cursor, 2)
            mine += page.items
            cursor = page.cursor
            if cursor is None:
                break
        days = [accounts.index(one) * 7 % 12 for one in mine]
        assert days == sorted(days)
        found += mine
    assert sorted(found) == accounts
    assert due(other, FAR_OFF) == [HERE]
