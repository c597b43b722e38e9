"""What is taken back: before there are credits, by either side; after that only an error."""

from datetime import timedelta
from functools import partial

import pytest

from tests.builders import SECRET, caller, order_of, refused, step_of
from tests.fakes.clock import BEGIN
from tests.unit.rules.selling_tools import booked, lot_of_order, page, shown, world_of
from tests.world import World
from training_credits.domain.decisions.orders import NextStep, move
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason
from training_credits.domain.model import (
    EDGES,
    Approval,
    Balance,
    EntryKind,
    Movement,
    OrderState,
    Permission,
    Role,
    Sale,
    State,
)
from training_credits.programs import program_named
from training_credits.use_cases.expire import sweep

ACTIVATED, CANCELLED = OrderState.ACTIVATED, OrderState.CANCELLED
YEAR = timedelta(days=367)
OPEN = [state for state in OrderState if state not in (ACTIVATED, CANCELLED)]


def issued(credits: int = 900) -> tuple[World, str]:
    """An order of Salesforce's that ann has asked for, with its code."""
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.place(credits, channel="assisted")
    for to in (OrderState.BOOKED, ACTIVATED):
        world.move(order_id, to)
    world.code = world.first_code(order_id)
    return world, order_id


def withdraw(state: OrderState, channel: str, role: Role, note: str | None = None) -> OrderState:
    """What becomes of an order in this state when somebody takes it back."""
    program = program_named("atlassian", BEGIN)
    order = order_of(100, state, channel=channel, trail=(step_of(state),))
    wish = NextStep(to=CANCELLED, note=note)
    after, _ = move(program, order, caller("ann"), frozenset({role}), wish, BEGIN, SECRET)
    return after.state


# Before there are credits


@pytest.mark.rule("SF-14")
@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER])
@pytest.mark.parametrize("channel", ["card", "invoice"])
@pytest.mark.parametrize("state", OPEN)
def test_customers_withdraw_what_they_have_not_bought_yet(
    state: OrderState, channel: str, role: Role
) -> None:
    free = state in (OrderState.REQUESTED, OrderState.QUOTED)
    if free or (state is OrderState.ACCEPTED and channel == "card"):
        assert withdraw(state, channel, role) is CANCELLED
        return
    no = refused(lambda: withdraw(state, channel, role), Forbidden)
    assert (no.reason, no.facts) == (Reason.NOT_REFUNDABLE, {"state": state})


@pytest.mark.parametrize("state", OPEN)
def test_operators_cancel_any_open_order_and_say_why(state: OrderState) -> None:
    assert withdraw(state, "invoice", Role.OPERATOR, "Entered twice.") is CANCELLED
    no = refused(lambda: withdraw(state, "invoice", Role.OPERATOR))
    assert no.reason is Reason.REASON_REQUIRED


@pytest.mark.parametrize("role", [Role.FINANCE, Role.PLAYER, Role.CAPTAIN, Role.ADVISOR])
def test_nobody_else_withdraws_anything(role: Role) -> None:
    no = refused(lambda: withdraw(OrderState.REQUESTED, "invoice", role, "Why."), Forbidden)
    assert (no.reason, no.facts["needed"]) == (Reason.NOT_PERMITTED, Permission.BUY)


def test_why_by_whom_and_when_stays_on_the_order() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    world.clock.advance(timedelta(days=2))
    world.move(order_id, CANCELLED, note="Entered twice.")
    last = shown(world, order_id).steps[-1]
    assert (last.state, last.note, last.by) == (CANCELLED, "Entered twice.", "olga@cisco.example")
    assert (last.at, last.on) == (world.clock(), world.clock().date())
    assert world.book().lots == ()


@pytest.mark.parametrize("who", ["ann", "olga"])
def test_what_was_withdrawn_is_not_withdrawn_again(who: str) -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(500, channel="invoice")
    world.move(order_id, CANCELLED, "ann")
    no = refused(lambda: world.move(order_id, CANCELLED, who, note="Again."), Conflict)
    assert no.reason is Reason.STEP_NOT_NEXT


@pytest.mark.parametrize(
    ("who", "channel"), [("ann", "card"), ("ann", "invoice"), ("olga", "card")]
)
def test_a_withdrawal_sent_again_under_its_key_has_its_first_answer(who: str, channel: str) -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(500, channel=channel)
    asking = world.intent(who, "move")
    answers = {world.move(order_id, CANCELLED, note="No more.", asking=asking) for _ in range(3)}
    assert len(answers) == 1
    assert len(world.order(order_id).trail) == 2


def test_of_a_withdrawal_and_a_step_at_once_one_wins() -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    order_id = world.place(500, channel="invoice")
    world.ledger.meanwhile.append(partial(world.move, order_id, CANCELLED, "ann"))
    no = refused(lambda: world.move(order_id, OrderState.QUOTED), Conflict)
    assert (no.reason, no.facts["state"]) == (Reason.STEP_NOT_NEXT, CANCELLED)


# Once there are credits


@pytest.mark.rule("SF-14")
def test_an_owner_gets_no_refund_and_an_operator_reverses_an_order_entered_in_error() -> None:
    world, order_id = issued()
    no = refused(lambda: world.move(order_id, CANCELLED, "ann", note="Refund."), Forbidden)
    assert (no.reason, no.facts) == (Reason.NOT_REFUNDABLE, {"state": "activated"})
    world.move(order_id, CANCELLED, note="Order entered in error.")
    grant, reversal = world.entries()
    assert (grant.kind, grant.change) == (EntryKind.PURCHASE, 900)
    assert (reversal.kind, reversal.change) == (EntryKind.VOID, -900)
    assert (reversal.reference, reversal.actor) == (order_id, "olga@salesforce.example")
    assert "Order entered in error." in reversal.title
    assert world.balance() == Balance(voided=900)
    assert shown(world, order_id).state is CANCELLED
    assert shown(world, order_id).steps[-1].note == "Order entered in error."


@pytest.mark.rule("SF-14")
def test_a_reversal_has_a_reason() -> None:
    world, order_id = issued()
    no = refused(lambda: world.move(order_id, CANCELLED))
    assert no.reason is Reason.REASON_REQUIRED
    assert world.balance() == Balance(available=900)


def test_of_a_reversed_order_nothing_can_be_spent_swept_or_shown_as_next() -> None:
    world, order_id = issued()
    world.move(order_id, CANCELLED, note="Error.")
    assert refused(lambda: world.redeem(1)).reason is Reason.CODE_NOT_ACCEPTED
    assert not any(code.works(world.clock()) for code in world.book().codes)
    assert page(world).next_expiry is None
    world.clock.advance(YEAR)
    assert sweep(world.ledger, world.clock, lambda: True).credits == 0
    assert world.balance() == Balance(voided=900)
    assert page(world).lots[0].reissue_until is None
    no = refused(lambda: world.move(order_id, CANCELLED, note="Again."), Conflict)
    assert no.reason is Reason.STEP_NOT_NEXT


def test_an_order_of_which_one_credit_was_used_is_not_reversed() -> None:
    world, order_id = issued()
    world.redeem(1)
    no = refused(lambda: world.move(order_id, CANCELLED, note="Error."))
    assert no.reason is Reason.CREDITS_IN_USE
    assert no.facts == {"available": 899, "credits": 900}


def test_an_order_of_which_one_credit_is_held_is_not_reversed_until_it_is_given_back() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    order_id = booked(world, 100)
    for to in (OrderState.APPROVED, OrderState.INVOICED, ACTIVATED):
        world.move(order_id, to)
    asked = world.redeem(1, "ann", sales_order="SO-5001")
    no = refused(lambda: world.move(order_id, CANCELLED, note="Error."))
    assert (no.reason, no.facts["available"]) == (Reason.CREDITS_IN_USE, 99)
    world.deny(asked)
    world.move(order_id, CANCELLED, note="Error.")
    assert world.balance() == Balance(voided=100)


@pytest.mark.parametrize("swept", [False, True])
def test_an_order_whose_credits_have_ended_is_not_reversed(*, swept: bool) -> None:
    world, order_id = issued()
    world.clock.at = lot_of_order(world, order_id).expires_at
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    no = refused(lambda: world.move(order_id, CANCELLED, note="Error."))
    assert (no.reason, no.facts["available"]) == (Reason.CREDITS_IN_USE, 0)
    assert world.balance() == Balance(expired=900)


def test_credits_that_are_spent_while_an_order_is_reversed_keep_it() -> None:
    world, order_id = issued()
    world.ledger.meanwhile.append(lambda: world.redeem(1))
    no = refused(lambda: world.move(order_id, CANCELLED, note="Error."))
    assert no.reason is Reason.CREDITS_IN_USE
    assert world.balance() == Balance(available=899, redeemed=1)


def test_another_order_of_the_account_is_not_touched() -> None:
    world, order_id = issued()
    other = world.enter(500, channel="assisted", sale=Sale(sales_order="S-2"))
    world.move(other, ACTIVATED)
    world.move(order_id, CANCELLED, note="Error.")
    assert world.balance() == Balance(voided=900, available=500)
    works = {code.lot_id: code.works(world.clock()) for code in world.book().codes}
    assert [works[lot_of_order(world, one).lot_id] for one in (order_id, other)] == [False, True]


# What is left at the end stays where it is


@pytest.mark.rule("SF-16")
def test_a_remainder_of_900_is_neither_transferred_extended_nor_refunded() -> None:
    world, order_id = issued()
    other = World(program="salesforce", ledger=world.ledger, clock=world.clock, requests=99)
    other.open(Approval.AUTOMATIC, "bob")
    world.clock.at = BEGIN.replace(year=2027, month=7, day=2, hour=19)
    assert refused(lambda: world.redeem(900)).reason is Reason.CREDITS_EXPIRED
    no = refused(partial(other.move, order_id, CANCELLED, "olga", note="Refund."), NotFound)
    assert no.reason is Reason.ORDER_NOT_FOUND
    assert refused(lambda: world.move(order_id, CANCELLED, "ann"), Forbidden).reason is (
        Reason.NOT_REFUNDABLE
    )
    for to in OPEN:
        refused(partial(world.move, order_id, to), Conflict)
    assert world.balance() == Balance(expired=900)
    assert other.balance() == Balance()
    assert lot_of_order(world, order_id).expires_on.isoformat() == "2027-07-01"


@pytest.mark.rule("SF-16")
def test_no_movement_leads_out_of_the_end_or_from_one_lot_to_another() -> None:
    final = {State.EXPIRED, State.VOIDED, State.REISSUED}
    out = {edge for edge in EDGES if edge[0] in final}
    assert out == {(State.EXPIRED, State.REISSUED)}, "and that only where a program reissues"
    with pytest.raises(ValueError, match="expired"):
        Movement(lot_id="O1", source=State.EXPIRED, target=State.AVAILABLE, credits=900)
