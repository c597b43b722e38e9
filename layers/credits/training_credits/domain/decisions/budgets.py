"""Budgets: what a team, or one learner, may ask for, and never more in all than was bought.

They are caps. Setting one, or moving credits from one to another, changes no lot: whatever is
spent is drawn as ever, and ends with its lot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.noting import change_of, noted
from training_credits.domain.decisions.rights import still
from training_credits.domain.errors import NotFound, Reason, Refused, Stale
from training_credits.domain.model import (
    Book,
    Budget,
    Caller,
    HappeningKind,
    Lot,
    Permission,
    roles_of,
)
from training_credits.domain.program import Program

BUDGETS_MAX = 50
# Each is one more action of every transaction of a request.
BUDGETS_OF_ONE_MAX = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetEdit:
    """What of a budget is to change; None leaves a value as it is."""

    name: str | None = None
    limit: int | None = None
    learners: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """How many credits one budget gives another."""

    source_id: str
    target_id: str
    credits: int


def addresses(learners: Iterable[str]) -> tuple[str, ...]:
    """One spelling of each, once."""
    return tuple(sorted({learner.lower() for learner in learners}))


def seen(program: Program, book: Book, caller: Caller) -> tuple[Budget, ...]:
    """All of them, by name, for whoever may change them; everybody else sees those that cap them.

    And of these not whom else they cap.
    """
    email = caller.person.email
    roles = roles_of(book.account, book.member(email), caller)
    by_name = tuple(sorted(book.budgets, key=lambda each: (each.name.lower(), each.budget_id)))
    if program.may(roles, Permission.BUDGET):
        return by_name
    own = (email.lower(),)
    return tuple(replace(each, learners=own) for each in by_name if each.caps(email))


def add(program: Program, book: Book, caller: Caller, budget: Budget, now: datetime) -> c.Change:
    """One budget more."""
    if len(book.budgets) >= BUDGETS_MAX:
        raise _too_many(f"An account has at most {BUDGETS_MAX} budgets.", BUDGETS_MAX)
    return _changed(program, book, caller, budget, None, now)


def edit(
    program: Program, book: Book, caller: Caller, budget_id: str, said: BudgetEdit, now: datetime
) -> tuple[Budget, c.Change | None]:
    """Another name, limit, or other learners; None where it is so already.

    Learners are counted from now on: what they asked for before stays where it was counted.
    """
    was = found(book, budget_id)
    limit = was.limit if said.limit is None else said.limit
    after = Budget(
        budget_id=budget_id,
        name=said.name or was.name,
        limit=limit,
        left=was.left + limit - was.limit,
        learners=was.learners if said.learners is None else addresses(said.learners),
    )
    if after == was:
        return was, None
    if after.left < 0:
        raise _in_use(was, limit_possible=was.limit - was.left)
    return after, _changed(program, book, caller, after, was, now)


def transfer(
    program: Program, book: Book, caller: Caller, said: Transfer, now: datetime
) -> tuple[tuple[Budget, Budget], c.Change]:
    """What is left of one budget is allowed to another; no credit leaves its lot for it."""
    source = found(book, said.source_id)
    others = replace(book, budgets=tuple(each for each in book.budgets if each is not source))
    target = found(others, said.target_id)
    if source.left < said.credits:
        raise _in_use(source, credits_possible=source.left)
    given, taken = _plus(source, -said.credits), _plus(target, said.credits)
    detail = f"{said.credits} to {target.name}"
    return (given, taken), change_of(
        book.account,
        c.SetBudget(budget=given, was=source),
        c.SetBudget(budget=taken, was=target),
        noted(caller, HappeningKind.BUDGET_MOVED, now, about=source.name, detail=detail),
        *still(program, caller, Permission.BUDGET),
    )


def without(book: Book, lot: Lot) -> c.CountVoided:
    """The guard of a lot that becomes void: what is left still covers the budgets."""
    left = bought(book) - lot.credits
    if book.account.budgeted > left:
        raise Refused(
            Reason.BUDGETS_TOO_LARGE,
            "The budgets of the account would allow more than it has bought: lower them first.",
            budgeted=book.account.budgeted,
            credits_possible=left,
        )
    return c.CountVoided(expected=book.account.budgeted, voided=book.account.voided)


def bought(book: Book) -> int:
    """Credits ever bought and not taken back, in a book that was read down to past lots.

    A lot that was closed meanwhile may stand there twice: as it is now counts. A book that has
    the count of void lots and not yet the lots is read again.
    """
    lots = {lot.lot_id: lot for lot in (*book.lots, *book.past)}.values()
    counted = c.CountVoided(expected=book.account.budgeted, voided=book.account.voided)
    if sum(lot.balance.voided > 0 for lot in lots) < counted.voided:
        raise Stale(counted)
    return sum(lot.credits - lot.balance.voided - lot.balance.reissued for lot in lots)


def found(book: Book, budget_id: str) -> Budget:
    """A budget of this account."""
    for budget in book.budgets:
        if budget.budget_id == budget_id:
            return budget
    raise NotFound(Reason.BUDGET_NOT_FOUND, "The account has no such budget.")


def _changed(
    program: Program,
    book: Book,
    caller: Caller,
    after: Budget,
    was: Budget | None,
    now: datetime,
) -> c.Change:
    more = after.limit - (was.limit if was else 0)
    _check_sum(book, after, more)
    _check_learners(book, after)
    count = c.CountBudgets(expected=book.account.budgeted, change=more, voided=book.account.voided)
    return change_of(
        book.account,
        c.SetBudget(budget=after, was=was),
        *((count,) if more else ()),
        noted(caller, HappeningKind.BUDGET_SET, now, about=after.name, detail=_said(after)),
        *still(program, caller, Permission.BUDGET),
    )


def _check_sum(book: Book, after: Budget, more: int) -> None:
    """The limits together are never more than what was bought."""
    if more <= 0:
        return
    free = bought(book) - book.account.budgeted
    if more > free:
        raise Refused(
            Reason.BUDGETS_TOO_LARGE,
            "The budgets would allow more than the account has bought.",
            budgeted=book.account.budgeted,
            limit_possible=max(after.limit - more + free, 0),
        )


def _check_learners(book: Book, after: Budget) -> None:
    """Nobody is counted against more than a few."""
    others = [each for each in book.budgets if each.budget_id != after.budget_id]
    for learner in after.learners:
        if sum(each.caps(learner) for each in others) >= BUDGETS_OF_ONE_MAX:
            many = f"{learner} would be in more than {BUDGETS_OF_ONE_MAX} budgets."
            raise _too_many(many, BUDGETS_OF_ONE_MAX)


def _plus(budget: Budget, credits: int) -> Budget:
    return replace(budget, limit=budget.limit + credits, left=budget.left + credits)


def _said(after: Budget) -> str:
    """For the history: how much for how many, not for whom."""
    return f"limit: {after.limit}, learners: {len(after.learners)}"


def _too_many(detail: str, most: int) -> Refused:
    return Refused(Reason.TOO_MANY_BUDGETS, detail, most=most)


def _in_use(budget: Budget, **facts: int) -> Refused:
    return Refused(
        Reason.BUDGET_IN_USE,
        f"More of the budget {budget.name} was asked for already.",
        asked=budget.limit - budget.left,
        **facts,
    )
