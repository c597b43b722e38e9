"""How balances of the past, reports and forecasts are shown."""

from datetime import UTC, date, datetime

import pytest

from tests.builders import lot_of
from training_credits.domain import forecast as ahead
from training_credits.domain.forecast import DAY, Pace
from training_credits.domain.reports import By, Report, Row
from training_credits.domain.statement import Period
from training_credits.edge import csv_table, schemas, views
from training_credits.programs import program_named
from training_credits.use_cases.reports import Snapshot

NOW = datetime(2026, 12, 1, 20, tzinfo=UTC)
ATLASSIAN = program_named("atlassian", NOW)


def shown(pace: Pace, *credits: int) -> schemas.ProductForecast:
    """Lots of so many credits that can be spent to tomorrow, to the day after, and so on."""
    ends = [(NOW + n * DAY, each) for n, each in enumerate(credits, start=2) if each]
    lots = [lot_of(f"L{end.day}", each, end, NOW) for end, each in ends]
    found = ahead.forecast(ATLASSIAN, "TC", lots, pace, NOW)
    (product,) = views.forecast(ATLASSIAN, "A1", (found,), NOW).products
    return product


@pytest.mark.parametrize(
    ("pace", "per_day"),
    [
        (Pace(credits=0, days=90), "0.00"),
        (Pace(credits=1, days=90), "0.01"),
        (Pace(credits=1, days=80), "0.01"),
        (Pace(credits=9, days=8), "1.13"),
        (Pace(credits=9_000_000, days=90), "100000.00"),
        (Pace(credits=899, days=90), "9.99"),
    ],
)
def test_a_pace_is_rounded_to_the_nearer_hundredth_half_up(pace: Pace, per_day: str) -> None:
    assert shown(pace).pace == schemas.PaceAnswer(
        credits=pace.credits, days=pace.days, per_day=per_day
    )


@pytest.mark.parametrize(
    ("credits", "per_day"), [((2,), "2.00"), ((0, 0, 1), "0.34"), ((0, 2, 1), "1.00")]
)
def test_the_pace_that_is_needed_is_rounded_up_so_that_it_is_enough(
    credits: tuple[int, ...], per_day: str
) -> None:
    needed = shown(Pace(credits=0, days=7), *credits).pace_needed
    assert needed is not None
    assert needed.per_day == per_day


def test_a_lot_at_risk_shows_what_would_be_lost_and_what_was_paid_for_it() -> None:
    product = shown(Pace(credits=7, days=7), 4, 1)
    assert (product.credits_at_risk, product.paid_minor_at_risk) == (3, {"USD": 300})
    first, second = product.lots
    assert (first.last_day, first.credits_at_risk, second.credits_at_risk) == (
        date(2026, 12, 2),
        3,
        0,
    )
    assert [(each.on.day, each.available) for each in product.burn_down] == [(2, 1), (3, 0)]
    assert product.empty_on == date(2026, 12, 3)


def test_lots_of_the_past_are_shown_in_the_order_they_would_pay() -> None:
    lots = (lot_of("L1", 5, NOW + 9 * DAY), lot_of("L2", 7, NOW + 3 * DAY))
    answer = views.snapshot(Snapshot(account_id="A1", at=NOW, lots=lots))
    assert [(lot.lot, lot.balance.available) for lot in answer.lots] == [("L2", 7), ("L1", 5)]
    assert answer.balances["TC"].available == 12


@pytest.mark.rule("AT-21")
def test_a_table_of_a_report_has_numbers_and_safe_texts() -> None:
    row = Row(key="=1+1", name="@cmd", spent=300, returned=120, delivered=10, completed=1)
    row.asked.add("R1")
    found = Report(
        account_id="A1",
        by=By.COURSE,
        period=Period(start=NOW - DAY, end=NOW),
        as_of=NOW,
        rows=(row,),
        total=row,
    )
    header, line = csv_table.report(views.report(found)).splitlines()
    assert header.replace('"', "").split(",") == list(csv_table.REPORT)
    assert line == '"\'=1+1","\'@cmd",1,0,300,120,180,10,1'
