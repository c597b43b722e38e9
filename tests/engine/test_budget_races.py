"""Budgets that two people use, change, or take the ground from at once: one outcome each."""

import json
from functools import partial

import pytest

from tests.engine.crowd import Crowd, tally
from tests.http.people import JSON, Company, Reply, company, someone
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.engine
ROUNDS = 4


def caps(made: Company) -> dict[str, tuple[int, int]]:
    """Of each budget, limit and left."""
    listed = made.owner.get(f"{made.path}/budgets").json["budgets"]
    return {each["name"]: (each["limit"], each["left"]) for each in listed}


def limits(made: Company, budget: str, limit: int) -> Reply:
    path, said = f"{made.path}/budgets/{budget}", json.dumps({"limit": limit})
    return made.owner.send("PATCH", path, said, headers=(JSON,))


def moves(made: Company, source: str, target: str, credits: int) -> Reply:
    said = {"from": source, "to": target, "credits": credits}
    return made.owner.post(f"{made.path}/budget-transfers", said)


def sold(wire: Wire, *lots: int) -> tuple[Company, list[str]]:
    """Credits that the vendor can take back, order by order."""
    made = company(wire, program="salesforce")
    return made, [made.buys(credits)["order"] for credits in lots]


def test_the_last_credits_of_a_budget_are_asked_for_once(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme, mia = company(wire, credits=100), someone(wire, "mia")
        acme.budgets("Team", 10, acme.learner, mia)
        given = tally(crowd.all(partial(acme.wants, 6, who=who) for who in (acme.learner, mia)))
        assert given == {201: 1, Reason.BUDGET_EXCEEDED: 1}
        assert caps(acme) == {"Team": (10, 4)}
        (asked,) = acme.owner.get(f"{acme.path}/redemptions").json["requests"]
        assert acme.decides("deny", asked["redemption"]).status == 200
        assert caps(acme) == {"Team": (10, 10)}


def test_a_limit_is_lowered_or_the_credits_are_asked_for(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, credits=100)
        team = acme.budgets("Team", 10, acme.learner)
        given = tally(crowd.all([partial(acme.wants, 6), partial(limits, acme, team, 5)]))
        assert given in (
            {201: 1, Reason.BUDGET_IN_USE: 1},
            {200: 1, Reason.BUDGET_EXCEEDED: 1},
        )
        assert caps(acme)["Team"] == ((10, 4) if 201 in given else (5, 5))


def test_a_limit_is_raised_or_the_lot_it_needs_is_void(wire: Wire, crowd: Crowd) -> None:
    for n in range(ROUNDS):
        acme, (wrong, _) = sold(wire, 10, 10)
        team = acme.budgets("Team", 10)
        void = partial(acme.moves, wrong, "cancelled", note="Entered twice.")
        both = [partial(limits, acme, team, 15), void]
        given = tally(crowd.all(both[:: (-1) ** n]))  # one begins, then the other
        assert given == {200: 1, Reason.BUDGETS_TOO_LARGE: 1}
        assert caps(acme)["Team"][0] + acme.balance()["voided"] in {15, 20}


def test_of_two_lots_that_budgets_need_one_is_void(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme, orders = sold(wire, 10, 10)
        acme.budgets("Team", 10)
        note = "Entered twice."
        given = tally(crowd.all(partial(acme.moves, o, "cancelled", note=note) for o in orders))
        assert given == {200: 1, Reason.BUDGETS_TOO_LARGE: 1}
        assert acme.balance()["voided"] == 10


def test_two_budgets_do_not_both_take_the_last_free_credits(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, credits=10)
        said = ({"name": name, "limit": 6} for name in ("Support", "Sales"))
        made = crowd.all(partial(acme.owner.post, f"{acme.path}/budgets", body) for body in said)
        assert tally(made) == {201: 1, Reason.BUDGETS_TOO_LARGE: 1}
        assert [*caps(acme).values()] == [(6, 6)]


def test_two_transfers_at_once_move_what_is_there_once(wire: Wire, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, credits=30)
        one, two, three = (acme.budgets(name, 10) for name in ("One", "Two", "Three"))
        given = tally(crowd.all(partial(moves, acme, one, to, 6) for to in (two, three)))
        assert given == {201: 1, Reason.BUDGET_IN_USE: 1}
        assert sorted(caps(acme).values()) == [(4, 4), (10, 10), (16, 16)]


def test_transfers_that_cross_are_both_made_and_change_nothing_in_all(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, credits=30)
        one, two = (acme.budgets(name, 10) for name in ("One", "Two"))
        there, back = partial(moves, acme, one, two, 3), partial(moves, acme, two, one, 2)
        assert tally(crowd.all([there, back])) == {201: 2}
        assert caps(acme) == {"One": (9, 9), "Two": (11, 11)}


def test_a_transfer_sent_twice_at_once_moves_once(wire: Wire, crowd: Crowd) -> None:
    acme = company(wire, credits=30)
    said = {"from": acme.budgets("One", 10), "to": acme.budgets("Two", 10), "credits": 3}
    path = f"{acme.path}/budget-transfers"
    first, second = crowd.all([partial(acme.owner.post, path, said, "the-same-key")] * 2)
    assert (first.status, first.body) == (second.status, second.body)
    assert caps(acme) == {"One": (7, 7), "Two": (13, 13)}
