"""Budgets as they are answered."""

from collections.abc import Iterable

from training_credits.domain import model
from training_credits.edge import schemas


def budget(value: model.Budget) -> schemas.BudgetAnswer:
    """One budget."""
    return schemas.BudgetAnswer(
        budget=value.budget_id,
        name=value.name,
        limit=value.limit,
        left=value.left,
        learners=value.learners,
    )


def budgets(values: Iterable[model.Budget]) -> schemas.BudgetList:
    """Several."""
    return schemas.BudgetList(budgets=tuple(budget(value) for value in values))
