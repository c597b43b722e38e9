"""The first page of an account, and where it gets its figures from."""

from datetime import timedelta

import pytest

from tests.unit.rules.selling_tools import booked, day, instant, page, world_of
from tests.world import World
from training_credits.domain.model import OrderState, Role
from training_credits.use_cases.expire import sweep


def two_lots() -> World:
    """61 credits until 15 January 2027, and 40 until 1 July; it is 1 December 2026."""
    made = world_of("cisco", "2026-06-15T20:00")
    for number, credits, invoiced in (("SO-5001", 61, "2026-01-15"), ("SO-5002", 40, "2026-07-01")):
        on = day(invoiced)
        made.clock.at = max(made.clock.at, instant(f"{invoiced}T20:00"))
        order_id = booked(made, credits, number, booked_on=on)
        for to in (OrderState.APPROVED, OrderState.INVOICED):
            made.move(order_id, to, on=on)
        made.move(order_id, OrderState.ACTIVATED)
    made.add("pat", Role.PLAYER)
    made.clock.at = instant("2026-12-01T12:00-08:00")
    return made


@pytest.mark.rule("CI-28")
def test_the_first_page_shows_the_company_and_what_can_be_spent() -> None:
    """Lots of 61 and 40, of which 5 are held: 96 are available."""
    made = two_lots()
    made.redeem(5, "pat", sales_order="SO-5001")
    home = page(made)
    assert home.name == "acme.example"
    assert {product: (each.available, each.held) for product, each in home.balances.items()} == {
        "CLC": (96, 5)
    }


@pytest.mark.rule("CI-28")
@pytest.mark.parametrize("swept", [False, True])
def test_what_has_ended_is_not_available_on_the_first_page(*, swept: bool) -> None:
    made = two_lots()
    made.redeem(5, "pat", sales_order="SO-5002")
    made.clock.at = instant("2027-01-15T00:01-08:00")
    if swept:
        sweep(made.ledger, made.clock, lambda: True)
    (total,) = page(made).balances.values()
    assert (total.available, total.held, total.expired) == (35, 5, 61)
    made.clock.at -= timedelta(microseconds=1)
    assert page(made).balances["CLC"].available == (35 if swept else 96)


@pytest.mark.rule("CI-29")
def test_a_lot_shows_its_number_its_expiry_date_and_on_1_december_45_days() -> None:
    shown = [(lot.sales_order, lot.expires_on, lot.days_left) for lot in page(two_lots()).lots]
    assert shown == [
        ("SO-5001", day("2027-01-15"), 45),
        ("SO-5002", day("2027-07-01"), 212),
    ]


@pytest.mark.rule("CI-47")
@pytest.mark.rule("CI-49")
def test_expired_credits_stay_on_the_page_with_the_day_until_which_and_where_to_ask() -> None:
    """On 1 February: expired, 22, reissue until 16 March."""
    made = two_lots()
    made.approve(made.redeem(39, "pat", sales_order="SO-5001"))
    made.clock.at = instant("2027-02-01T12:00-08:00")
    home = page(made)
    first, second = home.lots
    assert (first.balance.expired, first.reissue_until) == (22, day("2027-03-16"))
    assert (second.balance.expired, second.reissue_until) == (0, None)
    assert {"expiry", "credits", "case"} <= home.help.keys()
