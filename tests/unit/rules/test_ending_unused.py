"""What was approved and nobody has begun: one nudge, to whoever asked for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.rules.selling_tools import says
from tests.unit.rules.spending_tools import atlassian, code, email, line, offers, runs
from tests.unit.rules.told_tools import Told
from tests.world import World
from training_credits.domain.change import EditLines, MoveVoucher
from training_credits.domain.decisions import nudging, vouchers
from training_credits.domain.model import Approval, Line, LineState, Mode, RedemptionState
from training_credits.domain.program import Reminders
from training_credits.programs import program_named

LEE = email("lee")
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def now(world: World, request: str, **facts: object) -> None:
    """All lines of a request become so."""
    was = world.redemption(request)
    lines: tuple[Line, ...] = tuple(replace(each, **facts) for each in was.lines)  # type: ignore[arg-type]
    world.commit(EditLines(redemption=replace(was, lines=lines), was=was))


@pytest.fixture
def world() -> World:
    return atlassian(approval=Approval.AUTOMATIC)


@pytest.mark.rule("AT-35")
def test_approved_60_days_ago_and_not_started_is_one_nudge(world: World) -> None:
    asked = world.redeem(300)
    told = Told(world)
    world.clock.advance(60 * DAY - MOMENT)
    assert world.lapse().nudged == 0
    world.clock.advance(MOMENT)
    assert (world.lapse().nudged, world.lapse().nudged) == (1, 0)
    mails = told()
    assert (set(mails), told.types) == ({LEE}, ["RedemptionUnused"])
    assert mails[LEE].subject == "You have not begun yet: Jira Basics"
    assert f"/redemptions/{asked}" in mails[LEE].text
    world.clock.advance(400 * DAY)
    assert world.lapse().nudged == 0
    now(world, asked, reference="P-1")
    assert (told(), told.types) == ({}, [])


@pytest.mark.rule("AT-35")
def test_60_days_count_from_the_approval_not_from_the_request() -> None:
    world = atlassian()
    asked = world.redeem(300)
    world.clock.advance(20 * DAY)
    world.approve(asked)
    assert world.redemption(asked).nudge_at == world.clock() + 60 * DAY
    world.clock.advance(59 * DAY)
    assert world.lapse().nudged == 0
    world.clock.advance(DAY)
    assert world.lapse().nudged == 1


def test_a_reservation_that_is_confirmed_is_remembered_from_then_on(world: World) -> None:
    asked = world.redeem(300, reserve=True)
    assert world.redemption(asked).nudge_at is None
    world.confirm(asked)
    assert world.redemption(asked).nudge_at == world.clock() + 60 * DAY


@pytest.mark.parametrize("facts", [{"state": LineState.DELIVERED}, {"state": LineState.RETURNED}])
def test_what_was_completed_or_given_back_is_left_alone(world: World, facts: object) -> None:
    asked = world.redeem(300)
    told = Told(world)
    now(world, asked, **facts)  # type: ignore[arg-type]
    told()
    world.clock.advance(60 * DAY)
    assert world.lapse().nudged == 0
    assert told() == {}
    assert world.redemption(asked).due is None


def test_what_has_a_day_of_its_own_needs_no_nudge(world: World) -> None:
    offers(world, "C", "course", price_minor=10_000)
    runs(world, "C", "2026-09-01", mode=Mode.IN_PERSON)
    asked = world.redeem(lines=[line(code(world), offering="C", session="S1")])
    assert world.redemption(asked).nudge_at is None


def test_what_can_be_used_no_more_is_not_remembered(world: World) -> None:
    asked = world.redeem(300)
    now(world, asked, usable_until=(world.clock() + 59 * DAY).date())
    world.clock.advance(60 * DAY)
    assert world.lapse().nudged == 0


@pytest.mark.parametrize(("used", "nudged"), [(0, 1), (1, 1), (2, 0)])
def test_of_exams_there_is_a_nudge_while_one_of_their_vouchers_is_left(
    world: World, used: int, nudged: int
) -> None:
    offers(world, "E", "exam", price_minor=10_000)
    asked = world.redeem(lines=[line(code(world), offering="E", quantity=2)])
    kept = world.ledger.vouchers(world.program, world.account, asked)
    for voucher in kept[:used]:
        after = vouchers.used(voucher, None, world.clock().date())
        world.commit(MoveVoucher(voucher=after, was=voucher))
    world.clock.advance(60 * DAY)
    assert world.lapse().nudged == nudged


def test_two_sweeps_at_once_nudge_once(world: World) -> None:
    world.redeem(300)
    told = Told(world)
    world.clock.advance(60 * DAY)
    world.ledger.meanwhile.append(world.lapse)
    assert world.lapse().nudged == 0
    told()
    assert told.types == ["RedemptionUnused"]


def test_where_the_program_says_nothing_of_it_nobody_is_nudged(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    says(monkeypatch, "atlassian", reminders=Reminders())
    assert world.redemption(world.redeem(300)).due is None


def test_what_was_approved_before_there_were_nudges_is_left_alone(world: World) -> None:
    asked = world.redeem(300)
    rows = world.ledger.rows(world.program, world.account).asked
    rows.redemptions[asked] = replace(rows.redemptions[asked], nudge_at=None)
    world.clock.advance(100 * DAY)
    assert world.lapse().nudged == 0


def test_what_is_not_approved_or_not_yet_due_is_left_alone(world: World) -> None:
    """The worklist may lag: whatever it names is looked at again."""
    asked = world.redemption(world.redeem(300))
    program = program_named("atlassian", world.clock())
    assert nudging.nudge(program, asked, (), world.clock()) is None
    due = world.clock() + 60 * DAY
    denied = replace(asked, state=RedemptionState.DENIED)
    assert nudging.nudge(program, denied, (), due) is None
    assert nudging.nudge(program, asked, (), due) is not None
