"""Writes of budgets."""

from dataclasses import dataclass

from training_credits.domain.model import Budget


@dataclass(frozen=True, kw_only=True, slots=True)
class SetBudget:
    """A budget, new or changed. Guard: it is as `was` says, but for what was asked for since.

    What is left moves with the limit, and never below nothing.
    """

    budget: Budget
    was: Budget | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UseBudget:
    """Counts credits against it. Guard: so many are left; negative ones give back, unguarded."""

    budget_id: str
    credits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CountBudgets:
    """Changes the sum of the limits. Guards: it is still `expected`, and no more lots are void."""

    expected: int
    change: int
    voided: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CountVoided:
    """One more lot is void. Guards: the sum of the limits is still `expected`.

    And no other lot has become void, which would leave less than was read.
    """

    expected: int
    voided: int
