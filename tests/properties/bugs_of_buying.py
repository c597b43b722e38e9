"""Bugs planted into buying, sharing and belonging, for the machine to find."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fakes import memory_codes, memory_places, memory_rows
from tests.properties.bugs_of_spending import Bug
from tests.properties.machine import (
    Belonging,
    Buying,
    BuyingToday,
    Spending,
    SpendingToday,
)
from training_credits.domain import change as c
from training_credits.domain.decisions import (
    approval,
    codes,
    lots,
    orders,
    payments,
    people,
    settling,
    steps,
)
from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import Code, Lot, Opened, Order, OrderState
from training_credits.use_cases import orders as moving


def guard_lost(patch: pytest.MonkeyPatch, rows: type, *kinds: type) -> None:
    """The table writes these whatever it holds."""
    holds = rows.holds  # type: ignore[attr-defined]

    def holding(self: Any, *args: Any) -> bool:
        return isinstance(args[-1], kinds) or holds(self, *args)

    patch.setattr(rows, "holds", holding)


def without(patch: pytest.MonkeyPatch, module: Any, name: str, *kinds: type) -> None:
    """A decision that forgets these writes."""
    true_decision: Callable[..., Any] = getattr(module, name)

    def forgetful(*args: Any, **more: Any) -> Any:
        decided = true_decision(*args, **more)
        change = decided[1] if isinstance(decided, tuple) else decided
        left = replace(change, writes=tuple(w for w in change.writes if not isinstance(w, kinds)))
        return (decided[0], left) if isinstance(decided, tuple) else left

    patch.setattr(module, name, forgetful)


# Orders and payments.


def money_of_a_withdrawn_order_lost(patch: pytest.MonkeyPatch) -> None:
    """What is paid for an order that was withdrawn a moment before comes to nothing."""
    settle = payments.settle

    def settled(program: Any, order: Order, **facts: Any) -> Any:
        if order.state is OrderState.CANCELLED:
            raise Conflict(Reason.ORDER_MOVED, "Too late.")
        return settle(program, order, **facts)

    patch.setattr(payments, "settle", settled)


def order_moved_by_two(patch: pytest.MonkeyPatch) -> None:
    """The table does not ask whether an order is still as it was read."""
    guard_lost(patch, memory_rows.Rows, c.MoveOrder)


def withdrawal_becomes_a_void(patch: pytest.MonkeyPatch) -> None:
    """Who withdraws what is paid meanwhile takes the credits away."""
    patch.setattr(moving, "_check_same", lambda *_: None)


def booked_when_the_card_failed(patch: pytest.MonkeyPatch) -> None:
    """Whatever the provider says is taken for money."""
    patch.setattr(payments, "failed", lambda *args: _booked(*args[:2]))


def _booked(program: Any, order: Order) -> Any:
    now = order.trail[-1].at
    after = steps.stepped(order, OrderState.PAID, order.trail[-1].on, "nobody", now)
    after, granted = steps.finished(program, after, after.trail[-1].on, "nobody", now, "")
    return after, steps.change(program, order, steps.due(program, after), *granted)


def discount_forgotten(patch: pytest.MonkeyPatch) -> None:
    """The lot says that it was bought at list price."""
    grant = lots.grant

    def granted(*args: Any) -> Lot:
        lot = grant(*args)
        return replace(lot, paid_minor=lot.face_minor)

    patch.setattr(lots, "grant", granted)


def paid_value_rounded(patch: pytest.MonkeyPatch) -> None:
    """Each part is rounded by itself, by what one credit cost."""

    def paid_for(self: Lot, credits: int) -> int:
        return round(self.paid_minor / self.credits) * credits

    patch.setattr(Lot, "paid_for", paid_for)


def one_operator_is_enough(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(orders, "made_alone", lambda *_: ())


def number_of_two_orders(patch: pytest.MonkeyPatch) -> None:
    """The table gives a sales order number to whoever comes last."""
    guard_lost(patch, memory_places.Places, c.TakeSalesOrder)


def quote_that_never_ends(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(orders, "check_price_stands", lambda *_: None)


def order_left_on_the_worklist(patch: pytest.MonkeyPatch) -> None:
    """Nobody takes a withdrawn order off the list of what waits."""
    patch.setattr(orders, "due", lambda _, order: order)


# Codes.


def limit_only_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Only the decision knows the limit of a code: two at once go beyond it."""
    patch.setattr(memory_codes.Cards, "_within", lambda *_: True)


def use_after_the_end(patch: pytest.MonkeyPatch) -> None:
    """Only the decision looks whether a code has ended."""
    patch.setattr(memory_codes.Cards, "_works", lambda *_: True)


def use_never_given_back(patch: pytest.MonkeyPatch) -> None:
    """What was denied stays counted against the limits of its code."""
    patch.setattr(settling, "given_back", lambda *_: ())


def use_not_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decisions, "_uses", lambda *_: ())


def replaced_text_opens_for_ever(patch: pytest.MonkeyPatch) -> None:
    """The text before has no end."""

    def opens(code: Code, opened: Opened, _: datetime) -> bool:
        return opened.digest in (code.digest, code.previous)

    patch.setattr(codes, "_opens", opens)


def grace_for_all(patch: pytest.MonkeyPatch) -> None:
    """The text before works for a day, whatever was asked."""
    rotate = codes.rotate

    def rotated(*args: Any, grace: timedelta, **more: Any) -> Any:
        return rotate(*args, grace=max(grace, timedelta(days=1)), **more)

    patch.setattr(codes, "rotate", rotated)


# People.


def seat_kept(patch: pytest.MonkeyPatch) -> None:
    """Who was removed still has the account on their list."""
    without(patch, people, "remove", c.LeaveSeat)


def member_without_a_seat(patch: pytest.MonkeyPatch) -> None:
    without(patch, people, "join", c.TakeSeat)


def owner_not_counted(patch: pytest.MonkeyPatch) -> None:
    without(patch, people, "join", c.OwnerCount)


def joined_after_all(patch: pytest.MonkeyPatch) -> None:
    """Who was removed while signing in is in all the same."""
    guard_lost(patch, memory_rows.Rows, c.Join)
    guard_lost(patch, memory_places.Places, c.Join)


def owner_of_two_accounts(patch: pytest.MonkeyPatch) -> None:
    """The table does not ask whether the seat is free."""
    guard_lost(patch, memory_places.Places, c.TakeSeat)


def two_eyes(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whose request it is."""
    true_approve = approval.approve

    def approve(program: Any, book: Any, *rest: Any) -> Any:
        account = replace(book.account, four_eyes=False)
        return true_approve(program, replace(book, account=account), *rest)

    patch.setattr(approval, "approve", approve)


def coming_not_written_down(patch: pytest.MonkeyPatch) -> None:
    without(patch, people, "join", c.Note)


BUYING: list[Bug] = [
    (money_of_a_withdrawn_order_lost, BuyingToday, "atlassian", "money|webhook"),
    (order_moved_by_two, BuyingToday, "atlassian", "money|lot|trail|void"),
    (withdrawal_becomes_a_void, BuyingToday, "cisco", "void"),
    (booked_when_the_card_failed, BuyingToday, "atlassian", "money"),
    (discount_forgotten, BuyingToday, "atlassian", "paid"),
    (paid_value_rounded, BuyingToday, "atlassian", "paid"),
    (one_operator_is_enough, BuyingToday, "cisco", "second|step"),
    (number_of_two_orders, BuyingToday, "cisco", "number"),
    (quote_that_never_ends, Buying, "atlassian", "step"),
    (order_left_on_the_worklist, BuyingToday, "atlassian", "worklist"),
    (limit_only_looked_at, SpendingToday, "salesforce", "limit"),
    (use_after_the_end, Spending, "salesforce", "payable|code"),
    (use_never_given_back, SpendingToday, "salesforce", "limit"),
    (use_not_counted, SpendingToday, "salesforce", "limit|payable"),
    (replaced_text_opens_for_ever, Spending, "salesforce", "payable"),
    (grace_for_all, Spending, "salesforce", "payable"),
    (seat_kept, Belonging, "atlassian", "seat"),
    (member_without_a_seat, Belonging, "atlassian", "seat"),
    (owner_not_counted, Belonging, "atlassian", "owners"),
    (joined_after_all, Belonging, "atlassian", "seat|owners|invitation|history|joining"),
    (owner_of_two_accounts, Belonging, "atlassian", "seat"),
    (two_eyes, SpendingToday, "atlassian", "answer|batch"),
    (coming_not_written_down, Belonging, "atlassian", "history"),
]
