"""F17: two sweeps at once, and one that has not come for days: each end is booked once."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

import pytest

from tests import engines
from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd
from tests.engine.fresh import Fresh, Table
from tests.engine.interleaving import Act, Turns
from tests.engine.stages import atlassian, end_of, lapse_of, waiting
from tests.engine.test_filing_races import Shelf
from tests.fakes.outside import RecordedMailer
from tests.filing import RecordedErrands
from tests.http.people import company, invoke
from tests.http.wire import Wire
from tests.proof.figures import Counts
from tests.world import World, ready
from training_credits.domain.change import Change, PlanDigest
from training_credits.domain.model import Approval, Entry, EntryKind, RedemptionState
from training_credits.edge import wiring
from training_credits.ports import Errand
from training_credits.programs import program_named
from training_credits.use_cases import expire, lapse

pytestmark = [pytest.mark.proves("F17", "I9"), pytest.mark.timeout(600)]
DAY = timedelta(days=1)
AT_ONCE, SCHEDULES = 2, 6  # of two who read once and write once


def lots(world: Fresh) -> tuple[Act, Act]:
    atlassian(world)
    world.clock.at = end_of(world)
    return world.expires, world.later().expires


def requests(world: Fresh) -> tuple[Act, Act]:
    world.clock.at = lapse_of(world, waiting(world))
    return world.lapses, world.later().lapses


SWEEPS: dict[str, tuple[str, Callable[[Fresh], tuple[Act, Act]], str]] = {
    "closed": ("atlassian", lots, "expire"),
    "lapsed": ("cisco", requests, "release"),
}


@pytest.mark.engine
@pytest.mark.parametrize("what", SWEEPS)
def test_of_two_sweeps_at_once_one_settles_it_in_every_order_of_their_calls(
    engine: str, table: str, what: str, figure: Counts
) -> None:
    del engine
    program, stage, kind = SWEEPS[what]
    engines.make_table(table)
    board, worlds, schedules = Table(table), list[Fresh](), 0
    with Turns() as turns:

        def begin(number: int) -> tuple[Act, Act]:
            worlds.append(Fresh.of(board, program, number))
            return stage(worlds[-1])

        for run in turns.walk(begin):
            schedules += 1
            assert sorted(map(str, run.outcomes)) == [f"0 {what}", f"1 {what}"], run.schedule
            kept = worlds[-1].kept()
            assert [entry.kind for entry in kept.entries].count(EntryKind(kind)) == 1
            assert kept.broken(holds=program == "cisco") == []
    assert schedules >= SCHEDULES
    figure("orders of two sweeps", schedules, "≥ 12")


@pytest.mark.engine
def test_of_two_digests_at_once_each_day_is_mailed_once(
    wire: Wire, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer = RecordedMailer()
    monkeypatch.setattr(wiring, "mailer", lambda: mailer)
    acme, now = company(wire, program="cisco", credits=9), wiring.clock()
    assert acme.owner.put("/v1/preferences", {"transactions": "daily"}).status == 200
    day = program_named(acme.program, now).today(now)
    plan = PlanDigest(email=str(acme.owner.email), day=day, at=now)
    change = Change(program=acme.program, account_id=acme.account, writes=(plan,))
    wiring.ledger().commit(change)
    runs = crowd.all([partial(invoke, "digest", {})] * AT_ONCE)
    assert all(run["finished"] for run in runs)
    assert [mail.to for mail in mailer.mails] == [acme.owner.email]


@pytest.mark.engine
@pytest.mark.usefixtures("untypeset")
def test_of_two_ends_of_a_month_at_once_each_month_is_filed_once(
    wire: Wire, crowd: Crowd, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    errands, seals, documents = RecordedErrands(), Shelf(), Shelf()
    for name, kept in (("months", errands), ("seals", seals), ("documents", documents)):
        monkeypatch.setattr(wiring, name, lambda kept=kept: kept)
    accounts = [company(wire, credits=9).account for _ in range(2)]
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(40 * 86_400))
    crowd.all([partial(invoke, "month_end", {})] * AT_ONCE)
    sent = Counter(errand["account"] for errand in errands.sent)
    assert sent == dict.fromkeys(accounts, AT_ONCE)
    batches = [{"Records": [_message(*one)]} for one in enumerate(errands.sent)]
    answers = crowd.all([partial(invoke, "close_month", batch) for batch in batches])
    assert answers == [{"batchItemFailures": []}] * len(batches)
    blocks = sum(item["kind"] == "block" for item in dump().values())
    assert blocks == len(seals.kept) >= len(accounts)
    assert len(documents.kept) == 3 * blocks


def _message(number: int, errand: Errand) -> dict[str, str]:
    return {"messageId": str(number), "body": json.dumps(errand)}


@cache
def story(every: int) -> tuple[World, tuple[Entry, ...]]:
    """Three lots and requests among them; both sweeps come by each so many days, and at the end."""
    world = ready(Approval.MANUAL)
    for day in range(800):
        if day in {0, 30, 400}:
            world.buy(100)
        if day in {1, 40, 300, 410}:
            asked = world.redeem(7)
            if day != 40:
                world.approve(asked)
        if day % every == 0 or day == 799:
            for sweep in (lapse.sweep, expire.sweep):
                assert sweep(world.ledger, world.clock, lambda: True).errors == ()
        world.clock.advance(DAY)
    return world, tuple(world.entries())


def states(world: World) -> list[RedemptionState]:
    """Of every request."""
    asked = world.ledger.rows(world.program, world.account).asked.redemptions
    return sorted(each.state for each in asked.values())


@pytest.mark.parametrize("every", [7, 90, 799])
def test_a_sweep_that_missed_many_days_ends_where_daily_ones_do(every: int) -> None:
    (daily, told), (seldom, caught_up) = story(1), story(every)
    assert seldom.balance() == daily.balance()
    ends = [[e for e in all_of if e.kind is EntryKind.EXPIRE] for all_of in (told, caught_up)]
    assert len(ends[0]) == 3
    assert [(e.at, e.change) for e in ends[0]] == [(e.at, e.change) for e in ends[1]]
    assert states(seldom) == states(daily)
    assert RedemptionState.LAPSED in states(daily)
