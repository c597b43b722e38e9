"""Budgets: caps on what teams and learners may ask for, and transfers between them."""

from training_credits.edge import routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import budgets as use_cases

api = Api()


@api.on(routes.LIST_BUDGETS)
def list_budgets(call: Call[None]) -> schemas.BudgetList:
    """All of them, or those that cap the caller."""
    account = call.path["account"]
    return views.budgets(use_cases.listed(wiring.ledger(), wiring.clock, call.caller, account))


@api.on(routes.ADD_BUDGET)
def add_budget(call: Call[schemas.NewBudget]) -> str:
    """One more; a replay is the same one."""
    return use_cases.add(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda budget: views.encoded(views.budget(budget))),
        account_id=call.path["account"],
        name=call.body.name,
        limit=call.body.limit,
        learners=call.body.learners,
    )


@api.on(routes.EDIT_BUDGET)
def edit_budget(call: Call[schemas.BudgetEdit]) -> schemas.BudgetAnswer:
    """What is said, and nothing else."""
    body = call.body
    after = use_cases.edit(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        account_id=call.path["account"],
        budget_id=call.path["budget"],
        name=body.name,
        limit=body.limit,
        learners=body.learners,
    )
    return views.budget(after)


@api.on(routes.TRANSFER)
def transfer(call: Call[schemas.NewTransfer]) -> str:
    """Both budgets, as they were then."""
    body = call.body
    return use_cases.transfer(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda both: views.encoded(views.budgets(both))),
        account_id=call.path["account"],
        source_id=body.source,
        target_id=body.target,
        credits=body.credits,
    )


handler = api.handler()
