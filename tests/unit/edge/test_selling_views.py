"""Orders, codes, plans and programs, as they are shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import code_of, order_of, staff, step_of
from tests.fakes.clock import BEGIN, StoppedClock
from tests.world import World, ready
from training_credits.domain.model import Order, OrderState, PlanItem, Role, Sale
from training_credits.edge import schemas, views
from training_credits.ports import Depth, Page
from training_credits.programs import program_named

CISCO = program_named("cisco", BEGIN)
BOOKED = datetime(2026, 3, 5, 12, tzinfo=UTC)


def shown(order: Order, at: str = "2026-03-05") -> schemas.OrderAnswer:
    """As read on a day of Cisco's, at noon."""
    noon = datetime.fromisoformat(f"{at}T12:00:00-08:00")
    return views.order(CISCO, order, None, noon)


def direct(state: OrderState = OrderState.BOOKED, **facts: object) -> Order:
    known: dict[str, object] = {
        "channel": "direct",
        "product": "CLC",
        "trail": (step_of(OrderState.BOOKED, BOOKED),),
    }
    return order_of(100, state, **(known | facts))


@pytest.mark.rule("CI-11")
def test_what_is_booked_on_5_march_is_expected_from_the_11th_to_the_16th_and_late_on_the_17th() -> (
    None
):
    order = shown(direct())
    assert (order.usable_from, order.usable_by) == (date(2026, 3, 11), date(2026, 3, 16))
    assert [shown(direct(), f"2026-03-{day}").late for day in (16, 17)] == [False, True]
    assert not shown(direct(OrderState.ACTIVATED), "2026-03-17").late


def test_an_order_says_what_comes_next_until_it_is_finished() -> None:
    assert shown(direct()).next is OrderState.APPROVED
    assert shown(direct(OrderState.INVOICED)).next is OrderState.ACTIVATED
    assert shown(direct(OrderState.ACTIVATED)).next is None
    assert shown(direct(OrderState.CANCELLED)).next is None


def test_an_order_of_a_channel_that_was_given_up_is_still_shown() -> None:
    order = shown(direct(channel="fax", product="old"))
    assert (order.next, order.usable_by, order.cheaper_credits) == (None, None, None)


def test_an_order_has_a_lot_once_it_was_activated() -> None:
    order = direct(OrderState.ACTIVATED, trail=(step_of(OrderState.ACTIVATED),), order_id="O7")
    assert (shown(order).lot, shown(direct()).lot) == ("O7", None)


def test_what_the_sales_system_says_is_left_out_where_it_says_nothing() -> None:
    assert shown(direct()).sale is None
    sale = shown(direct(sale=Sale(sku="CLC-100"))).sale
    assert sale is not None
    assert (sale.sku, sale.reseller) == ("CLC-100", None)


def test_a_discount_is_hint_enough() -> None:
    world = ready()
    listed = views.orders(
        world.rules,
        Page(items=tuple(world.order(world.place(n)) for n in (18_000, 20_000)), cursor="c"),
        world.clock(),
    )
    assert [order.cheaper_credits for order in listed.orders] == [20_000, None]
    assert [order.cheaper_total_minor for order in listed.orders] == [1_600_000, None]
    assert listed.cursor == "c"


@pytest.mark.rule("SF-01")
def test_balances_are_shown_for_each_product_and_never_added_up() -> None:
    world = World(program="salesforce")
    world.open()
    world.grant("LC", 10_000, order_start=date(2026, 1, 1))
    world.grant("VLC", 4_000, product="VLC", order_start=date(2025, 12, 1))
    page = views.account_page(world.rules, world.book(Depth.PAST), world.clock())
    assert {name: balance.available for name, balance in page.balances.items()} == {
        "LC": 10_000,
        "VLC": 4_000,
    }
    assert page.next_expiry is not None
    assert (page.next_expiry.product, page.next_expiry.credits) == ("VLC", 4_000)


@pytest.mark.rule("CI-49")
@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2027-01-14", None),
        ("2027-02-01", date(2027, 3, 16)),
        ("2027-03-16", date(2027, 3, 16)),
        ("2027-03-17", None),
    ],
)
def test_on_1_february_22_expired_credits_may_be_asked_for_until_16_march(
    day: str, until: date | None
) -> None:
    world = World(program="cisco", clock=StoppedClock(BEGIN))
    world.open()
    world.grant("SO-5001", 22, invoice=date(2026, 1, 15))
    now = datetime.fromisoformat(f"{day}T12:00:00-08:00")
    (lot,) = views.account_page(world.rules, world.book(Depth.PAST), now).lots
    assert lot.reissue_until == until
    assert lot.balance.expired == (0 if day == "2027-01-14" else 22)


def test_of_a_lot_with_nothing_expired_nothing_can_be_asked_for_again() -> None:
    world = World(program="cisco")
    world.open()
    world.grant("SO-5001", 22, invoice=date(2026, 1, 15))
    world.approve(world.redeem(22, "ann", sales_order="SO-5001"))
    now = datetime(2027, 2, 1, tzinfo=UTC)
    (lot,) = views.account_page(world.rules, world.book(Depth.PAST), now).lots
    assert lot.reissue_until is None


@pytest.mark.rule("AT-13")
def test_what_is_left_of_a_lot_is_shown_with_what_was_paid_for_it() -> None:
    world = ready()
    world.buy(20_000)
    world.approve(world.redeem(5_000))
    (lot,) = views.account_page(world.rules, world.book(Depth.PAST), world.clock()).lots
    assert (lot.face_minor, lot.paid_minor, lot.unspent_paid_minor) == (
        2_000_000,
        1_600_000,
        1_200_000,
    )


def test_a_code_shows_what_was_used_only_where_that_is_counted() -> None:
    assert views.code(code_of(used=0), BEGIN).used is None
    assert views.code(code_of(used=7, limit=10), BEGIN).used == 7
    ended = code_of(ends_at=BEGIN)
    assert [views.code(ended, BEGIN + timedelta(seconds=n)).works for n in (-1, 0)] == [True, False]


@pytest.mark.rule("CI-10")
def test_a_plan_of_80_of_100_credits_shows_20_unplanned() -> None:
    world = World(program="cisco")
    world.open()
    lot = world.grant("SO-5001", 100, invoice=date(2026, 1, 15))
    items = [PlanItem(title=title, month="2026-12", credits=40) for title in ("CCNA", "CCNP")]
    plan = views.plan(lot, items)
    assert (plan.planned, plan.unplanned) == (80, 20)


@pytest.mark.rule("SF-34")
def test_that_a_review_is_overdue_is_for_staff_alone() -> None:
    program = program_named("salesforce", BEGIN)
    seen = views.program(program, World().caller("ann"), BEGIN)
    assert (seen.next_review_on, seen.review_overdue) == (date(2025, 9, 30), None)
    advisor = staff("kim", "salesforce", Role.ADVISOR)
    assert views.program(program, advisor, BEGIN).review_overdue is True


@pytest.mark.rule("SF-05")
def test_a_program_names_the_countries_it_sells_to_once_the_list_is_in_force() -> None:
    program = program_named("salesforce", BEGIN)
    ann = World().caller("ann")
    allowed = ("AU", "CA", "DE", "ES", "FR", "GB", "IE", "IN", "IT", "JP", "SG", "US")
    assert views.program(program, ann, BEGIN).countries == allowed
    before = datetime(2024, 9, 29, tzinfo=UTC)
    assert views.program(program, ann, before).countries == ()
