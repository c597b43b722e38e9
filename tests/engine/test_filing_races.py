"""Several workers file the same months at once, and are killed at any call: each month once."""

import json
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.fresh import Fresh, Table
from tests.fakes.documents import MemoryDocuments
from training_credits.domain.journal import block_facts, entry_facts
from training_credits.domain.model import Approval, Block
from training_credits.domain.verifying import heads_of, verify
from training_credits.use_cases.filing import Cabinet, file_months, seal_key

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("wire", "untypeset")]
WORKERS = 3
CHANCE = 0.06


class Killed(BaseException):
    """Nothing catches it."""


class Shelf(MemoryDocuments):
    """Of two that put something there at once, one is the first."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def put_once(self, key: str, body: bytes, kind: str) -> bool:
        with self._lock:
            return super().put_once(key, body, kind)


class Mortal:
    """Whatever is asked of it may be the last that is asked: before it is done, or after."""

    def __init__(self, thing: object, chance: random.Random, deaths: list[str]) -> None:
        self._thing, self._chance, self._deaths = thing, chance, deaths

    def __getattr__(self, name: str) -> Callable[..., Any]:
        act: Callable[..., Any] = getattr(self._thing, name)

        def mortal(*args: Any, **named: Any) -> Any:
            self._maybe(name)
            done = act(*args, **named)
            self._maybe(name)
            return done

        return mortal

    def _maybe(self, name: str) -> None:
        if self._chance.random() < CHANCE:
            self._deaths.append(name)
            raise Killed


def account(table: Table, number: int, months: int) -> Fresh:
    """Credits bought, spent and ended, and so many months that nobody has filed."""
    world = Fresh.of(table, "atlassian", number)
    world.open(Approval.AUTOMATIC)
    world.issue_code()
    day = world.clock().date()
    world.grant("L00", 100, purchase=day - timedelta(days=330))
    world.grant("L01", 50, purchase=day)
    for _ in range(months):
        world.redeem(3 + number % 5)
        world.clock.advance(timedelta(days=31))
    return world


def worker(world: Fresh, cabinet: Cabinet, seed: int, deaths: list[str]) -> None:
    """Begun again as often as it was killed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    ledger: Any = Mortal(world.ledger, chance, deaths)
    documents: Any = Mortal(cabinet.documents, chance, deaths)
    seals: Any = Mortal(cabinet.seals, chance, deaths)
    mine = Cabinet(documents=documents, seals=seals)
    while True:
        try:
            file_months(ledger, world.clock, mine, world.program, world.account, lambda: True)
        except Killed:
            continue
        return


def race(world: Fresh, cabinet: Cabinet, deaths: list[str]) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        runs = [
            pool.submit(worker, world, cabinet, int(world.tag[1:]) * WORKERS + n, deaths)
            for n in range(WORKERS)
        ]
        for run in runs:
            run.result(timeout=100)


def blocks_of(world: Fresh) -> list[Block]:
    return list(world.ledger.blocks(world.program, world.account, None, 100).items)


def items_of(world: Fresh) -> list[dict[str, Any]]:
    entries, items = world.kept().entries, list[dict[str, Any]]()
    for block in blocks_of(world):
        items.append({"block": block_facts(block)})
        items += [
            {"entry": entry_facts(world.program, one)}
            for one in entries
            if block.start <= one.at < block.end
        ]
    return items


@pytest.mark.proves("F17", "I12")
@pytest.mark.parametrize(
    ("accounts", "months"), [(2, 3), pytest.param(40, 14, marks=pytest.mark.proof)]
)
def test_each_month_is_filed_once_whoever_is_killed(
    table: str,
    dump: Dumps,
    accounts: int,
    months: int,
) -> None:
    papers_kept = Shelf()
    cabinet = Cabinet(documents=papers_kept, seals=Shelf())
    shared, deaths = Table(table), list[str]()
    worlds = [account(shared, number, months) for number in range(accounts)]
    for world in worlds:
        race(world, cabinet, deaths)
    assert len(deaths) > accounts
    for world in worlds:
        blocks = blocks_of(world)
        assert len(blocks) >= months
        for before, after in pairwise(blocks):
            assert (after.previous, after.start) == (before.digest, before.end)
            assert after.opening == before.closing
        heads = []
        for block in blocks:
            text = cabinet.seals.get(seal_key(world.program, world.account, block.month))
            assert text is not None
            heads.append(json.loads(text))
            assert heads[-1]["block"] == block_facts(block)
        verdict = verify(items_of(world), heads_of(heads))
        assert (verdict.finding, verdict.months) == (None, len(blocks))
        assert blocks[-1].lots == {lot_id: lot.balance for lot_id, lot in world.kept().lots.items()}
    filed = sum(item["kind"] == "block" for item in dump().values())
    assert filed == sum(len(blocks_of(world)) for world in worlds)
    assert len(papers_kept.kept) == 3 * filed
