"""How orders begin: asked for by a customer, or entered by the vendor; and by which number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import booked, lot_of_order, shown, trail, world_of
from tests.world import World
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import Balance, Billing, EntryKind, Order, OrderState, Sale
from training_credits.use_cases import orders, purchase

APPROVED, INVOICED, ACTIVATED = OrderState.APPROVED, OrderState.INVOICED, OrderState.ACTIVATED
BOOKED, PAID = OrderState.BOOKED, OrderState.PAID


def known_orders(world: World, who: str = "ann") -> tuple[Order, ...]:
    page = purchase.list_orders(
        world.ledger, world.clock, world.caller(who), world.account, cursor=None, limit=100
    )
    return page.items


@pytest.mark.rule("SF-03")
def test_5000_credits_are_bought_without_naming_a_course_and_are_all_spendable() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(5_000, channel="assisted")
    world.move(order_id, ACTIVATED)
    world.code = world.first_code(order_id)
    world.redeem(5_000)
    assert world.balance() == Balance(redeemed=5_000)


@pytest.mark.rule("SF-04")
def test_one_order_of_12000_serves_eight_redemptions_over_nine_months() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.enter(12_000, channel="assisted")
    world.move(order_id, ACTIVATED)
    world.code = world.first_code(order_id)
    for _ in range(8):
        world.clock.advance(timedelta(days=34))
        world.redeem(1_500)
    assert [entry.kind for entry in world.entries()] == [
        EntryKind.PURCHASE,
        *[EntryKind.REDEEM] * 8,
    ]
    assert [order.order_id for order in known_orders(world)] == [order_id]
    assert [lot.lot_id for lot in world.book().lots] == [order_id]
    assert world.balance() == Balance(redeemed=12_000)


@pytest.mark.rule("SF-10")
def test_8000_are_asked_for_and_become_an_order_of_a_named_contact() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.place(8_000, channel="assisted")
    assert world.order(order_id).state is OrderState.REQUESTED
    assert shown(world, order_id).sale is None
    world.move(order_id, BOOKED, sale=Sale(contact="TAE: J. Doe"))
    answer = shown(world, order_id)
    assert (answer.state, answer.credits) == (BOOKED, 8_000)
    assert answer.sale is not None
    assert answer.sale.contact == "TAE: J. Doe"


@pytest.mark.rule("SF-10")
def test_a_quote_can_be_asked_for_where_the_vendor_sells_with_assistance() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.place(8_000, channel="quote")
    world.move(order_id, OrderState.QUOTED, total_minor=700_000)
    world.move(order_id, OrderState.ACCEPTED, "ann")
    assert (shown(world, order_id).total_minor, shown(world, order_id).next) == (700_000, BOOKED)


@pytest.mark.rule("CI-03")
def test_of_a_larger_order_only_its_line_of_100_credits_becomes_a_lot() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    line = Sale(sales_order="SO-5001", line=3)
    order_id = world.enter(100, sale=line)
    for to in (APPROVED, INVOICED, ACTIVATED):
        world.move(order_id, to)
    assert world.order(order_id).sale == line
    assert [(lot.credits, lot.sales_order) for lot in world.book().lots] == [(100, "SO-5001")]


@pytest.mark.rule("CI-05")
def test_reseller_r1_is_billed_for_a_100_pack_that_acme_owns() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    sale = Sale(
        reseller="R1", sku="100-PACK", price_list="GPL", price_list_version="7", sales_order="SO-1"
    )
    billing = Billing(company="R1", country="US")
    order_id = world.enter(100, channel="reseller", sale=sale, billing=billing)
    for to in (APPROVED, INVOICED, ACTIVATED):
        world.move(order_id, to)
    order = world.order(order_id)
    assert (order.billing.company, order.sale, order.channel) == ("R1", sale, "reseller")
    assert order.list_minor == 1_000_000
    assert lot_of_order(world, order_id).balance == Balance(available=100)
    assert order.account_id == world.account


@pytest.mark.rule("AT-05")
def test_both_ways_to_buy_lead_to_a_lot_at_once_by_card_and_when_paid_by_invoice() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    card = world.buy(500)
    assert world.balance() == Balance(available=500)
    invoice = world.place(500, channel="invoice")
    for to, who in (("quoted", "olga"), ("accepted", "ann"), ("invoiced", "olga")):
        world.move(invoice, OrderState(to), who)
        assert world.balance() == Balance(available=500)
    world.move(invoice, PAID)
    assert world.balance() == Balance(available=1_000)
    one, other = (lot_of_order(world, order_id) for order_id in (card, invoice))
    assert replace(one, lot_id="", order_id="") == replace(other, lot_id="", order_id="")


@pytest.mark.rule("AT-12")
def test_whoever_asks_for_20000_sees_a_quote_of_16000_dollars_and_each_state() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(20_000, channel="invoice")
    seen = [shown(world, order_id).state]
    for to, who in (
        ("quoted", "olga"),
        ("accepted", "ann"),
        ("invoiced", "olga"),
        ("paid", "olga"),
    ):
        world.move(order_id, OrderState(to), who)
        answer = shown(world, order_id)
        seen.append(answer.state)
        assert answer.total_minor == 1_600_000
        assert (answer.lot is not None) is (to == "paid")
    assert seen == ["requested", "quoted", "accepted", "invoiced", "activated"]
    assert [step.state for step in shown(world, order_id).steps] == [
        *seen[:-1],
        OrderState.PAID,
        OrderState.ACTIVATED,
    ]
    assert lot_of_order(world, order_id).credits == 20_000


@pytest.mark.parametrize(
    ("program", "channel", "first", "following"),
    [
        ("atlassian", "invoice", "requested", "quoted"),
        ("cisco", "direct", "booked", "approved"),
        ("cisco", "reseller", "booked", "approved"),
        ("salesforce", "assisted", "booked", "activated"),
        ("salesforce", "quote", "booked", "activated"),
    ],
)
def test_what_the_vendor_enters_is_booked_where_the_channel_books(
    program: str, channel: str, first: str, following: str
) -> None:
    world = world_of(program, "2026-03-05T20:00")
    reseller = "R1" if channel == "reseller" else None
    sale = Sale(sales_order="S-1", reseller=reseller)
    order_id = world.enter(100, channel=channel, sale=sale)
    answer = shown(world, order_id)
    assert (answer.state, answer.next) == (first, following)
    assert trail(world.order(order_id)) == [(first, world.rules.today(world.clock()), "olga")]


@pytest.mark.parametrize("who", ["ann", "fay"])
def test_only_operators_enter_orders(who: str) -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    no = refused(lambda: world.enter(500, "ann", channel="invoice"), Forbidden)
    assert (no.reason, no.facts["roles"]) == (Reason.NOT_PERMITTED, ["operator"])
    kind = NotFound if who == "fay" else Forbidden
    no = refused(lambda: world.enter(500, who, channel="invoice"), kind)
    assert known_orders(world) == ()


def test_operators_order_nothing_for_a_customer_through_the_customers_door() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    no = refused(lambda: world.place(500, "olga"), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, "buy")


# Who sees them


def test_the_worklist_shows_operators_every_open_order_the_most_urgent_first() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    late = booked(world, 100, "SO-1")
    early = booked(world, 100, "SO-2", booked_on=world.clock().date() - timedelta(days=3))
    done = booked(world, 100, "SO-3")
    world.move(done, OrderState.CANCELLED, note="Twice.")

    def waiting(who: str) -> list[str]:
        found = orders.waiting(world.ledger, world.clock, world.caller(who), cursor=None, limit=100)
        return [order.order_id for order in found.items]

    assert waiting("olga") == [early, late]
    assert refused(lambda: waiting("ann"), Forbidden).reason is Reason.OPERATOR_ONLY


@pytest.mark.rule("CI-05")
@pytest.mark.parametrize(("channel", "reseller"), [("reseller", None), ("direct", "R1")])
def test_a_reseller_is_named_where_one_sells_and_only_there(
    channel: str, reseller: str | None
) -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    sale = Sale(sales_order="S-1", reseller=reseller)
    no = refused(lambda: world.enter(100, channel=channel, sale=sale))
    assert no.reason is Reason.RESELLER_MISMATCH
    assert known_orders(world) == ()


def test_where_two_products_are_sold_an_order_names_one() -> None:
    no = refused(lambda: world_of("salesforce", "2026-07-01T19:00").rules.product(None), NotFound)
    assert (no.reason, no.facts["offered"]) == (Reason.PRODUCT_UNKNOWN, ["LC", "VLC"])
    assert world_of("cisco", "2026-03-05T20:00").rules.product(None).id == "CLC"
