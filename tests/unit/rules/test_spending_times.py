"""How long a request waits: who decides is reminded, and in the end it lapses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import refused
from tests.fakes.memory_ledger import MemoryLedger
from tests.unit.rules import selling_tools
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import (
    atlassian,
    cisco,
    entries,
    line,
    number,
    offers,
    runs,
    salesforce,
)
from tests.world import World
from training_credits.domain.change import Change, EditAccount, SettleRequest
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import Approval, Balance, EntryKind, RedemptionState, Verdict
from training_credits.ports import Page
from training_credits.use_cases import lapse

LAPSED, PENDING = RedemptionState.LAPSED, RedemptionState.PENDING
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def classes(at: str, *starts: str) -> datetime | None:
    """When a request for classes that start then lapses, if it is made at an instant."""
    world = cisco(at)
    offers(world, "C", "class", credits=2)
    for place, day in enumerate(starts):
        runs(world, "C", day, session_id=f"S{place}")
    lines = [line(number(), offering="C", session=f"S{n}") for n, _ in enumerate(starts)]
    return world.redemption(world.redeem(who="pat", lines=lines)).lapses_at


@pytest.mark.parametrize("make", [atlassian, cisco])
def test_after_30_days_who_decides_is_reminded_once_and_after_60_it_lapses(
    make: Callable[[], World],
) -> None:
    world = make()
    paid = "SO-5001" if world.program == "cisco" else None
    asked, asked_at = world.redeem(22, "ann", sales_order=paid), world.clock()
    kept = world.redemption(asked)
    assert (kept.remind_at, kept.lapses_at) == (asked_at + 30 * DAY, asked_at + 60 * DAY)
    world.clock.at = asked_at + 30 * DAY - TICK
    assert (world.lapse().reminded, world.lapse().lapsed) == (0, 0)
    world.clock.at = asked_at + 30 * DAY
    assert [world.lapse().reminded for _ in range(3)] == [1, 0, 0]
    assert world.redemption(asked) == replace(kept, remind_at=None)
    world.clock.at = asked_at + 60 * DAY - TICK
    assert world.lapse().lapsed == 0
    world.clock.at = asked_at + 60 * DAY
    assert [world.lapse().lapsed for _ in range(3)] == [1, 0, 0]
    kept = world.redemption(asked)
    assert (kept.state, kept.decided_by, kept.decided_at) == (LAPSED, "system", world.clock())
    assert world.balance().held == 0
    assert world.balance().available == world.balance().total


def test_a_reminder_that_was_missed_is_not_made_up_for_when_it_has_lapsed() -> None:
    world = atlassian()
    asked = world.redeem(22)
    world.clock.advance(90 * DAY)
    swept = world.lapse()
    assert (swept.lapsed, swept.reminded, swept.errors, swept.finished) == (1, 0, (), True)
    assert world.redemption(asked).state is LAPSED


def test_where_the_class_ends_the_wait_before_the_reminder_there_is_none() -> None:
    world = cisco("2026-03-02T18:00")
    offers(world, "C", "class", credits=2)
    runs(world, "C", "2026-03-20")
    asked = world.redeem(who="pat", lines=[line(number(), offering="C", session="S1")])
    kept = world.redemption(asked)
    assert (kept.remind_at, kept.lapses_at) == (None, instant("2026-03-17T00:00-07:00"))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-03-20", "2026-03-17T00:00-07:00"),  # a Friday: Thursday, Wednesday, Tuesday
        ("2026-03-23", "2026-03-18T00:00-07:00"),  # a Monday: the weekend is left out
        ("2026-03-22", "2026-03-18T00:00-07:00"),  # a Sunday: Friday, Thursday, Wednesday
        ("2026-03-10", "2026-03-05T00:00-08:00"),  # the clocks have changed in between
        ("2026-05-29", "2026-05-01T11:00-07:00"),  # far away: sixty days are over before
    ],
)
def test_nothing_is_held_beyond_three_business_days_before_the_class(
    starts: str, ends: str
) -> None:
    assert classes("2026-03-02T18:00", starts) == instant(ends)


def test_a_holiday_is_no_business_day() -> None:
    # Friday, 3 July 2026, is one: before Wednesday come Tuesday, Monday and then Thursday.
    at = "2026-06-20T18:00"
    assert classes(at, "2026-07-08") == instant("2026-07-02T00:00-07:00")
    assert classes(at, "2026-07-01") == instant("2026-06-26T00:00-07:00")


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-03-16T23:59:59-07:00", "2026-03-17T00:00-07:00"),
        ("2026-03-17T00:00:00-07:00", "2026-03-20T00:00-07:00"),
        ("2026-03-19T12:00:00-07:00", "2026-03-20T00:00-07:00"),
        ("2026-03-20T00:00:00-07:00", "2026-05-19T00:00-07:00"),
    ],
)
def test_who_asks_later_than_that_has_until_the_class_begins(at: str, ends: str) -> None:
    assert classes(at, "2026-03-20") == instant(ends)


def test_of_several_classes_the_first_one_counts() -> None:
    assert classes("2026-03-02T18:00", "2026-04-20", "2026-03-20") == (
        instant("2026-03-17T00:00-07:00")
    )


def test_where_the_program_names_no_times_a_request_waits_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = atlassian()
    never = replace(world.rules.approvals, remind_days=0, lapse_days=0)
    selling_tools.says(monkeypatch, "atlassian", approvals=never)
    kept = world.redemption(world.redeem(22))
    assert (kept.lapses_at, kept.remind_at, kept.due) == (None, None, None)


@pytest.mark.rule("CI-21")
def test_what_is_held_of_a_lot_that_dies_is_honoured_until_it_lapses_and_then_expired() -> None:
    world = cisco()
    lot = world.book().lots[0]
    world.clock.at = lot.expires_at - 10 * DAY
    late, never = (world.redeem(22, "pat", sales_order="SO-5001") for _ in range(2))
    world.clock.advance(59 * DAY)
    world.approve(late)
    assert world.balance() == Balance(held=22, redeemed=22, expired=17)
    world.clock.advance(DAY)
    world.lapse()
    assert world.balance() == Balance(redeemed=22, expired=39)
    (_, release) = entries(world, never)
    assert (release.kind, release.at, release.change) == (EntryKind.RELEASE, world.clock(), -22)


def test_where_nothing_is_held_a_lot_that_dies_takes_its_credits_with_it() -> None:
    world = atlassian(500)
    world.clock.at = world.book().lots[0].expires_at - DAY
    asked = world.redeem(300)
    world.clock.advance(DAY)
    assert refused(lambda: world.approve(asked)).reason is Reason.CREDITS_EXPIRED
    world.clock.advance(59 * DAY)
    world.lapse()
    assert world.redemption(asked).state is LAPSED
    assert entries(world, asked) == []


@pytest.mark.parametrize("verdict", [Verdict.APPROVE, Verdict.DENY])
def test_from_its_end_on_nobody_says_yes_swept_or_not(verdict: Verdict) -> None:
    world = atlassian()
    asked = world.redeem(300)
    world.clock.advance(60 * DAY)
    if verdict is Verdict.APPROVE:
        no = refused(lambda: world.approve(asked), Conflict)
        assert no.reason is Reason.REQUEST_LAPSED
        assert world.redemption(asked).state is PENDING
    else:
        world.deny(asked)
        assert world.redemption(asked).state is RedemptionState.DENIED


def test_a_decision_that_comes_first_leaves_the_sweep_nothing_to_do() -> None:
    world = atlassian()
    asked = world.redeem(300)
    world.clock.advance(60 * DAY)
    world.ledger.meanwhile.append(lambda: world.deny(asked))
    swept = world.lapse()
    assert (swept.lapsed, swept.errors) == (0, ())
    assert world.redemption(asked).state is RedemptionState.DENIED


def test_uses_of_a_code_come_back_when_a_request_lapses() -> None:
    world = salesforce()
    world.commit(EditAccount(approval=Approval.MANUAL))
    world.issue_code(lot="L1", limit=300, limit_each=300)
    world.redeem(300)
    assert refused(lambda: world.redeem(1)).reason is Reason.CODE_LIMIT_REACHED
    world.clock.advance(60 * DAY)
    world.lapse()
    assert world.redeem(300)


class Broken(MemoryLedger):
    """Cannot settle one request."""

    broken = ""

    def commit(self, change: Change) -> None:
        asked = [w.redemption.redemption_id for w in change.writes if isinstance(w, SettleRequest)]
        if self.broken in asked:
            raise RuntimeError(self.broken)
        super().commit(change)


def test_a_request_that_cannot_be_settled_keeps_no_other_waiting() -> None:
    world, ledger = atlassian(), Broken()
    ledger.accounts, ledger.places = world.ledger.accounts, world.ledger.places
    world.ledger = ledger
    asked = [world.redeem(1) for _ in range(3)]
    ledger.broken = asked[1]
    world.clock.advance(60 * DAY)
    swept = world.lapse()
    assert (swept.lapsed, [str(error) for error in swept.errors]) == (2, [asked[1]])


def test_a_sweep_whose_time_is_over_says_so_and_the_next_one_goes_on() -> None:
    world = atlassian()
    for _ in range(3):
        world.redeem(1)
    world.clock.advance(60 * DAY)
    time = iter([True, False])
    swept = lapse.sweep(world.ledger, world.clock, lambda: next(time))
    assert (swept.lapsed, swept.finished) == (1, False)
    assert (world.lapse().lapsed, world.lapse().finished) == (2, True)


def test_what_the_worklist_still_shows_and_is_no_more_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = atlassian()
    world.redeem(1)
    denied = world.redeem(1)
    world.deny(denied)
    world.clock.advance(60 * DAY)
    listed = world.ledger.due_requests("atlassian", world.clock(), 0, None, 100).items
    others = (replace(due, redemption_id=one) for due in listed for one in ("gone", denied))
    stale = Page(items=(*listed, *others))
    monkeypatch.setattr(MemoryLedger, "due_requests", lambda *_: stale)
    first, swept = world.lapse(), world.lapse()
    assert (first.lapsed, first.reminded) == (1, 0)
    assert (swept.lapsed, swept.errors) == (0, ())
