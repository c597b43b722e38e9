"""What people hear of the end of a lot, before it and after, and what they hear only once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.rules.ending_tools import (
    DAY,
    Ends,
    begins,
    lot_now,
    swept,
    told_until,
)
from tests.unit.rules.selling_tools import instant, page, says
from tests.unit.rules.spending_tools import atlassian, cisco, email, salesforce
from tests.world import World
from training_credits.domain.decisions import notices
from training_credits.domain.model import Approval, Balance, Role, Told
from training_credits.domain.program import Reminders

MOMENT = timedelta(microseconds=1)
SOON, ENDED, CALL = "CreditsEndSoon", "CreditsExpired", "ReissueWindowEnds"
# Of 61 credits invoiced on 15 January 2026.
END = date(2027, 1, 15)
BEFORE = [date(2026, 10, 17), date(2026, 11, 16), date(2026, 12, 16)]
BEFORE += [date(2027, 1, 1), date(2027, 1, 8), date(2027, 1, 14)]


def at(world: World, day: str) -> World:
    """As a day begins where the vendor is."""
    world.clock.at = begins(world, day)
    return world


@pytest.mark.rule("CI-50")
def test_each_of_six_days_before_the_end_is_told_once_then_the_end_and_a_last_call() -> None:
    world = cisco()
    told = Ends(world)
    heard = told_until(world, told, instant("2027-04-01T00:00"))
    assert [(day, kind) for day, kind, _ in heard] == [
        *((day, SOON) for day in BEFORE),
        (END, ENDED),
        (date(2027, 3, 2), CALL),
    ]
    assert [mail.to for _, _, mail in heard] == [email("ann")] * 8
    assert world.ledger.due("cisco", instant("2100-01-01T00:00"), 0, None, 9).items == ()


@pytest.mark.rule("CI-50")
@pytest.mark.parametrize("world", [atlassian, salesforce, cisco])
def test_the_date_in_the_mail_is_the_one_on_the_page(world: Callable[[], World]) -> None:
    here = world()
    told = Ends(here)
    (lot,) = page(here).lots
    heard = told_until(here, told, lot.expires_at, DAY)
    days = [(lot.expires_on - day).days for day, kind, _ in heard if kind == SOON]
    assert days == [90, 60, 30, 14, 7, 1]
    for _, kind, mail in heard:
        assert lot.expires_on.isoformat() in mail.text
        if kind == SOON:
            assert f"end on {lot.expires_on.isoformat()}" in mail.subject
            assert f"/accounts/{here.account}/lots/{lot.lot}" in mail.text


def test_a_notice_is_due_as_its_day_begins_where_the_vendor_is() -> None:
    world = cisco()
    world.clock.at = begins(world, "2026-10-17") - MOMENT
    assert swept(world).told == 0
    world.clock.advance(MOMENT)
    assert (swept(world).told, swept(world).told) == (1, 0)
    assert page(world).lots[0].days_left == 90


@pytest.mark.rule("CI-23")
@pytest.mark.rule("CI-49")
def test_from_60_days_before_the_end_on_the_last_day_to_ask_is_named() -> None:
    world = cisco()
    told = Ends(world)
    heard = told_until(world, told, instant("2027-04-01T00:00"))
    named = {day for day, _, mail in heard if "2027-03-16" in mail.subject + mail.text}
    assert named == {*BEFORE[1:], END, date(2027, 3, 2)}


def test_the_event_of_a_notice_says_what_is_left_and_until_when() -> None:
    world = at(cisco(approval=Approval.AUTOMATIC), "2026-12-16")
    world.redeem(22, "pat", sales_order="SO-5001")
    told = Ends(world)
    swept(world)
    told()
    (event,) = told.events
    assert event.id == "CreditsEndSoon-SO-5001-30"
    assert event.facts == {
        "lot": "SO-5001",
        "product": "CLC",
        "credits": 39,
        "days": 30,
        "expires_on": "2027-01-15",
        "reissue_until": "2027-03-16",
    }


@pytest.mark.rule("CI-50")
def test_after_a_missed_month_only_the_last_notice_is_told() -> None:
    world = at(cisco(), "2027-01-09")  # 90, 60, 30, 14 and 7 days before were missed
    told = Ends(world)
    assert (swept(world).told, swept(world).told) == (1, 0)
    told()
    assert [event.facts["days"] for event in told.events] == [7]
    assert lot_now(world).notice_at == begins(world, "2027-01-14")


def test_where_nothing_is_left_nobody_is_told_and_what_comes_back_is_told_of_later() -> None:
    world = cisco()
    asked = world.redeem(61, "pat", sales_order="SO-5001")  # held
    told = Ends(world)
    heard = told_until(world, told, begins(world, "2026-12-20"))
    assert heard == []
    world.deny(asked)
    heard = told_until(world, told, begins(world, "2027-01-03"))
    assert [(day, kind) for day, kind, _ in heard if kind == SOON] == [(date(2027, 1, 1), SOON)]


def test_of_what_is_spent_there_is_no_last_call_either() -> None:
    world = cisco(approval=Approval.AUTOMATIC)
    world.redeem(61, "pat", sales_order="SO-5001")
    told = Ends(world)
    assert told_until(world, told, instant("2027-06-01T00:00"), DAY) == []
    assert lot_now(world).due is None


@pytest.mark.rule("SF-16")
def test_where_nothing_is_issued_again_the_end_is_the_end() -> None:
    world = salesforce()
    told = Ends(world)
    heard = told_until(world, told, instant("2027-12-01T00:00"), DAY)
    assert [kind for _, kind, _ in heard] == [SOON] * 6 + [ENDED]
    assert not any("issued again" in mail.text for _, _, mail in heard)
    assert lot_now(world, "L1").due is None


def test_credits_that_come_late_have_the_notices_that_are_left() -> None:
    world = at(cisco(), "2026-12-05")
    lot = world.grant("SO-9", 10, invoice=date(2026, 1, 15))
    assert lot.notice_at == begins(world, "2026-12-16")
    world.clock.at = begins(world, "2027-01-14")
    last = world.grant("SO-10", 10, invoice=date(2026, 1, 15))
    assert (last.notice_at, last.due) == (None, last.expires_at)


def test_a_lot_of_before_there_were_notices_expires_at_its_end_and_says_nothing_before() -> None:
    world = cisco()
    rows = world.ledger.rows("cisco", world.account)
    rows.lots["SO-5001"] = replace(rows.lots["SO-5001"], notice_at=None)
    told = Ends(world)
    heard = told_until(world, told, instant("2027-02-01T00:00"), DAY)
    assert [kind for _, kind, _ in heard] == [ENDED]


def test_a_program_that_says_nothing_of_it_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "cisco", reminders=Reminders())
    world = cisco()
    told = Ends(world)
    heard = told_until(world, told, instant("2027-06-01T00:00"), DAY)
    assert [kind for _, kind, _ in heard] == [ENDED]


def test_notices_a_program_no_longer_has_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    world = cisco()
    says(monkeypatch, "cisco", reminders=Reminders(before_end=(7,)))
    told = Ends(world)
    world.clock.at = begins(world, "2026-10-17")
    assert (swept(world).errors, lot_now(world).notice_at) == ((), begins(world, "2027-01-08"))
    heard = told_until(world, told, instant("2027-01-15T09:00"))
    assert [(day, kind) for day, kind, _ in heard] == [(date(2027, 1, 8), SOON), (END, ENDED)]


def test_no_number_is_told_twice_of_one_lot() -> None:
    world = at(cisco(), "2026-12-16")
    swept(world)
    lot = lot_now(world)
    assert lot.told == Told(days=30, until=date(2027, 3, 16))
    before_the_window = replace(lot, notice_at=world.clock(), told=Told(days=30))
    said = notices.tell(world.rules, before_the_window, world.clock())
    assert said is not None
    assert not said.says


def test_the_last_call_comes_while_there_is_time_and_not_after_it() -> None:
    world = cisco()
    world.clock.at = begins(world, "2027-03-16")
    told = Ends(world)
    assert (swept(world).lots, swept(world).told) == (1, 1)
    told()
    assert sorted(told.types) == [ENDED, CALL]
    late = cisco()
    late.clock.at = begins(late, "2027-03-17")
    assert swept(late).lots == 1
    assert swept(late).told == 0
    assert lot_now(late).due is None


def test_what_is_held_at_the_end_and_lost_later_is_in_the_last_call() -> None:
    world = cisco()
    world.redeem(61, "pat", sales_order="SO-5001")
    told = Ends(world)
    at(world, "2027-01-16")
    swept(world)
    told()
    world.lapse()
    assert world.balance() == Balance(expired=61)
    told_until(world, told, begins(world, "2027-03-01"), DAY)
    world.clock.at = begins(world, "2027-03-02")
    swept(world)
    told()
    (event,) = told.events
    assert (event.type, event.facts["credits"], event.facts["days"]) == (CALL, 61, 14)


def test_everybody_who_decides_hears_of_it_and_nobody_else() -> None:
    world = cisco()
    world.add("cap", Role.CAPTAIN)
    world.add("buy", Role.BUYER)
    told = Ends(world)
    at(world, "2026-12-16")
    swept(world)
    assert set(told()) == {email("ann"), email("cap")}


def test_two_sweeps_at_once_tell_a_notice_once() -> None:
    world = at(cisco(), "2026-12-16")
    world.ledger.meanwhile.append(lambda: swept(world))
    told = Ends(world)
    assert swept(world).told == 0
    told()
    assert [event.type for event in told.events] == [SOON]
