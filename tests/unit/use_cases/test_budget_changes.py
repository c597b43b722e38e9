"""Budgets that are changed, moved between and seen: by whom, and how many there may be."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.builders import refused
from tests.fakes.clock import BEGIN
from tests.unit.use_cases.conftest import funded
from tests.world import World
from training_credits.domain.decisions.budgets import Transfer, transfer
from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import HappeningKind, Role
from training_credits.programs import program_named
from training_credits.use_cases import budgets


def history(world: World) -> list[tuple[HappeningKind, str, str]]:
    lines = world.ledger.history(world.program, world.account, None, 100).items
    return [(line.kind, line.about, line.detail) for line in lines if "budget" in line.kind]


def test_a_limit_is_never_below_what_was_asked_for() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee")
    world.redeem(60)
    no = refused(partial(world.recap, "Support", limit=59))
    assert no.reason is Reason.BUDGET_IN_USE
    assert no.facts == {"asked": 60, "limit_possible": 60}
    world.recap("Support", limit=60)
    assert world.caps() == {"Support": (60, 0)}
    assert refused(partial(world.redeem, 1)).reason is Reason.BUDGET_EXCEEDED


def test_a_budget_is_renamed_and_given_to_others_and_what_was_asked_for_stays() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee")
    world.redeem(60)
    world.recap("Support", rename="Service", learners=("mia",))
    assert world.caps() == {"Service": (100, 40)}
    world.redeem(400, "lee")
    assert refused(partial(world.redeem, 41, "mia")).facts["credits_possible"] == 40


def test_what_is_so_already_writes_nothing() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee")
    before = world.ledger.kept()
    world.recap("Support", rename="Support", limit=100, learners=("lee",))
    assert world.ledger.kept() == before


def test_credits_move_between_budgets_and_no_lot_changes() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    world.cap("Sales", 200, "mia")
    world.redeem(60)
    lots = world.book().lots
    world.transfer("Support", "Sales", 240)
    assert world.caps() == {"Support": (60, 0), "Sales": (440, 440)}
    assert world.book().lots == lots
    assert world.book().account.budgeted == 500
    no = refused(partial(world.transfer, "Support", "Sales", 1))
    assert no.reason is Reason.BUDGET_IN_USE
    assert no.facts == {"asked": 60, "credits_possible": 0}


def test_a_budget_gives_nothing_to_itself() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    no = refused(partial(world.transfer, "Support", "Support", 1), NotFound)
    assert no.reason is Reason.BUDGET_NOT_FOUND


def test_a_transfer_sent_again_moves_nothing_more() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    world.cap("Sales", 200, "mia")
    again = world.intent("ann", "transfer")
    first = world.transfer("Support", "Sales", 100, asking=again)
    assert world.transfer("Support", "Sales", 100, asking=again) == first
    assert world.caps() == {"Support": (200, 200), "Sales": (300, 300)}


def test_a_budget_that_is_not_there_is_not_found() -> None:
    world = funded(500)
    change = partial(
        budgets.edit,
        world.ledger,
        world.clock,
        world.caller("ann"),
        account_id=world.account,
        budget_id="no such budget",
        name="New",
        limit=None,
        learners=None,
    )
    assert refused(change, NotFound).reason is Reason.BUDGET_NOT_FOUND


def test_the_history_says_what_was_set_and_moved() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee", "mia")
    world.cap("Sales", 100)
    world.recap("Sales", limit=150)
    world.transfer("Support", "Sales", 20)
    assert history(world) == [
        (HappeningKind.BUDGET_SET, "Support", "limit: 300, learners: 2"),
        (HappeningKind.BUDGET_SET, "Sales", "limit: 100, learners: 0"),
        (HappeningKind.BUDGET_SET, "Sales", "limit: 150, learners: 0"),
        (HappeningKind.BUDGET_MOVED, "Support", "20 to Sales"),
    ]


# How many


def test_an_account_has_at_most_50_budgets() -> None:
    world = funded(500)
    for n in range(50):
        world.cap(f"Budget {n}", 1)
    no = refused(partial(world.cap, "One more", 1))
    assert (no.reason, no.facts) == (Reason.TOO_MANY_BUDGETS, {"most": 50})


def test_a_learner_is_in_at_most_five_budgets() -> None:
    world = funded(500)
    for n in range(5):
        world.cap(f"Budget {n}", 1, "lee")
    world.cap("Sales", 1, "mia")
    world.recap("Budget 4", limit=2)
    no = refused(partial(world.recap, "Sales", learners=("mia", "lee")))
    assert (no.reason, no.facts) == (Reason.TOO_MANY_BUDGETS, {"most": 5})


# Who


@pytest.mark.parametrize("role", [Role.BUYER, Role.FINANCE])
def test_only_owners_set_change_and_move(role: Role) -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    world.cap("Sales", 100)
    world.add("bob", role)
    for act in (
        partial(world.cap, "Own", 1, who="bob"),
        partial(world.recap, "Support", who="bob", limit=1),
        partial(world.transfer, "Support", "Sales", 1, who="bob"),
    ):
        assert refused(act, Forbidden).facts["roles"] == ["owner"]


@pytest.mark.parametrize(
    "act",
    [
        lambda world: world.cap("Own", 1, who="bob"),
        lambda world: world.recap("Support", "bob", limit=1),
        lambda world: world.transfer("Support", "Sales", 1, who="bob"),
    ],
)
def test_an_owner_who_was_removed_meanwhile_sets_nothing(act: Callable[[World], Any]) -> None:
    world = funded(600)
    world.cap("Support", 300, "lee")
    world.cap("Sales", 200, "mia")
    world.add_owner("bob")
    caps = world.caps()
    world.ledger.meanwhile.append(lambda: world.remove("bob"))
    assert refused(lambda: act(world), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    assert world.caps() == caps


def test_a_transfer_answers_what_is_left_of_both() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    world.cap("Sales", 200, "mia")
    world.redeem(60)
    source, target = world.budget("Support"), world.budget("Sales")
    said = Transfer(source_id=source.budget_id, target_id=target.budget_id, credits=40)
    both, _ = transfer(
        program_named(world.program, BEGIN), world.book(), world.caller("ann"), said, BEGIN
    )
    assert [(one.limit, one.left) for one in both] == [(260, 200), (240, 240)]


def test_owners_see_all_budgets_and_other_members_only_their_own() -> None:
    world = funded(500)
    world.add("bob", Role.FINANCE)
    world.cap("Support", 300, "bob", "lee")
    world.cap("Sales", 100, "mia")
    assert [each.name for each in world.budgets_of("ann")] == ["Sales", "Support"]
    (own,) = world.budgets_of("bob")
    assert (own.name, own.left, own.learners) == ("Support", 300, ("bob@acme.example",))
    assert refused(partial(world.budgets_of, "lee"), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
