"""How to come by each no that has to do with budgets."""

import json
from functools import partial

from tests.http.people import JSON
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.decisions import budgets
from training_credits.domain.errors import Reason


def exceeded(case: Case) -> Ask:
    made = case.rich("atlassian", 10)
    made.budgets("Lee", 5, made.learner)
    return partial(made.wants, 6)


def not_found(case: Case) -> Ask:
    made = case.rich("atlassian", 10)
    there = made.budgets("Team", 5)
    said = {"from": there, "to": "0" * 16, "credits": 1}
    return partial(made.owner.post, f"{made.path}/budget-transfers", said)


def too_large(case: Case) -> Ask:
    made = case.rich("atlassian", 10)
    made.budgets("Team", 5)
    return partial(made.owner.post, f"{made.path}/budgets", {"name": "More", "limit": 6})


def in_use(case: Case) -> Ask:
    made = case.rich("atlassian", 10)
    path = f"{made.path}/budgets/{made.budgets('Lee', 5, made.learner)}"
    assert made.wants(3).status == 201
    lower = json.dumps({"limit": 2})
    return partial(made.owner.send, "PATCH", path, lower, headers=(JSON,))


def too_many(case: Case) -> Ask:
    made = case.rich("atlassian", 10)
    made.budgets("Team", 5)
    case.patch.setattr(budgets, "BUDGETS_MAX", 1)
    return partial(made.owner.post, f"{made.path}/budgets", {"name": "More", "limit": 1})


SCENARIOS: dict[str, Scenario] = {
    Reason.BUDGET_EXCEEDED: exceeded,
    Reason.BUDGET_NOT_FOUND: not_found,
    Reason.BUDGETS_TOO_LARGE: too_large,
    Reason.BUDGET_IN_USE: in_use,
    Reason.TOO_MANY_BUDGETS: too_many,
}
