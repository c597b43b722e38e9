"""Whose card is kept, and until when it can be charged."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.fakes.payments import GOOD
from tests.unit.rules.people_tools import edit, history
from tests.unit.rules.selling_tools import page, told_by, world_of
from tests.world import World
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Card, HappeningKind, Role
from training_credits.ports import PaymentState
from training_credits.use_cases.payments import Means

KEEP = Means(method_id=GOOD, keep=True)
KEPT = Means(kept=True)


@pytest.fixture
def world() -> World:
    """Ann, bob and cid own the account."""
    world = world_of("atlassian", "2026-02-10T09:00")
    world.add_owner("bob")
    world.add_owner("cid")
    return world


def pays(world: World, who: str, means: Means, buyer: str | None = None) -> PaymentState:
    """Somebody pays an order, theirs unless it is somebody else's, and the provider says so."""
    order_id = world.place(500, buyer or who)
    state: PaymentState = world.pay(order_id, who, means)[1].state
    hears(world, order_id)
    return state


def hears(world: World, order_id: str) -> None:
    payment_id = world.order(order_id).payment_id or ""
    news = world.payments.heard(*world.payments.webhook(payment_id))
    assert news is not None
    assert told_by(world.settle(order_id, kept=news.kept)) == (500, None)


def card(world: World) -> Card | None:
    return world.book().account.card


def assert_not_charged(world: World, who: str) -> None:
    order_id = world.place(500, who)
    paid = len(world.payments.cards)
    no = refused(partial(world.pay, order_id, who, KEPT))
    assert no.reason is Reason.CARD_NOT_KEPT
    assert len(world.payments.cards) == paid


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER])
def test_a_card_goes_with_whoever_kept_it(role: Role) -> None:
    world = world_of("atlassian", "2026-02-10T09:00")
    world.add("bob", role)
    pays(world, "bob", KEEP)
    assert pays(world, "ann", KEPT) is PaymentState.SUCCEEDED
    assert page(world).card_kept
    world.remove("bob")
    assert not page(world).card_kept
    assert_not_charged(world, "ann")
    lines = {(line.kind, line.about, line.detail) for line in history(world)[-2:]}
    assert lines == {
        (HappeningKind.MEMBER_REMOVED, "bob@acme.example", role.value),
        (HappeningKind.ACCOUNT_EDITED, "account", "card_kept: False"),
    }


def test_whoever_leaves_takes_their_card_along(world: World) -> None:
    pays(world, "bob", KEEP)
    world.remove("bob", who="bob")
    assert card(world) is None


def test_a_card_stays_when_somebody_else_is_removed(world: World) -> None:
    pays(world, "bob", KEEP)
    world.remove("cid")
    assert pays(world, "ann", KEPT) is PaymentState.SUCCEEDED


def test_it_is_the_card_of_who_paid_and_not_of_who_ordered(world: World) -> None:
    pays(world, "bob", KEEP, buyer="cid")
    world.remove("cid")
    assert card(world) is not None
    world.remove("bob")
    assert card(world) is None


def test_a_card_that_others_charged_meanwhile_is_still_whose_it_was(world: World) -> None:
    pays(world, "bob", KEEP)
    pays(world, "ann", KEPT)
    world.remove("bob")
    assert_not_charged(world, "ann")


def test_a_card_kept_meanwhile_by_somebody_else_stays(world: World) -> None:
    pays(world, "bob", KEEP)
    world.ledger.meanwhile.append(partial(pays, world, "cid", KEEP))
    world.remove("bob")
    kept = card(world)
    assert kept is not None
    assert kept.kept_by == "cid@acme.example"


def test_a_card_that_is_told_of_after_its_owner_was_removed_is_nobodys_to_charge(
    world: World,
) -> None:
    order_id = world.place(500, "bob")
    world.pay(order_id, "bob", KEEP)
    world.remove("bob")
    hears(world, order_id)
    assert_not_charged(world, "ann")
    edit(world, card_kept=False)
    assert not page(world).card_kept


def test_nor_that_of_somebody_who_is_only_asked_back_in(world: World) -> None:
    order_id = world.place(500, "bob")
    world.pay(order_id, "bob", KEEP)
    world.remove("bob")
    hears(world, order_id)
    world.clock.advance(timedelta(seconds=1))
    world.invite("bob")
    assert_not_charged(world, "ann")


def test_an_owner_drops_the_card_and_history_says_so(world: World) -> None:
    pays(world, "bob", KEEP)
    assert edit(world, "ann", card_kept=False, name="New").card is None
    assert not page(world).card_kept
    assert_not_charged(world, "bob")
    line = history(world)[-1]
    assert (line.kind, line.actor) == (HappeningKind.ACCOUNT_EDITED, "ann@acme.example")
    assert line.detail == "name: New, card_kept: False"


def test_an_edit_that_says_nothing_of_the_card_leaves_it(world: World) -> None:
    pays(world, "bob", KEEP)
    assert edit(world, "ann", name="New").card == card(world) is not None


def test_a_card_kept_while_it_is_dropped_is_dropped_too(world: World) -> None:
    pays(world, "bob", KEEP)
    world.ledger.meanwhile.append(partial(pays, world, "cid", KEEP))
    edit(world, card_kept=False)
    assert card(world) is None


def test_where_none_is_kept_none_is_dropped(world: World) -> None:
    assert edit(world, card_kept=False).card is None


def test_who_may_only_buy_drops_no_card(world: World) -> None:
    world.add("dora", Role.BUYER)
    pays(world, "bob", KEEP)
    no = refused(lambda: edit(world, "dora", card_kept=False), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED
    assert card(world) is not None


def test_a_card_whose_owner_nobody_wrote_down_is_still_charged(world: World) -> None:
    pays(world, "bob", KEEP)
    kept = card(world)
    assert kept is not None
    rows = world.ledger.rows(world.program, world.account)
    assert rows.account is not None
    rows.account = replace(rows.account, card=replace(kept, kept_by=""))
    assert pays(world, "ann", KEPT) is PaymentState.SUCCEEDED
