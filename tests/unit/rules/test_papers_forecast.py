"""The burn-down that encourages people to use their credits in time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.unit.rules.bookings_tools import world
from tests.world import World
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.forecast import DAY, WINDOW_DAYS, Forecast, Pace
from training_credits.domain.model import Approval, EntryKind, Role
from training_credits.ports import Depth
from training_credits.use_cases import reports
from training_credits.use_cases.expire import sweep

NOON = datetime(2026, 12, 1, 20, tzinfo=UTC)


def foreseen(world: World, who: str = "ann") -> tuple[Forecast, ...]:
    asking = world.caller(who)
    return reports.forecast(world.ledger, world.clock, asking, world.account)[-1]


def only(world: World) -> Forecast:
    (ahead,) = foreseen(world)
    return ahead


def cisco(credits: int = 61) -> World:
    """Invoiced on 15 January 2026, so that it ends on 15 January 2027; it is 2 September."""
    made = World(program="cisco", clock=StoppedClock(NOON - WINDOW_DAYS * DAY))
    made.open(Approval.AUTOMATIC)
    made.grant("SO-5001", credits, invoice=date(2026, 1, 15))
    return made


def spends(made: World, *credits: int) -> list[str]:
    """One request a week."""
    asked = []
    for each in credits:
        made.clock.advance(timedelta(days=7))
        asked.append(made.redeem(each, "ann", sales_order="SO-5001"))
    made.clock.at = NOON
    return asked


@pytest.mark.rule("CI-50")
def test_on_1_december_61_credits_less_18_will_not_be_used_up_by_15_january() -> None:
    """18 in 90 days are 8 in the 44 days that are left: 35 of 43 would be lost."""
    made = cisco()
    spends(made, 5, 6, 7)
    ahead = only(made)
    assert (ahead.product, ahead.available, ahead.held) == ("CLC", 43, 0)
    assert ahead.pace == Pace(credits=18, days=90)
    (lot,) = ahead.lots
    assert (lot.last_day, lot.credits, lot.paid_minor) == (date(2027, 1, 14), 35, 35 * 10_000)
    assert (ahead.at_risk, ahead.paid_minor) == (35, {"USD": 350_000})
    assert ahead.needed == Pace(credits=43, days=44)
    assert ahead.empty_on == date(2027, 1, 14)
    assert ahead.left == ((date(2027, 1, 14), 0),)


def test_who_spends_as_fast_as_is_needed_loses_nothing_and_is_told_when_it_is_over() -> None:
    made = cisco(64)
    spends(made, 50)
    ahead = only(made)
    assert ahead.pace == Pace(credits=50, days=90)
    assert (ahead.at_risk, ahead.paid_minor, ahead.available) == (0, {}, 14)
    assert ahead.empty_on == NOON.date() + 26 * DAY  # 25 days are 13 credits, and 26 are 14


def test_what_came_back_was_not_used_and_more_than_that_is_no_negative_pace() -> None:
    made = world("atlassian", credits=3_000)
    made.on(date(2026, 8, 1))
    asked = made.books(("ADM-201", "JUN-10"))
    made.clock.advance(timedelta(days=1))
    assert only(made).pace == Pace(credits=300, days=32)
    made.clock.advance(timedelta(seconds=1))
    made.back(asked)
    made.clock.advance(timedelta(seconds=1))
    assert only(made).pace == Pace(credits=0, days=33)
    made.on(date(2026, 10, 31))
    since = made.clock() - WINDOW_DAYS * DAY
    assert made.of_kind(EntryKind.REDEEM)[0].at < since < made.of_kind(EntryKind.RETURN)[0].at
    assert only(made).pace == Pace(credits=0, days=90)


def test_what_is_held_counts_as_used_until_it_is_released() -> None:
    """It is spoken for: neither in the balance that burns down nor at risk."""
    made = World(program="cisco", clock=StoppedClock(NOON - WINDOW_DAYS * DAY))
    made.open(Approval.MANUAL)
    made.add("pat", Role.PLAYER)
    made.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    made.clock.at = NOON - DAY
    asked = made.redeem(22, "pat", sales_order="SO-5001")
    made.clock.at = NOON
    ahead = only(made)
    assert (ahead.pace.credits, ahead.available, ahead.held) == (22, 39, 22)
    assert ahead.at_risk == 39 - 22 * 44 // 90
    made.approve(asked)
    made.clock.advance(timedelta(seconds=1))
    assert (only(made).pace.credits, only(made).held, only(made).at_risk) == (22, 0, ahead.at_risk)


def test_what_was_asked_for_in_vain_was_not_used() -> None:
    made = World(program="cisco", clock=StoppedClock(NOON - 2 * DAY))
    made.open(Approval.MANUAL)
    made.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = made.redeem(22, "ann", sales_order="SO-5001")
    made.clock.advance(DAY)
    assert only(made).pace.credits == 22
    made.cancel(asked, "ann")
    made.clock.advance(DAY)
    assert only(made).pace.credits == 0


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(hours=1), 7),
        (timedelta(days=7), 7),
        (timedelta(days=7, seconds=1), 8),
        (timedelta(days=90), 90),
        (timedelta(days=90, seconds=1), 90),
    ],
)
def test_the_pace_of_young_credits_is_counted_from_their_first_lot_on_but_over_a_week(
    after: timedelta, days: int
) -> None:
    made = cisco()
    made.clock.advance(after)
    assert only(made).pace.days == days


def test_what_was_used_more_than_90_days_ago_does_not_count() -> None:
    made = cisco()
    made.redeem(9, "ann", sales_order="SO-5001")
    made.clock.advance(90 * DAY)
    assert only(made).pace == Pace(credits=9, days=90)
    made.clock.advance(timedelta(microseconds=1))
    assert only(made).pace == Pace(credits=0, days=90)


def test_products_are_never_added_up() -> None:
    made = World(program="salesforce", clock=StoppedClock(NOON))
    made.open()
    made.grant("LC1", 900, order_start=date(2026, 12, 1))
    made.grant("VLC1", 400, product="VLC", order_start=date(2026, 12, 1))
    made.issue_code(lot="VLC1")
    made.redeem(70)
    made.clock.advance(timedelta(seconds=1))
    first, second = foreseen(made)
    assert (first.product, first.pace.credits, first.available) == ("LC", 0, 900)
    assert (second.product, second.pace.credits, second.available) == ("VLC", 70, 330)


@pytest.mark.parametrize("swept", [False, True])
def test_what_has_ended_is_no_longer_at_risk_swept_or_not(*, swept: bool) -> None:
    made = cisco()
    made.clock.at = datetime(2027, 1, 15, 8, 1, tzinfo=UTC)
    if swept:
        sweep(made.ledger, made.clock, lambda: True)
    ahead = only(made)
    assert (ahead.available, ahead.lots, ahead.empty_on, ahead.needed) == (0, (), None, None)


def test_an_account_without_credits_has_no_burn_down() -> None:
    made = World(clock=StoppedClock(NOON))
    made.open()
    assert foreseen(made) == ()


def test_of_two_lots_the_one_that_ends_first_burns_first() -> None:
    made = cisco(40)
    made.grant("SO-5002", 200, invoice=date(2026, 6, 1))
    spends(made, 5, 5, 5)
    first, second = only(made).lots
    assert (first.lot.lot_id, first.credits) == ("SO-5001", 25 - 15 * 44 // 90)
    spent = 15 * (second.last_day - NOON.date()).days // 90
    assert second.credits == 200 - (spent - 15 * 44 // 90)
    assert all(one.last_day < two.last_day for one, two in pairwise(only(made).lots))


def test_a_lot_that_came_while_the_account_was_read_is_not_yet_foreseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = cisco()
    known = made.ledger.book
    before = known(made.program, made.account, Depth.PAST)
    made.grant("SO-5002", 40, invoice=date(2026, 6, 1))
    made.clock.advance(DAY)
    made.redeem(9, "ann", sales_order="SO-5002")
    made.clock.advance(DAY)
    monkeypatch.setattr(made.ledger, "book", lambda *_: before)
    assert (only(made).available, only(made).pace.credits) == (61, 0)


def test_a_forecast_is_for_those_who_see_statements() -> None:
    made = cisco()
    made.add("fay", Role.FINANCE)
    made.add("pat", Role.PLAYER)
    assert foreseen(made, "fay") == foreseen(made) == foreseen(made, "olga")
    no = refused(lambda: foreseen(made, "pat"), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    assert refused(lambda: foreseen(made, "eve"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
