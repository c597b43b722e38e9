"""Thousands of lots that end at once: each is booked once, whoever is killed, and costs its own."""

import json
import random
import re
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from local.template import REGION
from tests.engine import lots
from tests.engine.crowd import Crowd
from tests.http.asking import invoke
from tests.http.wire import CALL, READS, WRITE, Crash, Request, Wire, crash_after
from tests.http.world import functions_on
from tests.proof.figures import Counts
from training_credits.domain import change as c
from training_credits.domain.errors import Stale
from training_credits.domain.model import EntryKind, State
from training_credits.dynamodb.items import LotItem
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.dynamodb.steps import credits as steps
from training_credits.edge import wiring
from training_credits.ports import DueLot, Page

pytestmark = pytest.mark.engine

KILLS, RUNNERS, PLANTED = 5, 2, 40
MOMENT = timedelta(seconds=1)
PLACE = re.compile(rb'"LOT#L([0-9]+)"')
ALL = 10_000
MANY = [300, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(3_000)])]
AMONG = [
    (30, 300),
    pytest.param(1_000, 10_000, marks=[pytest.mark.proof, pytest.mark.timeout(3_000)]),
]


class Enemy:
    """Five requests of all, drawn by lot, are the last of whoever asks: before or after it.

    And before a runner closes one lot in seven, what was spent of it comes back, dated a moment
    before its end: between what the runner has read, and what it writes.
    """

    def __init__(self, requests: int, seed: int) -> None:
        drawn = random.Random(seed)  # noqa: S311 - anybody may know them
        self.deaths = {at: drawn.random() < 0.5 for at in drawn.sample(range(requests), KILLS)}
        self.kills = self.returns = self._count = 0
        self._here = threading.local()
        self._lock = threading.Lock()
        self._out: set[int | None] = set(range(0, requests, 7))

    def __call__(self, request: Request) -> Any:
        if getattr(self._here, "returns", False):
            return None
        number = closes(request)
        with self._lock:
            self._count += 1
            before = self.deaths.pop(self._count - 1, None)
            self.kills += before is not None
            returning = number if number in self._out else None
            self._out -= {number}
        if returning is not None:
            # In a thread that is nobody of the crowd.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(self._comes_back, returning).result()
        if before:
            raise Crash
        return None if before is None else crash_after

    def _comes_back(self, number: int) -> None:
        self._here.returns = True
        lot = lots.lot(number)
        movement = lots.moved(lot.lot_id, State.REDEEMED, State.AVAILABLE)
        entry = lots.entry_of(number, EntryKind.RETURN, lots.ENDED - MOMENT, movement)
        change = c.Change(
            program=lots.PROGRAM, account_id=entry.account_id, writes=tuple(c.moves(entry))
        )
        try:
            wiring.ledger().commit(change)
        except Stale:  # the other runner has closed it
            return
        self.returns += 1


def closes(request: Request) -> int | None:
    """The number of the lot that a transaction closes."""
    found = PLACE.search(request.raw) if request.operation == WRITE else None
    return int(found[1]) if found else None


def run() -> int:
    """The function is called again until a run says that it has finished; how often."""
    runs = 0
    while True:
        runs += 1
        try:
            if invoke("expire", {})["finished"]:
                return runs
        except Crash:
            continue


def ends_at_once(table: str, wire: Wire, crowd: Crowd, count: int, seed: int = 1) -> list[str]:
    """All of them are due, two runners sweep and are killed; what is not as it must be."""
    fill(table, count)
    # What two runners ask at the least: for each lot one read, and one write.
    wire.fault = enemy = Enemy(2 * count, seed)
    crowd.all([run] * RUNNERS)
    wire.fault = None
    assert (enemy.kills, enemy.returns > 0) == (KILLS, True)
    return flaws_of(count)


def fill(table: str, count: int) -> None:
    """So many lots that have ended."""
    lots.fill(table, ((n, lots.lot(n)) for n in range(count)), told=True)


def flaws_of(count: int) -> list[str]:
    """What is not as it must be of so many."""
    accounts = dict.fromkeys(lots.account_of(n) for n in range(count))
    found = list(lots.kept(accounts))
    assert sum(len(each.lots) for each in found) == count
    return [flaw for each in found for flaw in each.flaws()]


@pytest.mark.proves("F17", "E8", "I9")
@pytest.mark.rule("CI-20")
@pytest.mark.parametrize("count", MANY)
def test_each_of_many_lots_is_booked_once_by_two_runners_that_are_killed_five_times(
    unaudited: Wire, table: str, crowd: Crowd, figure: Counts, count: int
) -> None:
    flaws = ends_at_once(table, unaudited, crowd, count)
    if count == ALL:
        figure(f"E8 flaws after {ALL:,} ends, two runners, {KILLS} kills", len(flaws), "= 0")
    assert flaws == []


def unguarded(step: Callable[..., Any]) -> Callable[..., Any]:
    def ended(*args: Any, **more: Any) -> Any:
        return replace(step(*args, **more), guard=LotItem.lot_id.exists())

    return ended


@pytest.mark.proves("G20")
def test_without_the_guard_of_a_closed_lot_credits_would_be_left_in_dead_ones(
    unaudited: Wire, table: str, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "_ended", unguarded(steps._ended))  # noqa: SLF001 - the defect
    flaws = ends_at_once(table, unaudited, crowd, PLANTED)
    assert any(f"{lots.SPENT} left" in flaw for flaw in flaws)


class Skipping(DynamoLedger):
    """Its cursor leads over a page."""

    def due(self, *where: Any) -> Page[DueLot]:
        page = super().due(*where)
        program, until, shard, _, limit = where
        if page.cursor is None:
            return page
        skipped = super().due(program, until, shard, page.cursor, limit)
        return replace(page, cursor=skipped.cursor)


@pytest.mark.usefixtures("unaudited")
def test_with_a_cursor_that_skips_a_page_lots_would_be_missing(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training_credits.use_cases.worklist.PAGE", 5)
    skipping = Skipping(table, REGION)
    monkeypatch.setattr(wiring, "ledger", lambda: skipping)
    fill(table, PLANTED)
    assert run() == 1  # killed, it would begin anew and find what it has passed over
    assert any("0 expiries" in flaw for flaw in flaws_of(PLANTED))


# What it costs


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Of the reads of a block: requests, characters that came back, and capacity."""
    asked = Counter[str]()
    original: Any = getattr(BaseClient, CALL)

    def call(client: Any, operation: str, parameters: Any) -> Any:
        answer = original(client, operation, parameters)
        if operation in READS:
            asked["requests"] += 1
            said = {name: told for name, told in answer.items() if name != "ResponseMetadata"}
            asked["characters"] += len(json.dumps(said))
            asked["capacity"] += round(answer["ConsumedCapacity"]["CapacityUnits"] * 2)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, CALL, call)
        yield asked


def cost_of_a_sweep(engine: str, due: int, among: int) -> Counter[str]:
    """So many lots are due, of so many that there are."""
    table = f"{engine}-{uuid.uuid4().hex}"
    with functions_on(table):
        lots.fill(table, ((n, lots.lot(n)) for n in range(due)), told=False)
        lots.fill(table, ((n, lots.not_due(n)) for n in range(due, among)), told=False)
        closed = 0
        with counted() as asked:
            while closed < due:
                closed += invoke("expire", {})["lots"]
    assert closed == due
    return asked


@pytest.mark.parametrize(("due", "among"), AMONG)
def test_what_a_sweep_reads_follows_what_is_due_and_not_what_there_is(
    engine: str, due: int, among: int
) -> None:
    alone, crowded = (cost_of_a_sweep(engine, due, many) for many in (due, among))
    assert alone["requests"] >= due
    for what in ("requests", "characters", "capacity"):
        assert crowded[what] <= alone[what] * 1.1
