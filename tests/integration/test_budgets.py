"""Budgets at the API: who sets them, who sees what, and what they leave alone."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.http.people import JSON, Company, Reply, Who, company, someone
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from training_credits.domain.errors import Reason
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import AccountItem
from training_credits.edge.problems import BadInput


@pytest.fixture
def acme(wire: Wire) -> Company:
    return company(wire, credits=1_000)


def edits(who: Who, path: str, **said: Any) -> Reply:
    return who.send("PATCH", path, json.dumps(said), headers=(JSON,))


def moves(made: Company, source: str, target: str, credits: int, key: str | None = None) -> Reply:
    said = {"from": source, "to": target, "credits": credits}
    return made.owner.post(f"{made.path}/budget-transfers", said, key)


def test_a_team_spends_within_its_budget_and_is_told_what_is_left(acme: Company) -> None:
    mia = someone(acme.owner.wire, "mia")
    acme.adds(mia, "buyer")
    team = [acme.learner.email, mia.email]
    said = {"name": "Support", "limit": 100, "learners": [mia.email.upper(), *team]}
    made = acme.owner.post(f"{acme.path}/budgets", said)
    assert made.status == 201
    answer = {"name": "Support", "limit": 100, "left": 100, "learners": sorted(team)}
    assert made.json == {"budget": made.json["budget"], **answer}
    assert acme.wants(60).status == 201
    no = acme.wants(41, who=mia)
    assert (no.status, no.code) == (422, Reason.BUDGET_EXCEEDED)
    assert (no.json["budget"], no.json["credits_possible"]) == ("Support", 40)
    (own,) = mia.get(f"{acme.path}/budgets").json["budgets"]
    assert own == made.json | {"left": 40, "learners": [mia.email]}
    (all_of_it,) = acme.owner.get(f"{acme.path}/budgets").json["budgets"]
    assert all_of_it == made.json | {"left": 40}


def test_what_is_denied_is_left_again(acme: Company) -> None:
    acme.budgets("Lee", 10, acme.learner)
    asked = acme.wants(10).json["redemption"]
    assert acme.decides("deny", asked).status == 200
    assert acme.wants(10).status == 201


def test_a_member_who_may_not_sees_no_budget_of_others_and_changes_none(acme: Company) -> None:
    fay = someone(acme.owner.wire, "fay")
    acme.adds(fay, "finance")
    path = f"{acme.path}/budgets/{acme.budgets('Lee', 10, acme.learner)}"
    assert fay.get(f"{acme.path}/budgets").json == {"budgets": []}
    no = edits(fay, path, limit=20)
    assert (no.status, no.code) == (403, Reason.NOT_PERMITTED)
    assert (no.json["needed"], no.json["roles"]) == ("budget", ["owner"])
    assert acme.learner.get(f"{acme.path}/budgets").code == Reason.ACCOUNT_NOT_FOUND


def test_only_what_is_said_changes(acme: Company) -> None:
    path = f"{acme.path}/budgets/{acme.budgets('Lee', 10, acme.learner)}"
    assert acme.wants(4).status == 201
    raised = edits(acme.owner, path, limit=20).json
    assert (raised["name"], raised["limit"], raised["left"]) == ("Lee", 20, 16)
    renamed = edits(acme.owner, path, name="Nobody", learners=[]).json
    assert renamed == {"budget": raised["budget"], "name": "Nobody", "limit": 20, "left": 16}
    assert edits(acme.owner, path).json == renamed
    assert acme.wants(100).status == 201


def test_a_transfer_leaves_lots_and_their_ends_alone_and_a_retry_moves_nothing(
    acme: Company, dump: Dumps
) -> None:
    one, two = acme.budgets("One", 600), acme.budgets("Two", 400)
    lots = [item for item in dump().values() if item["kind"] == "lot"]
    first = moves(acme, one, two, 250, "the-same-key")
    assert first.status == 201
    left = [(each["name"], each["limit"], each["left"]) for each in first.json["budgets"]]
    assert left == [("One", 350, 350), ("Two", 650, 650)]
    again = moves(acme, one, two, 250, "the-same-key")
    assert (again.status, again.body) == (201, first.body)
    assert [item for item in dump().values() if item["kind"] == "lot"] == lots
    lines = acme.owner.get(f"{acme.path}/history").json["happenings"][-3:]
    assert [line["kind"] for line in lines] == ["budget_set", "budget_set", "budget_moved"]


def test_a_budget_gives_nothing_to_itself_nor_more_than_is_left(acme: Company) -> None:
    one, two = acme.budgets("One", 10), acme.budgets("Two", 10)
    no = moves(acme, one, one, 1)
    assert (no.status, no.code) == (404, Reason.BUDGET_NOT_FOUND)
    no = moves(acme, one, two, 11)
    assert (no.status, no.code) == (422, Reason.BUDGET_IN_USE)


def test_a_budget_of_another_account_is_not_there(acme: Company, wire: Wire) -> None:
    other = company(wire, credits=10)
    theirs = other.budgets("Theirs", 10)
    no = edits(acme.owner, f"{acme.path}/budgets/{theirs}", limit=1)
    assert (no.status, no.code) == (404, Reason.BUDGET_NOT_FOUND)
    assert moves(acme, acme.budgets("Own", 10), theirs, 1).code == Reason.BUDGET_NOT_FOUND


def test_a_limit_outlives_the_lots_it_was_bought_with(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was bought was bought; there is only nothing to spend."""
    acme.budgets("Lee", 1_000, acme.learner)
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(int(timedelta(days=400).total_seconds())))
    assert acme.wants(1).code == Reason.CREDITS_EXPIRED
    (budget,) = acme.owner.get(f"{acme.path}/budgets").json["budgets"]
    assert budget["left"] == 1_000


def test_more_learners_than_a_hundred_are_not_understood(acme: Company) -> None:
    crowd = [f"lee{n}@acme.example" for n in range(101)]
    said = {"name": "All", "limit": 1, "learners": crowd}
    no = acme.owner.post(f"{acme.path}/budgets", said)
    assert (no.status, no.code) == (400, BadInput.OUT_OF_RANGE)
    assert acme.owner.post(f"{acme.path}/budgets", said | {"learners": crowd[1:]}).status == 201


def test_an_account_of_before_there_were_budgets_has_them_from_now_on(wire: Wire) -> None:
    """Its header has no count of them, nor of void lots."""
    made = company(wire, program="salesforce", credits=10)
    wrong = made.buys(10)["order"]
    header = AccountItem(pk=keys.account(made.program, made.account), sk=keys.ACCOUNT)
    header.update(actions=[AccountItem.budgeted.remove(), AccountItem.voided.remove()])
    made.budgets("First", 10)
    assert made.moves(wrong, "cancelled", note="Entered twice.").status == 200
    assert made.balance()["available"] == 10
