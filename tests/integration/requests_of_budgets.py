"""What is asked about budgets, and how much of AWS each may ask for."""

from collections.abc import Callable

from tests.http.people import JSON, Company, Reply, someone

READ = {"Query": 1}
ONE = {"Query": 1, "TransactWriteItems": 1}
SPENT = {"BatchGetItem": 1, **ONE}


def capped(made: Company) -> Reply:
    path = f"{made.path}/budgets/{made.budgets('Team', 1)}"
    return made.owner.send("PATCH", path, '{"limit": 2}', headers=(JSON,))


def transferred(made: Company) -> Reply:
    said = {"from": made.budgets("Later", 1), "to": made.budgets("Team", 1), "credits": 1}
    return made.owner.post(f"{made.path}/budget-transfers", said)


def within_a_budget(made: Company) -> Reply:
    mia = someone(made.owner.wire, "mia", program=made.program)
    made.budgets("Mia", 1, mia)
    return made.wants(who=mia)


ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "listBudgets": (lambda made: made.owner.get(f"{made.path}/budgets"), READ),
    "addBudget": (
        lambda made: made.owner.post(f"{made.path}/budgets", {"name": "Team", "limit": 1}),
        ONE,
    ),
    "editBudget": (capped, ONE),
    "transferBudget": (transferred, ONE),
    "redeem, with a budget": (within_a_budget, SPENT),
}
