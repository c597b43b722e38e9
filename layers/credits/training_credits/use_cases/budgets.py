"""Budgets: set, changed, moved between, and seen."""

from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import budgets as decisions
from training_credits.domain.decisions.budgets import BudgetEdit, Transfer
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.identity import derived
from training_credits.domain.model import Book, Budget, Caller, Permission
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


def add(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    name: str,
    limit: int,
    learners: tuple[str, ...],
) -> str:
    """One budget more; its id comes from the caller and the key."""
    caller = intent.caller
    budget = Budget(
        budget_id=derived("budget", account_id, caller.person.subject, intent.key),
        name=name,
        limit=limit,
        left=limit,
        learners=decisions.addresses(learners),
    )

    def decide(now: datetime) -> tuple[Budget, Change]:
        program, book = _budgeted(ledger, caller, account_id, now)
        return budget, decisions.add(program, book, caller, budget, now)

    return carry_out(ledger, clock, intent, decide)


def edit(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    *,
    account_id: str,
    budget_id: str,
    name: str | None,
    limit: int | None,
    learners: tuple[str, ...] | None,
) -> Budget:
    """Another name, limit, or other learners; the budget as it is afterwards."""
    said = BudgetEdit(name=name, limit=limit, learners=learners)

    def attempt(now: datetime) -> Budget:
        program, book = _budgeted(ledger, caller, account_id, now)
        after, change = decisions.edit(program, book, caller, budget_id, said, now)
        if change is not None:
            ledger.commit(change)
        return after

    return until_fresh(clock, attempt)


def transfer(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    source_id: str,
    target_id: str,
    credits: int,
) -> str:
    """Credits of one budget are allowed to another; both as they are afterwards."""
    said = Transfer(source_id=source_id, target_id=target_id, credits=credits)

    def decide(now: datetime) -> tuple[tuple[Budget, Budget], Change]:
        program, book = _budgeted(ledger, intent.caller, account_id, now)
        return decisions.transfer(program, book, intent.caller, said, now)

    return carry_out(ledger, clock, intent, decide)


def listed(ledger: Ledger, clock: Clock, caller: Caller, account_id: str) -> tuple[Budget, ...]:
    """All of them for whoever may change them; everybody else sees their own."""
    book = ledger.book(caller.program, account_id, Depth.MEMBERS)
    program = program_named(caller.program, clock())
    return decisions.seen(program, check_book(program, book, caller, Permission.READ), caller)


def _budgeted(
    ledger: Ledger, caller: Caller, account_id: str, now: datetime
) -> tuple[Program, Book]:
    """Down to past lots, for what was bought counts when it has ended, too."""
    program = program_named(caller.program, now)
    book = ledger.book(caller.program, account_id, Depth.PAST)
    return program, check_book(program, book, caller, Permission.BUDGET)
