"""Budgets: what a team, or one learner, may ask for."""

from typing import Annotated

from msgspec import Meta, field

from training_credits.edge.schemas.base import (
    CREDITS_MAX,
    Answer,
    Credits,
    Email,
    Name,
    Request,
    Token,
)

Learners = Annotated[tuple[Email, ...], Meta(max_length=100)]


class NewBudget(Request, frozen=True, kw_only=True):
    """What `learners` may ask for, by the addresses they sign in with: one of them, or a team."""

    name: Name
    limit: Credits
    learners: Learners = ()


class BudgetEdit(Request, frozen=True, kw_only=True):
    """What is left out stays as it is. With a limit of 0 nothing more can be asked for."""

    name: Name | None = None
    limit: Annotated[int, Meta(ge=0, le=CREDITS_MAX)] | None = None
    learners: Learners | None = None


class NewTransfer(Request, frozen=True, kw_only=True):
    """Credits that are left of one budget, for another."""

    source: Token = field(name="from")
    target: Token = field(name="to")
    credits: Credits


class BudgetAnswer(Answer, frozen=True, kw_only=True):
    """A budget; `left` of its `limit` may still be asked for.

    Whoever may not change it sees no other learners than themselves.
    """

    budget: str
    name: str
    limit: int
    left: int
    learners: tuple[str, ...] = ()


class BudgetList(Answer, frozen=True, kw_only=True):
    """Budgets of an account."""

    budgets: tuple[BudgetAnswer, ...]
