"""Whom of the customer's the vendor names with an order: theirs is the order, and its code."""

from typing import Any

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import ToldLedger, shown, told, world_of
from tests.world import World
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.model import OrderState, Role

ACTIVATED = OrderState.ACTIVATED


def story(program: str = "salesforce") -> World:
    return world_of(program, "2026-07-01T19:00", ledger=ToldLedger())


def entered_for(world: World, buyer: str, **more: Any) -> str:
    """What the vendor entered, and whom of the customer's it names."""
    facts: dict[str, Any] = {"product_id": "LC", "channel": "assisted"} | more
    return world.enter(900, buyer=f"{buyer}@acme.example", **facts)


@pytest.mark.rule("SF-11")
@pytest.mark.parametrize("role", [Role.BUYER, Role.OWNER])
def test_of_what_the_vendor_entered_for_a_purchaser_they_alone_are_mailed_the_code(
    role: Role,
) -> None:
    world = story()
    world.add("bob")
    world.add("bill", role)
    order_id = entered_for(world, "bill")
    told(world)
    world.move(order_id, ACTIVATED)
    mails, code = told(world), world.first_code(order_id)
    assert [mail.to for mail in mails if code in mail.text] == ["bill@acme.example"]
    assert sorted(mail.to for mail in mails) == [
        "ann@acme.example",
        "bill@acme.example",
        "bob@acme.example",
    ]


@pytest.mark.rule("SF-11")
def test_of_two_owners_who_have_yet_to_sign_in_the_code_goes_to_the_one_who_bought() -> None:
    world = story()
    world.invite("ivy")
    world.invite("ida")
    order_id = entered_for(world, "ivy")
    world.move(order_id, ACTIVATED)
    code = world.first_code(order_id)
    assert [mail.to for mail in told(world) if code in mail.text] == ["ivy@acme.example"]


@pytest.mark.rule("SF-11")
def test_where_no_code_is_mailed_the_purchaser_hears_that_the_credits_are_ready() -> None:
    world = story("atlassian")
    world.add("bill", Role.BUYER)
    order_id = entered_for(world, "bill", product_id="TC", channel="invoice")
    for to, who in (("quoted", "olga"), ("accepted", "bill"), ("invoiced", "olga")):
        world.move(order_id, OrderState(to), who)
    told(world)
    world.move(order_id, OrderState.PAID)
    assert {mail.to: mail.subject for mail in told(world)} == {
        "ann@acme.example": "900 training credits were added to your account",
        "bill@acme.example": "900 training credits are ready to use",
    }


@pytest.mark.rule("SF-11")
def test_the_order_is_the_purchaser_s_and_its_steps_are_the_operator_s() -> None:
    world = story()
    world.add("bill", Role.BUYER)
    seen = shown(world, entered_for(world, "bill"))
    assert (seen.buyer, [step.by for step in seen.steps]) == (
        "bill@acme.example",
        ["olga@salesforce.example"],
    )


@pytest.mark.rule("SF-11")
@pytest.mark.parametrize("who", ["nobody", "fay", "invited", "gone", "olga"])
def test_whoever_may_not_buy_is_not_named_as_the_purchaser(who: str) -> None:
    world = story()
    world.add("fay", Role.FINANCE)
    world.add("gone")
    world.remove("gone")
    world.invite("invited", Role.BUYER)
    before = world.ledger.kept()
    no = refused(lambda: entered_for(world, who), NotFound)
    assert no.reason is Reason.MEMBER_NOT_FOUND
    assert world.ledger.kept() == before


@pytest.mark.parametrize("buyer", [None, "ann@acme.example"])
def test_nobody_is_greeted_by_the_name_of_the_operator(buyer: str | None) -> None:
    world = story("atlassian")
    order_id = world.enter(900, channel="invoice", buyer=buyer)
    told(world)
    for to, who in (
        ("quoted", "olga"),
        ("accepted", "ann"),
        ("invoiced", "olga"),
        ("paid", "olga"),
    ):
        world.move(order_id, OrderState(to), who)
    mails = [mail for mail in told(world) if mail.to == "ann@acme.example"]
    assert [mail.text.partition("\n")[0] for mail in mails] == ["Hello,", "Hello,"]
