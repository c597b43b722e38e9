"""The simulator's model, held to the worked examples of the rules."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.proof.simulator.model import Model, months_on
from tests.proof.simulator.operations import Answer, Op

BEGIN = datetime(2026, 2, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Told:
    """A model, and operations that get a name and an instant by themselves."""

    def __init__(self) -> None:
        self.model, self.now, self.count = Model(), BEGIN, 0

    def __call__(self, kind: str, account: str, **more: Any) -> Answer:
        self.count += 1
        self.now += timedelta(seconds=1)
        op = Op(name=f"op{self.count}", kind=kind, at=self.now, account=account, **more)
        return self.model.apply(op)

    def has(self, lot: str) -> dict[str, int]:
        balance = self.model.balance(self.model.lots[lot], self.now)
        return {state: credits for state, credits in balance.items() if credits}


@pytest.fixture
def told() -> Told:
    return Told()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("account", "bought", "shown", "dead"),
    [
        ("a1", "2026-02-10T12:00:00Z", date(2027, 2, 10), "2027-02-11T00:00:00Z"),
        ("a1", "2028-02-29T12:00:00Z", date(2029, 2, 28), "2029-03-01T00:00:00Z"),
        ("c1", "2026-01-15T12:00:00Z", date(2027, 1, 15), "2027-01-15T00:01:00-08:00"),
        ("c1", "2027-06-01T12:00:00Z", date(2028, 5, 31), "2028-05-31T00:01:00-07:00"),
        ("s1", "2026-07-01T12:00:00Z", date(2027, 7, 1), "2027-07-02T00:00:00-07:00"),
    ],
)
def test_lots_end_as_the_examples_of_the_rules_say(
    told: Told, account: str, bought: str, shown: date, dead: str
) -> None:
    told.now = at(bought)
    told("grant", account, credits=10)
    assert (told.model.lots["op1"].on, told.model.lots["op1"].ends) == (shown, at(dead))


def test_months_are_counted_to_the_same_day_or_to_the_last_of_the_month() -> None:
    assert months_on(date(2027, 3, 1), 6) == date(2027, 9, 1)
    assert months_on(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_of_two_that_wait_for_more_than_there_is_the_first_is_paid(told: Told) -> None:
    told("grant", "a2", credits=500)
    asked = [told("redeem", "a2", who="lee", credits=300).state for _ in range(2)]
    assert asked == ["pending", "pending"]
    assert told("approve", "a2", requests=("op2", "op3")).code == "insufficient_credits"
    assert told("approve", "a2", request="op2").state == "approved"
    assert told("approve", "a2", request="op3").code == "insufficient_credits"
    assert told("approve", "a2", requests=("op2", "op3")).code == "insufficient_credits"
    assert told("deny", "a2", requests=("op2", "op3")).each == ("already_decided", "denied")
    assert told.has("op1") == {"available": 200, "redeemed": 300}


def test_the_lot_that_ends_first_pays_first(told: Told) -> None:
    told("grant", "a1", credits=500)
    told.now += 100 * DAY
    told("grant", "a1", credits=1_000)
    told("redeem", "a1", who="kim", credits=600)
    assert told.has("op1") == {"redeemed": 500}
    assert told.has("op2") == {"redeemed": 100, "available": 900}


def test_what_is_held_when_its_lot_ends_is_spent_or_expires(told: Told) -> None:
    told("grant", "c2", credits=100)
    told.now += 330 * DAY
    for _ in range(2):
        told("redeem", "c2", who="lee", lot="op1", credits=30)
    told.now = told.model.lots["op1"].ends
    assert told("redeem", "c2", who="lee", lot="op1", credits=1).code == "credits_expired"
    assert told("approve", "c2", request="op2").state == "approved"
    assert told("cancel", "c2", who="lee", request="op3").state == "cancelled"
    assert told.has("op1") == {"expired": 70, "redeemed": 30}


def test_a_remainder_is_reissued_once_around_its_end_and_planned_whole(told: Told) -> None:
    told("grant", "c2", credits=22)
    ends = told.model.lots["op1"].ends
    told.now = ends - 61 * DAY
    assert told("ask", "c2", to="reissue", lot="op1", credits=22).code == "outside_window"
    told.now = ends + 60 * DAY
    assert told("ask", "c2", to="reissue", lot="op1", credits=15).code == "plan_incomplete"
    assert told("ask", "c2", to="reissue", lot="op1", credits=22).state == "submitted"
    assert told("answer", "c2", who="olga", case="op4", to="approved").code == "case_moved"
    told("answer", "c2", who="olga", case="op4", to="in_review")
    assert told("answer", "c2", who="olga", case="op4", to="approved").state == "approved"
    assert (told.has("op1"), told.has("op7")) == ({"reissued": 22}, {"available": 22})
    assert told("ask", "c2", to="reissue", lot="op7", credits=22).code == "reissue_limit"
    assert told("redeem", "c2", who="lee", lot="op1", credits=22).state == "pending"


def test_what_comes_back_to_an_extended_lot_is_extended_too(told: Told) -> None:
    told("grant", "a1", credits=10)
    told("redeem", "a1", who="lee", credits=3, reserve=True)
    for came_back, left in ((False, 7), (True, 3)):
        if came_back:
            told("cancel", "a1", who="lee", request="op2")
        told("ask", "a1", to="extension", lot="op1", days=30)
        case = f"op{told.count}"
        told("answer", "a1", who="olga", case=case, to="in_review")
        assert told("answer", "a1", who="olga", case=case, to="approved").state == "approved"
        assert told.has(f"op{told.count}") == {"available": left}
    assert told.has("op1") == {"reissued": 10}


def test_what_a_dispute_brings_back_is_dead_with_its_lot(told: Told) -> None:
    told("grant", "s1", credits=50)
    told.now = told.model.lots["op1"].ends - DAY
    told("redeem", "s1", who="lee", lot="op1", credits=20)
    told("fulfil", "s1", who="olga", request="op2")
    told.now += 30 * DAY
    assert told("ask", "s1", to="dispute", request="op2").state == "open"
    assert told("answer", "s1", who="ann", case="op4", to="upheld").code == "not_permitted"
    told("answer", "s1", who="olga", case="op4", to="in_review")
    told("answer", "s1", who="olga", case="op4", to="upheld")
    assert told.has("op1") == {"expired": 50}


def test_a_budget_and_seats_are_free_again_when_nothing_came_of_it(told: Told) -> None:
    told("grant", "a3", credits=900)
    told("redeem", "a3", who="kim", credits=299)
    assert told("book", "a3", who="kim", credits=3).code == "budget_exceeded"
    told("cancel", "a3", who="kim", request="op2")
    told("book", "a3", who="kim", credits=3)
    told("approve", "a3", request="op5")
    told("grant", "a1", credits=90)
    asked = [told("book", "a1", who="lee", credits=3) for _ in range(4)]
    assert [each.code for each in asked] == [None, None, None, "session_full"]
    told("return", "a3", who="kim", request="op5")
    assert told("book", "a1", who="lee", credits=3).state == "approved"


def test_every_fair_refusal_is_named_and_a_refusal_changes_nothing(told: Told) -> None:
    told("grant", "a3", credits=10)
    before = deepcopy((told.model.lots, told.model.requests))
    assert told("redeem", "a3", who="kim", credits=301).code == "insufficient_credits"
    assert told.model.fair == {"insufficient_credits", "budget_exceeded"}
    assert (told.model.lots, told.model.requests) == before


def test_to_a_learner_the_request_of_another_does_not_exist(told: Told) -> None:
    told("grant", "a1", credits=10)
    told("redeem", "a1", who="lee", credits=3)
    assert told("return", "a1", who="kim", request="op2").code == "redemption_not_found"
    assert told("fulfil", "a1", who="olga", request="op2").state == "delivered"
    assert told("look", "a1", who="stranger").code == "account_not_found"
