"""Every step of every channel: which one follows, and whose it is."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from tests.builders import SECRET, caller, order_of, refused, step_of
from tests.fakes.clock import BEGIN
from tests.unit.rules.selling_tools import trail, world_of
from training_credits.domain.decisions.orders import NextStep, move
from training_credits.domain.errors import Conflict, Forbidden, Problem, Reason
from training_credits.domain.model import Order, OrderState, Permission, Role, Sale
from training_credits.domain.program import Program
from training_credits.programs import program_names, program_versions

EVERYONE = frozenset(Role)
CARD = "card"
PROGRAMS = {
    f"{program.id}-{program.version}": program
    for name in program_names()
    for program in program_versions(name)
}
STATES = [
    pytest.param(name, channel, state, id=f"{name}-{channel}-{state}")
    for name, program in PROGRAMS.items()
    for channel, how in program.purchase.channels.items()
    for state in how.steps
]
EDGES = [
    pytest.param(name, channel, state, to, id=f"{name}-{channel}-{to}")
    for name, program in PROGRAMS.items()
    for channel, how in program.purchase.channels.items()
    for state, to in pairwise(how.steps)
    if channel != CARD
]


def standing(program: Program, channel: str, state: OrderState) -> Order:
    """An order of this channel in this state, with all that its steps ask for."""
    return order_of(
        100,
        state,
        product=program.products[0].id,
        channel=channel,
        sale=Sale(sales_order="S-1"),
        trail=(step_of(state),),
    )


def after(program: Program, order: Order, to: OrderState, roles: frozenset[Role]) -> Order:
    who = caller("olga", program.id)
    return move(program, order, who, roles, NextStep(to=to, note="Why."), BEGIN, SECRET)[0]


@pytest.mark.rule("CI-11")
@pytest.mark.rule("AT-12")
@pytest.mark.rule("SF-10")
def test_an_order_goes_the_way_the_vendors_text_describes() -> None:
    ways = {
        (name.partition("-")[0], channel): " > ".join(how.steps)
        for name, program in PROGRAMS.items()
        for channel, how in program.purchase.channels.items()
    }
    cisco = "booked > approved > invoiced > activated"
    assert ways == {
        ("atlassian", "card"): "accepted > paid > activated",
        ("atlassian", "invoice"): "requested > quoted > accepted > invoiced > paid > activated",
        ("cisco", "direct"): cisco,
        ("cisco", "reseller"): cisco,
        ("salesforce", "assisted"): "requested > booked > activated",
        ("salesforce", "quote"): "requested > quoted > accepted > booked > activated",
    }


@pytest.mark.parametrize(("name", "channel", "state"), STATES)
def test_only_the_next_step_can_be_taken(name: str, channel: str, state: OrderState) -> None:
    program = PROGRAMS[name]
    steps = program.purchase.channels[channel].steps
    order = standing(program, channel, state)
    following = dict(pairwise(steps)).get(state)
    for to in set(OrderState) - {OrderState.CANCELLED}:
        again = to is state is OrderState.QUOTED
        if (to is following or again) and channel != CARD:
            continue
        no = refused(partial(after, program, order, to, EVERYONE), Conflict)
        assert no.reason is Reason.STEP_NOT_NEXT
        assert no.facts == {"state": state, "next": following}


@pytest.mark.parametrize(("name", "channel", "state", "to"), EDGES)
def test_the_next_step_is_taken_and_with_the_money_come_the_credits(
    name: str, channel: str, state: OrderState, to: OrderState
) -> None:
    program = PROGRAMS[name]
    moved = after(program, standing(program, channel, state), to, EVERYONE)
    taken = [step.state for step in moved.trail]
    finished = {OrderState.PAID: [OrderState.PAID, OrderState.ACTIVATED]}
    assert taken == [state, *finished.get(to, [to])]
    assert moved.state is taken[-1]
    assert moved.open is (moved.state is not OrderState.ACTIVATED)
    assert (moved.due_on is None) is (not moved.open)


@pytest.mark.parametrize(("name", "channel", "state", "to"), EDGES)
def test_customers_accept_and_operators_do_everything_else(
    name: str, channel: str, state: OrderState, to: OrderState
) -> None:
    program = PROGRAMS[name]
    order = standing(program, channel, state)
    accepting = to is OrderState.ACCEPTED
    whose = {Role.OWNER, Role.BUYER} if accepting else {Role.OPERATOR}
    for role in Role:
        if role in whose:
            assert after(program, order, to, frozenset({role})).step(to) is not None
            continue
        no = refused(partial(after, program, order, to, frozenset({role})), Forbidden)
        assert no.reason is Reason.NOT_PERMITTED
        assert no.facts["needed"] == (Permission.BUY if accepting else Permission.SELL)
        assert set(no.facts["roles"]) == whose


@pytest.mark.parametrize("to", OrderState)
def test_an_order_that_was_cancelled_goes_nowhere(to: OrderState) -> None:
    program, end = PROGRAMS["atlassian-2026-01-01"], OrderState.CANCELLED
    order = standing(program, "invoice", end)
    no = refused(lambda: after(program, order, to, EVERYONE), Conflict)
    assert no.reason is Reason.STEP_NOT_NEXT
    assert no.facts == {"state": end, "next": None}


def test_a_channel_that_was_given_up_leaves_its_orders_where_they_are() -> None:
    program = PROGRAMS["atlassian-2026-01-01"]
    order = standing(program, "barter", OrderState.REQUESTED)
    no = refused(lambda: after(program, order, OrderState.QUOTED, EVERYONE), Conflict)
    assert no.facts == {"state": "requested", "next": None}
    assert after(program, order, OrderState.CANCELLED, EVERYONE).state is OrderState.CANCELLED


WALKS: list[tuple[str, str, str]] = [
    ("atlassian", "invoice", "requested:ann quoted:olga accepted:ann invoiced:olga paid:olga"),
    ("cisco", "direct", "booked:olga approved:olga invoiced:otto activated:olga"),
    ("cisco", "reseller", "booked:olga approved:otto invoiced:olga activated:otto"),
    ("salesforce", "assisted", "requested:ann booked:olga activated:otto"),
    ("salesforce", "quote", "requested:ann quoted:olga accepted:ann booked:olga activated:olga"),
]


@pytest.mark.parametrize(("program", "channel", "walk"), WALKS)
def test_an_order_walks_to_its_credits_step_by_step(program: str, channel: str, walk: str) -> None:
    world = world_of(program, "2026-03-02T20:00")
    (_, first), *rest = [step.split(":") for step in walk.split()]
    reseller = "R1" if channel == "reseller" else None
    entered = {"sale": Sale(sales_order="SO-1", reseller=reseller)}
    sale: dict[str, Any] = entered if first == "olga" else {}
    begin = world.enter if first == "olga" else world.place
    order_id = begin(100, first, channel=channel, **sale)
    for to, who in rest:
        assert world.book().lots == ()
        world.move(order_id, OrderState(to), who)
    order = world.order(order_id)
    assert " ".join(f"{state}:{by}" for state, _, by in trail(order)).startswith(walk)
    assert order.state is OrderState.ACTIVATED
    (lot,) = world.book().lots
    assert (lot.lot_id, lot.credits, lot.balance.available) == (order_id, 100, 100)


def test_a_step_that_was_taken_meanwhile_is_not_taken_again() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = world.enter(100, sale=Sale(sales_order="SO-1"))
    world.ledger.meanwhile.append(lambda: world.move(order_id, OrderState.APPROVED, "otto"))
    no = refused(lambda: world.move(order_id, OrderState.APPROVED, "olga"), Conflict)
    assert (no.reason, no.facts["next"]) == (Reason.STEP_NOT_NEXT, "invoiced")
    assert [by for _, _, by in trail(world.order(order_id))] == ["olga", "otto"]


def test_the_same_step_sent_again_under_its_key_has_its_first_answer() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = world.enter(100, sale=Sale(sales_order="SO-1"))
    asking = world.intent("olga", "move")
    first = world.move(order_id, OrderState.APPROVED, asking=asking)
    assert world.move(order_id, OrderState.APPROVED, asking=asking) == first
    assert len(world.order(order_id).trail) == 2
    other = replace(asking, digest="another body")
    no = refused(lambda: world.move(order_id, OrderState.INVOICED, asking=other), Conflict)
    assert no.reason is Reason.KEY_REUSED


@pytest.mark.parametrize("who", ["eve", "lee"])
def test_to_strangers_an_order_does_not_exist(who: str) -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(500, channel="invoice")
    for to in OrderState:
        no = refused(partial(world.move, order_id, to, who, note="."), Problem)
        assert no.reason is Reason.ACCOUNT_NOT_FOUND
    no = refused(lambda: world.move("O-unknown", OrderState.QUOTED), Problem)
    assert no.reason is Reason.ORDER_NOT_FOUND
