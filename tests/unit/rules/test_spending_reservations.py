"""Credits that are set aside first, and spent when the registration is confirmed (CI-36)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules import selling_tools
from tests.unit.rules.selling_tools import instant
from tests.unit.rules.spending_tools import (
    atlassian,
    cisco,
    code,
    email,
    entries,
    line,
    number,
    offers,
    runs,
    salesforce,
    taken,
)
from tests.world import World
from training_credits.domain.errors import Conflict, NotFound, Reason, Refused
from training_credits.domain.model import Approval, Balance, EntryKind, RedemptionState

RESERVED, APPROVED = RedemptionState.RESERVED, RedemptionState.APPROVED
HOLD, REDEEM, RELEASE = EntryKind.HOLD, EntryKind.REDEEM, EntryKind.RELEASE
TICK = timedelta(microseconds=1)
THREE_DAYS = timedelta(minutes=4_320)


def shop(approval: Approval = Approval.MANUAL) -> World:
    """A class of 22 credits in September, of two seats."""
    world = cisco(approval=approval)
    offers(world, "C", "class", credits=22)
    runs(world, "C", "2026-09-01", seats=2)
    return world


def reserves(world: World) -> str:
    lines = [line(number(), offering="C", session="S1")]
    return world.redeem(who="pat", lines=lines, reserve=True)


def kinds(world: World, asked: str) -> list[EntryKind]:
    return [entry.kind for entry in entries(world, asked)]


@pytest.mark.rule("CI-36")
def test_a_request_of_22_is_approved_and_the_registration_consumes_the_reservation() -> None:
    world = shop()
    asked = reserves(world)
    assert world.redemption(asked).state is RedemptionState.PENDING
    assert (world.balance(), taken(world)) == (Balance(available=39, held=22), 0)
    world.approve(asked)
    kept = world.redemption(asked)
    assert (kept.state, kept.approved_by) == (RESERVED, email("ann"))
    assert (kept.lapses_at, kept.remind_at) == (world.clock() + THREE_DAYS, None)
    assert (world.balance(), taken(world)) == (Balance(available=39, held=22), 1)
    world.confirm(asked, "pat")
    kept = world.redemption(asked)
    assert (kept.state, kept.approved_by, kept.lapses_at) == (APPROVED, email("ann"), None)
    assert (world.balance(), taken(world)) == (Balance(available=39, redeemed=22), 1)
    assert kinds(world, asked) == [HOLD, REDEEM]
    assert [entry.actor for entry in entries(world, asked)] == [email("pat"), email("pat")]


@pytest.mark.rule("CI-36")
def test_a_reservation_is_consumed_once() -> None:
    world = shop()
    asked = reserves(world)
    world.approve(asked)
    confirming = world.intent("pat", "confirm")
    first = world.confirm(asked, asking=confirming)
    before = world.ledger.kept()
    assert world.confirm(asked, asking=confirming) == first
    no = refused(lambda: world.confirm(asked, "pat"), Conflict)
    assert (no.reason, no.facts) == (Reason.NOT_RESERVED, {"state": "approved"})
    assert world.ledger.kept() == before


@pytest.mark.rule("CI-36")
def test_what_is_not_approved_yet_is_not_confirmed_and_nobody_elses_exists() -> None:
    world = shop()
    asked = reserves(world)
    no = refused(lambda: world.confirm(asked, "pat"), Conflict)
    assert (no.reason, no.facts) == (Reason.NOT_RESERVED, {"state": "pending"})
    world.approve(asked)
    assert refused(lambda: world.confirm(asked, "ann"), NotFound).reason is (
        Reason.REDEMPTION_NOT_FOUND
    )


@pytest.mark.rule("CI-36")
def test_a_reservation_times_out_and_a_confirmation_after_that_is_refused() -> None:
    world = shop()
    asked = reserves(world)
    world.approve(asked)
    end = world.clock() + THREE_DAYS
    world.clock.at = end - TICK
    assert world.lapse().lapsed == 0
    world.clock.at = end
    no = refused(lambda: world.confirm(asked, "pat"), Conflict)  # before any sweep has come by
    assert (no.reason, no.facts["lapsed_at"]) == (Reason.REQUEST_LAPSED, end.isoformat())
    assert world.balance().held == 22
    assert world.lapse().lapsed == 1
    kept = world.redemption(asked)
    assert (kept.state, kept.decided_by) == (RedemptionState.LAPSED, "system")
    assert (world.balance(), taken(world)) == (Balance(available=61), 0)
    assert kinds(world, asked) == [HOLD, RELEASE]
    no = refused(lambda: world.confirm(asked, "pat"), Conflict)
    assert (no.reason, no.facts) == (Reason.NOT_RESERVED, {"state": "lapsed"})


@pytest.mark.rule("CI-36")
def test_a_moment_before_its_end_a_reservation_is_good() -> None:
    world = shop()
    asked = reserves(world)
    world.approve(asked)
    world.clock.advance(THREE_DAYS - TICK)
    world.confirm(asked, "pat")
    assert world.redemption(asked).state is APPROVED


@pytest.mark.rule("CI-36")
def test_a_reservation_taken_back_frees_credits_and_seats() -> None:
    world = shop()
    asked = reserves(world)
    world.approve(asked)
    world.cancel(asked, "pat")
    assert world.redemption(asked).state is RedemptionState.CANCELLED
    assert (world.balance(), taken(world)) == (Balance(available=61), 0)
    assert kinds(world, asked) == [HOLD, RELEASE]


@pytest.mark.rule("CI-36")
@pytest.mark.rule("CI-40")
def test_where_nobody_is_asked_credits_and_seat_are_set_aside_at_once() -> None:
    world = shop(Approval.AUTOMATIC)
    asked = reserves(world)
    kept = world.redemption(asked)
    assert (kept.state, kept.decided_by, kept.approved_by) == (RESERVED, "system", None)
    assert (world.balance(), taken(world)) == (Balance(available=39, held=22), 1)
    world.confirm(asked, "pat")
    assert world.balance() == Balance(available=39, redeemed=22)
    assert kinds(world, asked) == [HOLD, REDEEM]


def test_where_nothing_is_held_for_a_request_its_approval_sets_the_credits_aside() -> None:
    world = atlassian(500)
    asked = world.redeem(300, reserve=True)
    assert world.balance() == Balance(available=500)
    world.approve(asked)
    assert world.balance() == Balance(available=200, held=300)
    assert world.redemption(asked).lapses_at == world.clock() + timedelta(minutes=30)
    no = refused(lambda: world.redeem(201), Refused)
    assert no.facts["missing"] == 1
    world.confirm(asked)
    assert world.balance() == Balance(available=200, redeemed=300)
    assert kinds(world, asked) == [HOLD, REDEEM]


def test_who_decides_on_a_reservation_comes_second_and_hears_who_was_first() -> None:
    world = shop()
    world.add_owner("bob")
    asked = reserves(world)
    world.approve(asked)
    for state in ("reserved", "approved"):
        no = refused(lambda: world.deny(asked, who="bob"), Conflict)
        assert (no.reason, no.facts) == (
            *(Reason.ALREADY_DECIDED, {"state": state, "decided_by": email("ann")}),
        )
        if state == "reserved":
            world.confirm(asked, "pat")


def test_a_reservation_that_is_taken_back_as_it_is_confirmed_is_one_of_the_two() -> None:
    world = shop()
    asked = reserves(world)
    world.approve(asked)
    world.ledger.meanwhile.append(lambda: world.cancel(asked, "pat"))
    no = refused(lambda: world.confirm(asked, "pat"), Conflict)
    assert (no.reason, no.facts) == (Reason.NOT_RESERVED, {"state": "cancelled"})
    assert (world.balance(), taken(world)) == (Balance(available=61), 0)


def test_a_reservation_is_honoured_when_its_lot_dies_before_it_is_confirmed() -> None:
    world = cisco()
    lot = world.book().lots[0]
    world.clock.at = lot.expires_at - timedelta(days=1)
    kept, lost = (world.redeem(22, "pat", sales_order="SO-5001", reserve=True) for _ in range(2))
    world.approve(kept, lost)
    world.clock.at = lot.expires_at
    world.confirm(kept, "pat")
    assert world.balance() == Balance(held=22, redeemed=22, expired=17)
    world.clock.advance(THREE_DAYS)
    world.lapse()
    assert world.balance() == Balance(redeemed=22, expired=39)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-08-25T12:00-07:00", "2026-08-28T12:00-07:00"),
        ("2026-08-30T12:00-07:00", "2026-09-01T00:00-07:00"),
        ("2026-09-01T12:00-07:00", "2026-09-04T12:00-07:00"),
    ],
)
def test_a_reservation_is_over_as_its_class_begins_unless_it_was_made_that_day(
    now: str, until: str
) -> None:
    world = shop(Approval.AUTOMATIC)
    world.clock.at = instant(now)
    assert world.redemption(reserves(world)).lapses_at == instant(until)


def test_a_reservation_counts_against_the_limits_of_its_code_until_it_is_over() -> None:
    world = salesforce()
    world.issue_code(lot="L1", limit=1_500)
    lines = [line(code(world), credits=1_200)]
    asked = world.redeem(lines=lines, reserve=True)
    assert world.redemption(asked).state is RESERVED
    assert refused(lambda: world.redeem(lines=lines)).reason is Reason.CODE_LIMIT_REACHED
    world.clock.advance(timedelta(minutes=30))
    world.lapse()
    assert world.redemption(world.redeem(lines=lines)).state is APPROVED


def test_where_the_program_knows_no_reservations_none_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = atlassian()
    none = replace(world.rules.approvals, reserve_minutes=0)
    selling_tools.says(monkeypatch, "atlassian", approvals=none)
    before = world.ledger.kept()
    no = refused(lambda: world.redeem(300, reserve=True))
    assert no.reason is Reason.RESERVATIONS_NOT_OFFERED
    assert world.ledger.kept() == before
    assert world.redeem(300)
