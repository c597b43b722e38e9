"""Budgets."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import Route

LIST_BUDGETS = Route(
    method="GET",
    path="/v1/accounts/{account}/budgets",
    function="budgets",
    operation="listBudgets",
    summary="The budgets of an account, or those that cap the caller",
    answer=schemas.BudgetList,
)
ADD_BUDGET = Route(
    method="POST",
    path="/v1/accounts/{account}/budgets",
    function="budgets",
    operation="addBudget",
    summary="Cap what a team, or one learner, may ask for",
    body=schemas.NewBudget,
    answer=schemas.BudgetAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
EDIT_BUDGET = Route(
    method="PATCH",
    path="/v1/accounts/{account}/budgets/{budget}",
    function="budgets",
    operation="editBudget",
    summary="Change the name, the limit or the learners of a budget",
    body=schemas.BudgetEdit,
    answer=schemas.BudgetAnswer,
)
TRANSFER = Route(
    method="POST",
    path="/v1/accounts/{account}/budget-transfers",
    function="budgets",
    operation="transferBudget",
    summary="Move what is left of one budget to another",
    body=schemas.NewTransfer,
    answer=schemas.BudgetList,
    status=HTTPStatus.CREATED,
    keyed=True,
)
