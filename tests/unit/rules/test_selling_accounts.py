"""What an account sees of its credits, and how orders, codes and numbers lead to them."""

from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import (
    booked,
    day,
    instant,
    lot_of_order,
    name_contacts,
    page,
    world_of,
)
from tests.world import World
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import AccountKind, Balance, Draw, OrderState, Role
from training_credits.use_cases.expire import sweep

ACTIVATED = OrderState.ACTIVATED
SUMMER = "2026-07-01T19:00"


def of_salesforce(world: World, credits: int, product: str = "LC") -> str:
    """An order of Salesforce's, activated; its code is the first code of its lot."""
    order_id = world.enter(credits, channel="assisted", product_id=product)
    world.move(order_id, ACTIVATED)
    return order_id


def of_cisco(world: World, credits: int, number: str, invoiced: str) -> str:
    on = day(invoiced)
    order_id = booked(world, credits, number, booked_on=on)
    for to in (OrderState.APPROVED, OrderState.INVOICED):
        world.move(order_id, to, on=on)
    world.move(order_id, ACTIVATED)
    return order_id


@pytest.mark.rule("SF-01")
def test_10000_lc_and_4000_vlc_are_two_lots_two_codes_and_two_balances() -> None:
    world = world_of("salesforce", SUMMER)
    orders = {
        product: of_salesforce(world, credits, product)
        for product, credits in (("LC", 10_000), ("VLC", 4_000))
    }
    assert {lot.product: lot.credits for lot in page(world).lots} == {"LC": 10_000, "VLC": 4_000}
    assert len({world.first_code(order_id) for order_id in orders.values()}) == 2
    world.redeem(500, code=world.first_code(orders["VLC"]))
    shown = {product: balance.available for product, balance in page(world).balances.items()}
    assert shown == {"LC": 10_000, "VLC": 3_500}


def test_a_product_the_program_does_not_sell_is_not_bought() -> None:
    world = world_of("salesforce", SUMMER)
    no = refused(lambda: world.place(1, channel="assisted", product="TC"), NotFound)
    assert (no.reason, no.facts) == (Reason.PRODUCT_UNKNOWN, {"offered": ["LC", "VLC"]})
    order_id = world.place(1, channel="assisted")
    assert world.order(order_id).product == "LC"


@pytest.mark.rule("SF-12")
@pytest.mark.rule("SF-36")
def test_the_code_of_an_order_of_3000_pays_1200_and_keeps_1800_until_its_end() -> None:
    world = world_of("salesforce", SUMMER)
    order_id = of_salesforce(world, 3_000)
    code = world.first_code(order_id)
    world.redeem(1_200, code=code)
    assert lot_of_order(world, order_id).balance == Balance(available=1_800, redeemed=1_200)
    world.clock.at = instant("2027-07-01T23:59:00-07:00")
    world.redeem(1_800, code=code)
    assert world.balance() == Balance(redeemed=3_000)


@pytest.mark.rule("SF-37")
def test_orders_of_800_and_900_are_two_codes_with_two_ends_and_neither_pays_1200() -> None:
    world = world_of("salesforce", SUMMER)
    first = of_salesforce(world, 800)
    world.clock.at = instant("2026-08-01T19:00")
    second = of_salesforce(world, 900)
    ends = [lot_of_order(world, order_id).expires_on for order_id in (first, second)]
    assert ends == [day("2027-07-01"), day("2027-08-01")]
    for order_id, missing in ((first, 400), (second, 300)):
        no = refused(partial(world.redeem, 1_200, code=world.first_code(order_id)))
        assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, missing)
    assert world.balance() == Balance(available=1_700)


@pytest.mark.rule("SF-35")
@pytest.mark.rule("SF-10")
def test_what_only_the_vendor_sells_is_refused_with_the_names_of_whom_to_ask() -> None:
    world = world_of("salesforce", SUMMER)
    no = refused(lambda: world.place(100, channel="card"))
    assert (no.reason, no.facts["ask"]) == (Reason.CHANNEL_NOT_OFFERED, {})
    name_contacts(world)
    no = refused(lambda: world.place(100, channel="card"))
    assert no.facts == {
        "offered": ["assisted", "quote"],
        "ask": {"advisor": "K. Lee", "account_manager": "J. Doe"},
    }
    assert {(one.role, one.name) for one in page(world).contacts} == {
        ("advisor", "K. Lee"),
        ("account_manager", "J. Doe"),
    }


@pytest.mark.rule("CI-05")
def test_what_cisco_sells_is_entered_by_cisco_and_the_customer_is_told_whom_to_ask() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    name_contacts(world)
    for channel in ("direct", "reseller", "card"):
        no = refused(partial(world.place, 100, channel=channel))
        assert (no.reason, no.facts["offered"]) == (Reason.CHANNEL_NOT_OFFERED, [])
        assert no.facts["ask"] == {"advisor": "K. Lee", "account_manager": "J. Doe"}
    no = refused(lambda: world.enter(100, channel="post"))
    assert no.facts["offered"] == ["direct", "reseller"]


@pytest.mark.rule("SF-38")
def test_an_individual_with_one_owner_buys_and_redeems() -> None:
    world = world_of("salesforce", SUMMER, AccountKind.INDIVIDUAL)
    assert world.book().account.kind is AccountKind.INDIVIDUAL
    order_id = world.place(100, channel="assisted")
    for to in (OrderState.BOOKED, ACTIVATED):
        world.move(order_id, to)
    world.redeem(100, "ann", code=world.first_code(order_id))
    assert world.balance() == Balance(redeemed=100)
    assert [member.email for member in world.book().owners] == ["ann@acme.example"]
    assert refused(lambda: world.invite("bob")).reason is Reason.INDIVIDUAL_ACCOUNT


@pytest.mark.rule("CI-14")
def test_a_registration_with_so_5001_holds_credits_of_that_lot_and_of_no_other() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    sooner = of_cisco(world, 50, "SO-4000", "2025-12-01")
    order_id = of_cisco(world, 61, "SO-5001", "2026-01-15")
    asked = world.redeem(22, "ann", sales_order="SO-5001")
    assert world.redemption(asked).draws == (Draw(lot_id=order_id, credits=22),)
    assert lot_of_order(world, order_id).balance == Balance(available=39, held=22)
    assert lot_of_order(world, sooner).balance == Balance(available=50)
    no = refused(lambda: world.redeem(40, "ann", sales_order="SO-5001"))
    assert (no.reason, no.facts["missing"]) == (Reason.INSUFFICIENT_CREDITS, 1)


@pytest.mark.rule("CI-14")
def test_a_number_pays_for_members_who_spend_and_says_nothing_to_others() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    of_cisco(world, 61, "SO-5001", "2026-01-15")
    world.add("pia", Role.PLAYER)
    world.add("bea", Role.BUYER)
    world.accept_terms("eve")
    world.redeem(1, "pia", sales_order="SO-5001")
    answers = [
        refused(partial(world.redeem, 1, who, sales_order=number))
        for who, number in (("bea", "SO-5001"), ("eve", "SO-5001"), ("ann", "SO-9999"))
    ]
    assert {(no.reason, str(no), bool(no.facts)) for no in answers} == {
        (Reason.CODE_NOT_ACCEPTED, str(answers[0]), False)
    }


@pytest.mark.rule("CI-14")
def test_a_number_of_an_order_that_is_not_activated_yet_pays_nothing() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    booked(world, 100)
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-5001"))
    assert no.reason is Reason.NO_CREDITS


@pytest.mark.rule("CI-15")
def test_an_account_shows_every_lot_with_what_became_of_each_credit() -> None:
    world = world_of("cisco", "2026-02-01T20:00")
    old = of_cisco(world, 61, "SO-1", "2025-03-01")
    new = of_cisco(world, 100, "SO-2", "2026-01-15")
    for number, used, held in (("SO-1", 39, 0), ("SO-2", 30, 22)):
        world.approve(world.redeem(used, "ann", sales_order=number))
        if held:
            world.redeem(held, "ann", sales_order=number)
    world.clock.at = instant("2026-04-01T20:00")
    sweep(world.ledger, world.clock, lambda: True)
    lots = {
        lot.lot: (
            lot.credits,
            lot.balance.redeemed,
            lot.balance.held,
            lot.balance.expired,
            lot.balance.available,
            lot.sales_order,
        )
        for lot in page(world).lots
    }
    assert lots == {old: (61, 39, 0, 22, 0, "SO-1"), new: (100, 30, 22, 0, 48, "SO-2")}


@pytest.mark.rule("CI-47")
def test_the_page_that_shows_what_ends_shows_where_help_is_found() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    of_cisco(world, 61, "SO-1", "2026-01-15")
    shown = page(world)
    assert shown.next_expiry is not None
    assert shown.help["expiry"] == "https://cisco.example/learning-credits/support"
