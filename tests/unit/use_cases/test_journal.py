"""The journal as whoever verifies it reads it: a month a page at most, and nothing twice."""

import json
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from tests.builders import refused
from tests.filing import Archive
from tests.unit.use_cases.test_filing import local, march
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.journal import entry_facts
from training_credits.domain.model import Role
from training_credits.ports import Page
from training_credits.use_cases.filing import seal_key
from training_credits.use_cases.journal import journal


def page(
    archive: Archive, cursor: str | None = None, limit: int = 10, who: str = "ann"
) -> Page[dict[str, Any]]:
    world = archive.world
    return journal(
        *(world.ledger, archive.seals, world.clock, world.caller(who), world.account),
        cursor=cursor,
        limit=limit,
    )


def pages(archive: Archive, limit: int) -> list[Page[dict[str, Any]]]:
    found = [page(archive, limit=limit)]
    while found[-1].cursor is not None:
        found.append(page(archive, found[-1].cursor, limit))
    return found


@pytest.fixture
def archive() -> Archive:
    """February and March are filed; what is asked for in April is not."""
    made = march("atlassian")
    april, made.world.clock.at = made.world.clock(), local(made.world, 2026, 3, 20)
    made.world.redeem(2)
    made.world.clock.at = april
    made.file()
    made.world.redeem(1)
    return made


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_however_it_is_read_each_month_begins_with_its_block_and_nothing_comes_twice(
    archive: Archive, limit: int
) -> None:
    items = [item for each in pages(archive, limit) for item in each.items]
    blocks = archive.blocks()
    assert [item["block"]["month"] for item in items if "block" in item] == [
        block.month for block in blocks
    ]
    filed = [entry for entry in archive.world.entries() if entry.at < blocks[-1].end]
    assert [item["entry"] for item in items if "entry" in item] == [
        entry_facts(archive.world.program, entry) for entry in filed
    ]
    assert ["block" in item for item in items] == [True, False, True, False, False]


def test_a_page_has_one_month_and_a_cursor_to_the_next(archive: Archive) -> None:
    found = pages(archive, 10)
    assert [len(each.items) for each in found] == [2, 3]
    assert [each.cursor is None for each in found] == [False, True]
    assert all(before.cursor != after.cursor for before, after in pairwise(found))


def test_a_block_comes_with_what_is_under_lock_if_that_is_still_there(archive: Archive) -> None:
    first, second = (each.items[0] for each in pages(archive, 10))
    for item, block in zip((first, second), archive.blocks(), strict=True):
        key = seal_key(block.program, block.account_id, block.month)
        assert item["leaves"] == json.loads(archive.seals.kept[key][0])["leaves"]
    archive.seals.kept.clear()
    assert [each.items[0].keys() for each in pages(archive, 10)] == [{"block"}, {"block"}]


def test_before_anything_is_filed_there_is_nothing() -> None:
    assert page(march("atlassian")) == Page(items=())


@pytest.mark.parametrize("cursor", ["", "~", "2026-03"])
def test_a_cursor_of_another_list_is_refused(archive: Archive, cursor: str) -> None:
    assert refused(partial(page, archive, cursor)).reason is Reason.INVALID_CURSOR


def test_it_is_for_those_who_see_statements(archive: Archive) -> None:
    archive.world.add("bill", Role.BUYER)
    assert refused(partial(page, archive, who="bill"), Forbidden).reason is Reason.NOT_PERMITTED
    assert refused(partial(page, archive, who="eve"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
