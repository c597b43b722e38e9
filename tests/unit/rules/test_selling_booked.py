"""By when credits are usable: the buyer is told as soon as an order is booked."""

from datetime import date

import pytest

from tests.fakes.outside import PORTAL
from tests.unit.rules.selling_tools import ToldLedger, booked, day, told, world_of
from tests.world import World
from training_credits.domain.model import OrderState, Role

SUBJECT = "Your order of 100 training credits is booked"


def story(program: str = "cisco", at: str = "2026-03-05T20:00") -> World:
    return world_of(program, at, ledger=ToldLedger())


@pytest.mark.rule("CI-11")
@pytest.mark.parametrize(
    ("on", "days"),
    [
        (None, "between 2026-03-11 and 2026-03-16."),
        (day("2026-03-02"), "between 2026-03-06 and 2026-03-11."),
        (day("2026-01-15"), "between 2026-01-22 and 2026-01-27."),
    ],
    ids=["today", "days ago", "over a holiday"],
)
def test_what_is_booked_on_5_march_is_told_to_be_usable_from_the_11th_to_the_16th(
    on: date | None, days: str
) -> None:
    world = story()
    order_id = booked(world, 100, booked_on=on)
    (mail,) = told(world)
    assert (mail.to, mail.subject) == ("ann@acme.example", SUBJECT)
    assert days in mail.text
    assert f"{PORTAL}/accounts/{world.account}/orders/{order_id}" in mail.text


@pytest.mark.rule("CI-11")
def test_of_a_booking_the_purchaser_is_told_and_else_each_owner() -> None:
    world = story()
    world.add("bob")
    world.add("bill", Role.BUYER)
    booked(world, 100)
    assert sorted(mail.to for mail in told(world)) == ["ann@acme.example", "bob@acme.example"]
    booked(world, 100, "SO-5002", buyer="bill@acme.example")
    assert [mail.to for mail in told(world)] == ["bill@acme.example"]


@pytest.mark.rule("CI-11")
@pytest.mark.parametrize("ends", ["activated", "cancelled"])
def test_of_what_is_finished_by_then_no_days_are_told(ends: str) -> None:
    world = story()
    order_id = booked(world, 100)
    before = ["approved", "invoiced"] if ends == "activated" else []
    for to in (*before, ends):
        world.move(order_id, OrderState(to), note="Typed twice.")
    assert SUBJECT not in {mail.subject for mail in told(world)}


def test_where_no_days_are_promised_a_booking_is_no_news() -> None:
    world = story("salesforce", "2026-07-01T19:00")
    world.enter(900, channel="assisted", product_id="LC")
    assert told(world) == []
