from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import lot_of
from training_credits.domain.drawing import LOTS_PER_DRAW_MAX, draw, spending_order
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Draw, Lot, Movement, State

FEB = datetime(2027, 2, 11, tzinfo=UTC)
JUN = datetime(2027, 6, 2, tzinfo=UTC)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def refusal(lots: list[Lot], credits: int, now: datetime = NOW) -> Refused:
    with pytest.raises(Refused) as refused:
        draw(lots, credits, now)
    return refused.value


def taken(lot: Lot, target: State, credits: int) -> Lot:
    return lot.after(
        Movement(lot_id=lot.lot_id, source=State.AVAILABLE, target=target, credits=credits)
    )


@pytest.mark.rule("AT-42")
def test_600_are_drawn_as_500_that_end_first_and_100_that_end_later() -> None:
    lots = [lot_of("refill", 1_000, JUN), lot_of("first", 500, FEB)]
    assert draw(lots, 600, NOW) == (
        Draw(lot_id="first", credits=500),
        Draw(lot_id="refill", credits=100),
    )


def test_of_two_lots_that_end_together_the_older_one_pays() -> None:
    newer = lot_of("a", 10, FEB, granted_at=NOW + timedelta(days=1))
    older = lot_of("b", 10, FEB, granted_at=NOW)
    assert spending_order([newer, older]) == [older, newer]


def test_the_order_is_total() -> None:
    twins = [lot_of(name, 10, FEB, granted_at=NOW) for name in "cab"]
    assert [lot.lot_id for lot in spending_order(twins)] == ["a", "b", "c"]


def test_no_more_lots_are_touched_than_needed() -> None:
    lots = [lot_of("first", 500, FEB), lot_of("refill", 1_000, JUN)]
    assert draw(lots, 500, NOW) == (Draw(lot_id="first", credits=500),)


def test_what_is_empty_or_held_is_passed_over() -> None:
    lots = [
        taken(lot_of("spent", 500, FEB), State.REDEEMED, 500),
        taken(lot_of("held", 500, FEB), State.HELD, 400),
        lot_of("refill", 1_000, JUN),
    ]
    assert draw(lots, 150, NOW) == (
        Draw(lot_id="held", credits=100),
        Draw(lot_id="refill", credits=50),
    )


@pytest.mark.parametrize("now", [FEB, FEB + MOMENT])
def test_from_the_instant_of_its_end_on_a_lot_pays_nothing(now: datetime) -> None:
    lots = [lot_of("first", 500, FEB), lot_of("refill", 1_000, JUN)]
    assert draw(lots, 600, now) == (Draw(lot_id="refill", credits=600),)
    assert refusal(lots[:1], 1, now).reason is Reason.CREDITS_EXPIRED


def test_a_moment_before_its_end_a_lot_pays() -> None:
    lots = [lot_of("first", 500, FEB)]
    assert draw(lots, 500, FEB - MOMENT) == (Draw(lot_id="first", credits=500),)


def test_an_account_without_credits_is_told_so() -> None:
    no = refusal([], 300)
    assert no.reason is Reason.NO_CREDITS
    assert no.facts == {"credits": 300, "missing": 300, "lots": []}


@pytest.mark.rule("SF-33")
def test_a_refusal_says_when_the_credits_ended() -> None:
    lots = [lot_of("first", 500, FEB), lot_of("refill", 1_000, JUN)]
    no = refusal(lots, 300, JUN)
    assert no.reason is Reason.CREDITS_EXPIRED
    assert no.facts["expired_on"] == "2027-06-02"
    assert [lot["why"] for lot in no.facts["lots"]] == ["expired", "expired"]
    assert [lot["available"] for lot in no.facts["lots"]] == [0, 0]


@pytest.mark.rule("SF-27")
def test_1000_credits_do_not_pay_part_of_1200() -> None:
    no = refusal([lot_of("L1", 1_000, FEB)], 1_200)
    assert no.reason is Reason.INSUFFICIENT_CREDITS
    assert no.facts["missing"] == 200


def test_a_refusal_says_lot_by_lot_why_not() -> None:
    lots = [
        lot_of("dead", 5, NOW),
        taken(lot_of("spent", 5, FEB), State.REDEEMED, 5),
        taken(lot_of("held", 5, FEB), State.HELD, 5),
        lot_of("short", 5, JUN),
    ]
    listed = refusal(lots, 6).facts["lots"]
    assert [(lot["lot"], lot["why"]) for lot in listed] == [
        ("dead", "expired"),
        ("held", "held"),
        ("spent", "spent"),
        ("short", "not_enough"),
    ]
    assert listed[3] == {
        "lot": "short",
        "expires_on": "2027-06-02",
        "available": 5,
        "why": "not_enough",
    }


def test_twenty_lots_may_pay_and_twenty_one_may_not() -> None:
    lots = [lot_of(f"L{n:02}", 1, FEB) for n in range(LOTS_PER_DRAW_MAX + 1)]
    assert len(draw(lots, 20, NOW)) == 20
    no = refusal(lots, 21)
    assert no.reason is Reason.TOO_MANY_LOTS
    assert no.facts["credits_possible"] == 20
