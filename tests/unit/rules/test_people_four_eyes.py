"""Four eyes: nobody approves their own request on an account that wants it so."""

from datetime import timedelta

import pytest

from tests.builders import refused
from tests.unit.rules.people_tools import edit
from tests.world import World, ready
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import (
    Approval,
    Balance,
    Caller,
    Person,
    RedemptionState,
    Role,
)


def company(*, four_eyes: bool) -> World:
    """Ann and bob own it; it has 1,000 credits."""
    world = ready()
    world.buy(1_000)
    world.add_owner("bob")
    if four_eyes:
        edit(world, four_eyes=True)
    return world


@pytest.mark.proves("T6")
def test_an_owner_does_not_approve_their_own_request_and_another_one_does() -> None:
    world = company(four_eyes=True)
    asked = world.redeem(300, "ann")
    before = world.ledger.kept()
    no = refused(lambda: world.approve(asked, who="ann"), Forbidden)
    assert (no.reason, no.facts) == (Reason.OWN_REQUEST, {})
    assert world.ledger.kept() == before
    world.approve(asked, who="bob")
    assert world.redemption(asked).decided_by == "bob@acme.example"
    assert world.balance() == Balance(available=700, redeemed=300)


@pytest.mark.proves("T6")
@pytest.mark.parametrize("email", ["ann@acme.example", "Ann@ACME.example"])
def test_a_second_sign_in_under_the_same_address_is_the_same_person(email: str) -> None:
    world = company(four_eyes=True)
    second = Person(subject="s-ann-2", email=email, name="Ann")
    asked = world.redeem(300, asking=world.intent(Caller(person=second, program="atlassian"), "r"))
    before = world.ledger.kept()
    no = refused(lambda: world.approve(asked, who="ann"), Forbidden)
    assert no.reason is Reason.OWN_REQUEST
    assert world.ledger.kept() == before
    world.approve(asked, who="bob")
    assert world.redemption(asked).decided_by == "bob@acme.example"


def test_a_sign_in_whose_address_has_changed_is_the_same_person() -> None:
    world = company(four_eyes=True)
    before = Person(subject="s-ann", email="ann@old.example", name="Ann")
    asked = world.redeem(300, asking=world.intent(Caller(person=before, program="atlassian"), "r"))
    no = refused(lambda: world.approve(asked, who="ann"), Forbidden)
    assert no.reason is Reason.OWN_REQUEST


def test_saying_no_to_oneself_or_taking_it_back_needs_nobody_else() -> None:
    world = company(four_eyes=True)
    denied, cancelled = world.redeem(300, "ann"), world.redeem(200, "ann")
    world.deny(denied, who="ann")
    world.cancel(cancelled, who="ann")
    assert world.redemption(denied).state is RedemptionState.DENIED
    assert world.redemption(cancelled).state is RedemptionState.CANCELLED
    assert world.balance() == Balance(available=1_000)


@pytest.mark.proves("T6")
def test_of_many_only_ones_own_is_refused() -> None:
    world = company(four_eyes=True)
    own, another = world.redeem(300, "ann"), world.redeem(200, "lee")
    outcomes = {o.redemption_id: o for o in world.approve(own, another, who="ann")}
    no = outcomes[own].problem
    assert no is not None
    assert no.reason is Reason.OWN_REQUEST
    assert outcomes[another].redemption == world.redemption(another)
    assert world.balance() == Balance(available=800, redeemed=200)


def test_without_it_an_owner_approves_their_own() -> None:
    world = company(four_eyes=False)
    asked = world.redeem(300, "ann")
    world.approve(asked, who="ann")
    assert world.balance() == Balance(available=700, redeemed=300)


def test_it_holds_from_the_moment_it_is_switched_on_until_it_is_switched_off() -> None:
    world = company(four_eyes=False)
    asked = world.redeem(300, "ann")
    edit(world, "bob", four_eyes=True)
    assert refused(lambda: world.approve(asked), Forbidden).reason is Reason.OWN_REQUEST
    world.clock.advance(timedelta(minutes=1))
    edit(world, "bob", four_eyes=False)
    world.approve(asked)
    assert world.redemption(asked).state is RedemptionState.APPROVED


def test_a_captain_is_bound_by_it_as_well_where_credits_are_held() -> None:
    world = World(program="cisco")
    world.open()
    world.grant("SO-1", 100, invoice=world.clock().date())
    world.add("cap", Role.CAPTAIN)
    edit(world, four_eyes=True)
    asked = world.redeem(40, "cap", sales_order="SO-1")
    assert refused(lambda: world.approve(asked, who="cap"), Forbidden).reason is (
        Reason.OWN_REQUEST
    )
    assert world.balance() == Balance(available=60, held=40)
    world.approve(asked, who="ann")
    assert world.balance() == Balance(available=60, redeemed=40)


@pytest.mark.rule("AT-03")
def test_four_eyes_are_asked_for_where_the_system_would_approve() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(1_000)
    edit(world, four_eyes=True)
    asked = world.redeem(300, "ann")
    assert world.redemption(asked).state is RedemptionState.PENDING
    assert refused(lambda: world.approve(asked), Forbidden).reason is Reason.OWN_REQUEST
