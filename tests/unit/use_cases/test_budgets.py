"""Budgets: caps on who asks, never more in all than was bought."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import account_of, book_of, lot_of, refused
from tests.fakes.clock import BEGIN
from tests.unit.use_cases.conftest import funded
from tests.world import World, ready
from training_credits.domain.change import CountBudgets, CountVoided
from training_credits.domain.decisions import budgets as decisions
from training_credits.domain.errors import Reason, Stale
from training_credits.domain.model import Approval, Balance, Budget, OrderState
from training_credits.use_cases import budgets


def test_a_team_may_ask_for_no_more_than_its_budget_allows() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee", "mia")
    world.redeem(60, "lee")
    no = refused(partial(world.redeem, 41, "mia"))
    assert no.reason is Reason.BUDGET_EXCEEDED
    assert no.facts == {"budget": "Support", "credits": 41, "credits_possible": 40}
    world.redeem(40, "mia")
    assert world.caps() == {"Support": (100, 0)}


def test_who_is_in_no_budget_is_not_capped() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee")
    world.redeem(300, "mia")
    assert world.caps() == {"Support": (100, 100)}


def test_a_learner_in_two_budgets_counts_against_both_and_the_smaller_one_bounds() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee", "mia")
    world.cap("Lee", 30, "lee")
    assert refused(partial(world.redeem, 31, "lee")).facts["budget"] == "Lee"
    world.redeem(30, "lee")
    assert world.caps() == {"Support": (100, 70), "Lee": (30, 0)}


@pytest.mark.parametrize("approval", Approval)
def test_what_is_asked_for_counts_however_it_is_approved(approval: Approval) -> None:
    world = ready(approval)
    world.buy(500)
    world.cap("Support", 100, "lee")
    world.redeem(60)
    assert world.caps() == {"Support": (100, 40)}


def test_what_is_denied_or_cancelled_may_be_asked_for_again() -> None:
    world = funded(500)
    world.cap("Support", 100, "lee")
    world.deny(world.redeem(60))
    world.cancel(world.redeem(30))
    assert world.caps() == {"Support": (100, 100)}
    world.approve(world.redeem(20))
    assert world.caps() == {"Support": (100, 80)}


def test_what_was_counted_comes_back_to_where_it_was_counted() -> None:
    """Not to the budgets of whoever asked as they are when it comes back."""
    world = funded(500)
    world.cap("Support", 100, "lee")
    asked = world.redeem(60)
    world.recap("Support", learners=("mia",))
    world.cap("Lee", 50, "lee")
    world.deny(asked)
    assert world.caps() == {"Support": (100, 100), "Lee": (50, 50)}


def test_addresses_are_one_however_they_are_written() -> None:
    world = funded(500)
    lee = budgets.add(
        world.ledger,
        world.clock,
        world.intent("ann", "add_budget"),
        account_id=world.account,
        name="Lee",
        limit=10,
        learners=("Lee@Acme.example", "lee@acme.example"),
    )
    assert lee == world.budget("Lee").budget_id
    assert world.budget("Lee").learners == ("lee@acme.example",)
    assert refused(partial(world.redeem, 11)).reason is Reason.BUDGET_EXCEEDED


# The sum of the limits


def test_the_limits_together_are_never_more_than_was_bought() -> None:
    world = funded(500)
    world.cap("Support", 300, "lee")
    no = refused(partial(world.cap, "Sales", 201, "mia"))
    assert no.reason is Reason.BUDGETS_TOO_LARGE
    assert no.facts == {"budgeted": 300, "limit_possible": 200}
    world.cap("Sales", 200, "mia")
    assert refused(partial(world.recap, "Support", limit=301)).facts["limit_possible"] == 300
    assert world.book().account.budgeted == 500
    world.buy(1)
    world.recap("Support", limit=301)
    assert world.book().account.budgeted == 501


def test_what_has_been_spent_or_has_expired_was_bought_all_the_same() -> None:
    world = funded(500)
    world.redeem(400, "mia")
    world.clock.advance(world.book().lots[0].expires_at - world.clock())
    world.cap("Support", 500, "lee")
    assert world.caps() == {"Support": (500, 500)}


def test_what_a_lower_limit_sets_free_another_budget_may_have() -> None:
    world = funded(500)
    world.cap("Support", 500, "lee")
    world.recap("Support", limit=200)
    world.cap("Sales", 300, "mia")
    assert world.book().account.budgeted == 500


def entered(world: World, credits: int) -> str:
    """A lot that the vendor can take back."""
    order = world.place(credits, channel="assisted")
    for to in (OrderState.BOOKED, OrderState.ACTIVATED):
        world.move(order, to)
    return order


def test_an_order_is_not_voided_while_budgets_need_its_credits() -> None:
    world = ready(program="salesforce")
    wrong, _ = entered(world, 300), entered(world, 200)
    world.cap("Support", 201, "lee")
    void = partial(world.move, wrong, OrderState.CANCELLED, note="Entered twice.")
    no = refused(void)
    assert no.reason is Reason.BUDGETS_TOO_LARGE
    assert no.facts == {"budgeted": 201, "credits_possible": 200}
    world.recap("Support", limit=200)
    void()
    assert world.book().account.voided == 1
    assert refused(partial(world.recap, "Support", limit=201)).facts["limit_possible"] == 200


def test_a_book_that_knows_of_a_void_lot_and_shows_it_whole_is_read_again() -> None:
    lot = lot_of("L1", 500, BEGIN)
    torn = book_of(lot, account=account_of(voided=1))
    with pytest.raises(Stale):
        decisions.bought(torn)
    void = replace(lot, closed=True, balance=Balance(voided=500))
    whole = replace(torn, past=(void,))
    assert decisions.bought(whole) == 0  # although the lot was also read while it was open


def test_the_count_is_guarded_where_budgets_and_what_was_bought_meet() -> None:
    """A budget and a void, or two voids, each with too little left for the other."""
    book = book_of(
        lot_of("L1", 100, BEGIN),
        lot_of("L2", 100, BEGIN),
        account=account_of(budgeted=100),
        budgets=(Budget(budget_id="B1", name="All", limit=100, left=100),),
    )
    assert decisions.without(book, book.lots[0]) == CountVoided(expected=100, voided=0)
    program, ann = ready().rules, World().caller("ann")
    edit = decisions.BudgetEdit(limit=101)
    _, change = decisions.edit(program, book, ann, "B1", edit, BEGIN)
    assert change is not None
    assert CountBudgets(expected=100, change=1, voided=0) in change.writes
