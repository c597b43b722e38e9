"""What the three programs say of statements, with their own figures and dates."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.clock import StoppedClock
from tests.figures import figures
from tests.world import World, ready
from training_credits.domain.model import Balance, OrderState, Sale
from training_credits.domain.statement import NextExpiry, Statement
from training_credits.use_cases import statements
from training_credits.use_cases.expire import sweep

MOMENT = timedelta(microseconds=1)
MARCH_2026 = datetime(2026, 3, 1, 8, tzinfo=UTC)  # in California
APRIL_2026 = datetime(2026, 4, 1, 7, tzinfo=UTC)


def of_month(world: World, year: int, month: int) -> Statement:
    return statements.monthly_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, year, month
    )


def of_period(world: World, start: datetime, end: datetime) -> Statement:
    return statements.period_statement(
        world.ledger, world.clock, world.caller("ann"), world.account, start=start, end=end
    )


@pytest.fixture
def cisco() -> World:
    """100 credits of two orders in January, and what was asked for in March; it is 1 April."""
    world = ready(program="cisco", clock=StoppedClock(datetime(2026, 1, 15, 18, tzinfo=UTC)))
    world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.clock.at = datetime(2026, 1, 20, 18, tzinfo=UTC)
    world.grant("SO-5002", 39, invoice=date(2026, 1, 20))
    world.clock.at = datetime(2026, 3, 10, 18, tzinfo=UTC)
    world.approve(world.redeem(39))
    world.clock.at = APRIL_2026
    return world


@pytest.mark.rule("CI-17")
def test_on_the_first_of_april_march_is_stated_100_less_39_is_61(cisco: World) -> None:
    march = of_month(cisco, 2026, 3)
    assert (march.start, march.end, march.as_of) == (MARCH_2026, APRIL_2026, APRIL_2026)
    assert figures(march) == (100, {"redemptions": -39}, 61)
    assert [line.balance for line in march.lines] == [61]
    booked = Counter[str]()
    for entry in cisco.entries():
        booked[entry.kind] += entry.change
    assert sum(booked.values()) == 61, "the ledger, to the credit"
    ends = march.products[0].next_expiry
    assert ends is not None
    assert (ends.expires_on, ends.credits) == (date(2027, 1, 15), 22)


@pytest.mark.rule("CI-17", "CI-43")
def test_a_statement_has_the_opening_and_closing_of_each_sales_order(cisco: World) -> None:
    march = of_month(cisco, 2026, 3)
    shown = [(one.lot.sales_order, one.opening.unspent, one.closing.unspent) for one in march.lots]
    assert shown == [("SO-5001", 61, 22), ("SO-5002", 39, 39)]


@pytest.mark.rule("CI-43")
@pytest.mark.parametrize("swept", [False, True])
def test_the_lots_add_up_to_the_account_at_any_past_instant(cisco: World, *, swept: bool) -> None:
    cisco.clock.at = datetime(2027, 3, 1, tzinfo=UTC)
    if swept:
        sweep(cisco.ledger, cisco.clock, lambda: True)
    instants = {entry.at for entry in cisco.entries()}
    instants |= {lot.expires_at for lot in cisco.ledger.lots(cisco.program, cisco.account)}
    begin, seen = min(instants) - MOMENT, []
    for at in sorted(at + step for at in instants for step in (0 * MOMENT, MOMENT)):
        stated = of_period(cisco, begin, at)
        account = sum(one.closing for one in stated.products)
        assert sum(line.change for line in stated.lines) == account
        assert sum(one.closing.unspent for one in stated.lots) == account
        if swept:
            assert sum(entry.change for entry in cisco.entries() if entry.at < at) == account
        seen.append(account)
    assert seen == [0, 61, 61, 100, 100, 61, 61, 39, 39, 0]


@pytest.mark.rule("SF-15")
def test_of_an_order_that_starts_on_1_july_an_unused_900_is_stated_as_expired() -> None:
    clock = StoppedClock(datetime(2026, 7, 1, 19, tzinfo=UTC))
    world = ready(program="salesforce", clock=clock)
    sale = Sale(start_on=date(2026, 7, 1))
    world.move(world.enter(900, channel="assisted", sale=sale), OrderState.ACTIVATED)
    world.clock.at = datetime(2027, 8, 1, 19, tzinfo=UTC)
    assert figures(of_month(world, 2026, 7)) == (0, {"purchases": 900}, 900)
    june = of_month(world, 2027, 6)
    (product,) = june.products
    ends = NextExpiry(product=product.product, expires_on=date(2027, 7, 1), credits=900)
    assert product.next_expiry == ends
    july = of_month(world, 2027, 7)
    assert figures(july) == (900, {"expiries": -900}, 0)
    assert (july.products[0].next_expiry, july.products[0].paid_minor) == (None, {})
    assert july.lots[0].closing == Balance(expired=900)
