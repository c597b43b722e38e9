"""Writes of spending beside the requests themselves: vouchers, budgets."""

from typing import Any

from training_credits.domain import change as c
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import (
    AccountItem,
    BudgetItem,
    RedemptionItem,
    VoucherItem,
)
from training_credits.dynamodb.steps.base import (
    ABSENT,
    PRESENT,
    Step,
    account,
    as_read,
    set_or_remove,
)
from training_credits.dynamodb.steps.credits import lines_as_read

Write = (
    c.IssueVoucher
    | c.MoveVoucher
    | c.ExportVouchers
    | c.SetBudget
    | c.UseBudget
    | c.CountBudgets
    | c.CountVoided
)


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    match write:
        case c.IssueVoucher(voucher=voucher):
            item = VoucherItem.of(voucher, pk=account(change), sk=keys.voucher(voucher))
            return Step(write=write, item=item, guard=ABSENT)
        case c.MoveVoucher():
            return _moved(change, write)
        case c.ExportVouchers(was=was, at=at):
            request = RedemptionItem(pk=account(change), sk=keys.redemption(was.redemption_id))
            never = RedemptionItem.exported_at.does_not_exist()
            out = [RedemptionItem.exported_at.set(at)]
            guard = lines_as_read(was) & never
            return Step(write=write, item=request, guard=guard, actions=out)
        case c.SetBudget():
            return _set(change, write)
        case c.UseBudget(budget_id=budget_id, credits=credits):
            budget = BudgetItem(pk=account(change), sk=keys.budget(budget_id))
            guard = PRESENT if credits < 0 else BudgetItem.left >= credits
            fewer = [BudgetItem.left.set(BudgetItem.left - credits)]
            return Step(write=write, item=budget, guard=guard, actions=fewer)
        case c.CountBudgets() | c.CountVoided():
            return _counted(change, write)


def _moved(change: c.Change, write: c.MoveVoucher) -> Step:
    was, after = write.was, write.voucher
    held = VoucherItem.holder
    guard: Any = (VoucherItem.state == was.state) & as_read(held, was.holder)
    actions = [VoucherItem.state.set(after.state), set_or_remove(held, after.holder)]
    item = VoucherItem(pk=account(change), sk=keys.voucher(after))
    return Step(write=write, item=item, guard=guard, actions=actions)


def _set(change: c.Change, write: c.SetBudget) -> Step:
    budget, was = write.budget, write.was
    place = keys.budget(budget.budget_id)
    if was is None:
        made = BudgetItem.of(budget, pk=account(change), sk=place, book=place)
        return Step(write=write, item=made, guard=ABSENT)
    more = budget.limit - was.limit
    guard: Any = (BudgetItem.limit == was.limit) & (BudgetItem.left >= -more)
    guard &= (BudgetItem.name == was.name) & (BudgetItem.learners == was.learners)
    actions = [
        BudgetItem.name.set(budget.name),
        BudgetItem.learners.set(budget.learners),
        BudgetItem.limit.set(budget.limit),
        BudgetItem.left.set(BudgetItem.left + more),
    ]
    item = BudgetItem(pk=account(change), sk=place)
    return Step(write=write, item=item, guard=guard, actions=actions)


def _counted(change: c.Change, write: c.CountBudgets | c.CountVoided) -> Step:
    """On the header, where both meet: budgets grow, or what was bought shrinks, never both."""
    item = AccountItem(pk=account(change), sk=keys.ACCOUNT)
    guard: Any = PRESENT & _still(AccountItem.budgeted, write.expected)
    guard &= _still(AccountItem.voided, write.voided)
    if isinstance(write, c.CountVoided):
        more = [AccountItem.voided.set(write.voided + 1)]
    else:
        more = [AccountItem.budgeted.set(write.expected + write.change)]
    return Step(write=write, item=item, guard=guard, actions=more)


def _still(count: Any, expected: int) -> Any:
    """A header of before there were budgets has no such count."""
    same = count == expected
    return same if expected else (same | count.does_not_exist())
