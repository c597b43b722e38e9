from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.clock import StoppedClock
from tests.world import World, ready
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    RedemptionState,
)
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("approval", Approval)
def test_credits_are_spent_a_moment_before_their_end_and_not_at_it(approval: Approval) -> None:
    world = ready(approval)
    world.buy(500)
    end = world.book().lots[0].expires_at
    world.clock.at = end - MOMENT
    world.redeem(1)
    for late in (end, end + MOMENT):
        world.clock.at = late
        no = refused(lambda: world.redeem(1))
        assert no.reason is Reason.CREDITS_EXPIRED
        assert no.facts["expired_on"] == "2027-02-10"


def test_the_last_credit_is_spent_once() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1)
    world.ledger.meanwhile.append(lambda: world.redeem(1, "kim"))
    assert refused(lambda: world.redeem(1, "lee")).reason is Reason.INSUFFICIENT_CREDITS
    assert world.balance() == Balance(redeemed=1)


def test_a_request_that_crosses_the_end_of_its_lot_is_decided_again() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1)
    end = world.book().lots[0].expires_at
    world.clock.at = end - MOMENT

    def end_comes() -> None:
        world.clock.at = end
        assert sweep(world.ledger, world.clock, lambda: True).credits == 1

    world.ledger.meanwhile.append(end_comes)
    refused(lambda: world.redeem(1))
    assert world.balance() == Balance(expired=1)


@pytest.mark.rule("SF-33")
@pytest.mark.parametrize("swept", [False, True])
def test_a_refusal_says_when_the_credits_ended_swept_or_not(*, swept: bool) -> None:
    world = World(program="salesforce")
    world.open()
    lot = world.grant("O1", 900, order_start=date(2026, 7, 1), issue=date(2026, 7, 3))
    world.issue_code(lot="O1")
    world.clock.at = lot.expires_at
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    no = refused(lambda: world.redeem(100))
    assert no.reason is Reason.CREDITS_EXPIRED
    assert no.facts["expired_on"] == "2027-07-01"


@pytest.mark.rule("CI-39")
@pytest.mark.rule("CI-40")
def test_61_credits_less_a_pending_22_leave_39() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    assert world.balance() == Balance(available=39, held=22)
    assert world.redemption(asked).draws == (Draw(lot_id="SO-5001", credits=22),)
    assert refused(lambda: world.redeem(40)).reason is Reason.INSUFFICIENT_CREDITS


@pytest.mark.rule("CI-40")
def test_where_the_account_says_automatic_22_credits_post_at_once() -> None:
    world = ready(Approval.AUTOMATIC, program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    assert world.redemption(world.redeem(22)).state is RedemptionState.APPROVED
    assert world.balance() == Balance(available=39, redeemed=22)


@pytest.mark.rule("CI-38")
def test_two_orders_fund_one_registration_or_neither_is_touched() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 15, invoice=date(2026, 1, 15))
    world.grant("SO-5002", 5, invoice=date(2026, 2, 1))
    assert refused(lambda: world.redeem(22)).facts["missing"] == 2
    assert world.balance() == Balance(available=20)
    world.grant("SO-5003", 2, invoice=date(2026, 2, 10))
    asked = world.redemption(world.redeem(22))
    assert [draw.credits for draw in asked.draws] == [15, 5, 2]


@pytest.mark.rule("SF-12")
@pytest.mark.rule("SF-36")
def test_a_class_of_1200_leaves_1800_on_the_same_code() -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("O1", 3_000, order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    world.issue_code(lot="O1")
    asked = world.redemption(world.redeem(1_200))
    assert asked.state is RedemptionState.APPROVED
    assert [tender.lot_id for tender in asked.lines[0].tenders] == ["O1"]
    assert world.balance() == Balance(available=1_800, redeemed=1_200)
    world.redeem(1_800)
    assert world.balance() == Balance(redeemed=3_000)


@pytest.mark.rule("SF-37")
def test_orders_of_800_and_900_do_not_pay_a_class_of_1200_together() -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("O1", 800, order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    world.grant("O2", 900, order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    keys = [world.issue_code(lot=lot) for lot in ("O1", "O2")]
    for code, missing in zip(keys, (400, 300), strict=True):
        no = refused(partial(world.redeem, 1_200, code=code))
        assert no.facts["missing"] == missing
        assert len(no.facts["lots"]) == 1
    assert world.balance() == Balance(available=1_700)


@pytest.mark.rule("SF-37")
def test_a_code_opens_one_lot_and_a_lot_that_is_not_there_has_none() -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("O1", 800, order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    world.issue_code(lot="O1")
    assert [code.lot_id for code in world.book().codes] == ["O1"]
    for lot in ("O9", None):
        no = refused(partial(world.issue_code, lot=lot), NotFound)
        assert no.reason is Reason.LOT_NOT_FOUND


@pytest.mark.rule("SF-01")
def test_two_products_are_two_lots_and_two_codes() -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("LC", 10_000, order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    world.grant("VLC", 4_000, product="VLC", order_start=date(2026, 1, 1), issue=date(2026, 1, 3))
    assert world.issue_code(lot="LC") != world.issue_code(lot="VLC")
    world.redeem(500)
    left = {lot.product: lot.balance.available for lot in world.book().lots}
    assert left == {"LC": 10_000, "VLC": 3_500}


@pytest.mark.rule("SF-17")
def test_on_the_date_itself_at_2359_it_passes_and_a_minute_later_it_fails() -> None:
    world = World(program="salesforce", clock=StoppedClock(datetime(2026, 7, 3, tzinfo=UTC)))
    world.open()
    world.grant("O1", 900, order_start=date(2026, 7, 1), issue=date(2026, 7, 3))
    world.issue_code(lot="O1")
    world.clock.at = datetime.fromisoformat("2027-07-01T23:59:00-07:00").astimezone(UTC)
    world.redeem(100)
    world.clock.at += timedelta(minutes=1)
    no = refused(lambda: world.redeem(100))
    assert (no.reason, no.facts["expired_on"]) == (Reason.CREDITS_EXPIRED, "2027-07-01")


@pytest.mark.rule("CI-21")
def test_a_debit_59_seconds_past_midnight_passes_and_at_0001_it_fails() -> None:
    world = ready(program="cisco")
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.clock.at = datetime.fromisoformat("2027-01-15T00:00:59-08:00").astimezone(UTC)
    world.redeem(1)
    world.clock.at += timedelta(seconds=1)
    assert refused(lambda: world.redeem(1)).reason is Reason.CREDITS_EXPIRED
