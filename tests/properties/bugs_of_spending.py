"""Bugs planted into spending: each breaks a law that the machine must see broken."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from tests.fakes import memory_rows
from tests.fakes.memory_ledger import MemoryLedger
from tests.properties.machine import (
    Asking,
    AskingToday,
    Belonging,
    LedgerMachine,
    Spending,
    SpendingToday,
)
from training_credits.domain import change as c
from training_credits.domain import drawing, tender
from training_credits.domain.decisions import approval, expiry, settling, waiting
from training_credits.domain.model import Balance, Lot, RedemptionState, State
from training_credits.ports import Depth
from training_credits.use_cases import approve, expire, redeem, statements, submit

Plant = Callable[[pytest.MonkeyPatch], None]
Bug = tuple[Plant, type[LedgerMachine], str, str]


def absolute_balance_write(patch: pytest.MonkeyPatch) -> None:
    """The balance that was read, less the credits: what came between is lost."""
    read: dict[str, Lot] = {}
    true_book, true_apply = MemoryLedger.book, memory_rows.Rows.apply

    def book(self: MemoryLedger, program: str, account_id: str, depth: Depth) -> Any:
        found = true_book(self, program, account_id, depth)
        read.update({lot.lot_id: lot for lot in found.lots} if found else {})
        return found

    def apply(self: memory_rows.Rows, write: c.Write) -> None:
        if isinstance(write, c.Move):
            self.lots[write.lot_id] = replace(
                self.lots[write.lot_id], balance=read[write.lot_id].balance
            )
        true_apply(self, write)

    patch.setattr(MemoryLedger, "book", book)
    patch.setattr(memory_rows.Rows, "apply", apply)


def lost_alive_guard(patch: pytest.MonkeyPatch) -> None:
    """The table lets a dead lot pay, and so does the decision."""
    patch.setattr(c.Move, "needs_open", False)
    patch.setattr(Lot, "alive", lambda _self, _now: True)


def end_a_moment_late(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Lot, "alive", lambda self, now: now <= self.expires_at)


def lost_balance_guard(patch: pytest.MonkeyPatch) -> None:
    """Only the decision looks at the balance: two at once take the same credits."""
    patch.setattr(c.Move, "taken", lambda _self: {})


def double_expiry(patch: pytest.MonkeyPatch) -> None:
    """A sweep that closes nothing, and books what it finds as of now, every time."""
    runs = count()

    def expire_again(
        program: str, account_id: str, lot: Lot, now: Any, **_: object
    ) -> c.Change | None:
        entry = expiry.expiry_of(account_id, lot, now)
        if entry is None:
            return None
        entry = replace(entry, entry_id=f"expire-{lot.lot_id}-{next(runs)}")
        record = c.Record(entry=entry)
        return c.Change(program=program, account_id=account_id, writes=(record,))

    patch.setattr(expire, "expire", expire_again)


def expiry_dated_at_the_sweep(patch: pytest.MonkeyPatch) -> None:
    true_expiry = expiry.expiry_of

    def expiry_of(account_id: str, lot: Lot, now: Any) -> Any:
        entry = true_expiry(account_id, lot, now)
        return replace(entry, at=now) if entry else None

    patch.setattr(expiry, "expiry_of", expiry_of)


def release_into_a_dead_lot(patch: pytest.MonkeyPatch) -> None:
    """What was held becomes available in a lot that has died."""
    patch.setattr(settling, "home", lambda *_: State.AVAILABLE)
    patch.setattr(c.Move, "needs_open", False)


def release_to_nowhere(patch: pytest.MonkeyPatch) -> None:
    """What was held in a living lot expires on release."""
    patch.setattr(settling, "home", lambda *_: State.EXPIRED)


def release_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settling, "released", lambda *_: None)


def replay_not_detected(patch: pytest.MonkeyPatch) -> None:
    """Ids from a counter, and nobody asks whether the key was seen."""
    numbers = count()
    patch.setattr(MemoryLedger, "_check_submission", lambda *_: None)
    patch.setattr(redeem, "derived", lambda *_: str(next(numbers)))


def replay_answered_for_another_body(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(submit.Intent, "answer_of", lambda _self, earlier: earlier.answer)


def latest_lot_first(patch: pytest.MonkeyPatch) -> None:
    order = drawing.spending_order
    patch.setattr(drawing, "spending_order", lambda lots: order(lots)[::-1])


def held_credits_posted_from_available(patch: pytest.MonkeyPatch) -> None:
    """Approval draws again, as if nothing had been held."""
    true_approve = approval.approve
    patch.setattr(
        approval,
        "approve",
        lambda program, book, asked, *rest, **more: true_approve(
            program,
            book,
            replace(asked, lines=tuple(replace(line, draws=()) for line in asked.lines)),
            *rest,
            **more,
        ),
    )


def decided_twice(patch: pytest.MonkeyPatch) -> None:
    """The guard on the state of a request is lost."""
    holds = memory_rows.Rows.holds
    patch.setattr(
        memory_rows.Rows,
        "holds",
        lambda self, write: isinstance(write, c.SettleRequest) or holds(self, write),
    )


def sum_of_a_batch_not_checked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(approve, "_check_sum", lambda *_: None)


def statement_without_what_is_due(patch: pytest.MonkeyPatch) -> None:
    """What has ended and is not swept is still on the statement."""
    patch.setattr(statements, "unbooked", lambda *_: [])


def written_off_without_a_trace(patch: pytest.MonkeyPatch) -> None:
    """The sweep makes credits vanish instead of expire."""

    def closed(lot: Lot, target: State = State.EXPIRED) -> Lot:
        left = lot.balance.available if target is State.VOIDED else 0
        return replace(lot, balance=Balance(voided=left), closed=True)

    patch.setattr(memory_rows, "_closed", closed)


def last_two_owners_gone(patch: pytest.MonkeyPatch) -> None:
    """Nobody counts the owners at the write."""
    holds = memory_rows.Rows.holds
    patch.setattr(
        memory_rows.Rows,
        "holds",
        lambda self, write: isinstance(write, c.OwnerCount) or holds(self, write),
    )


# Requests of several lines, reservations, classes, budgets.


def seats_kept(patch: pytest.MonkeyPatch) -> None:
    """Who takes a reservation back, or lets it lapse, keeps the seat."""
    patch.setattr(settling, "freed", lambda _: ())


def seat_of_who_only_asks(patch: pytest.MonkeyPatch) -> None:
    """A no frees a seat that nobody has taken."""
    true_settle = settling.settle

    def settle(book: Any, before: Any, after: Any, *more: Any) -> c.Change:
        freed = settling.freed(before.lines) if after.state is RedemptionState.DENIED else ()
        return true_settle(book, before, after, *more, *freed)

    patch.setattr(settling, "settle", settle)


def budget_never_given_back(patch: pytest.MonkeyPatch) -> None:
    """What came to nothing stays counted."""
    true_budgeted = settling.budgeted
    patch.setattr(settling, "budgeted", lambda asked, n: true_budgeted(asked, n) if n > 0 else ())


def reservation_without_an_end(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks whether a reservation is over when it is confirmed."""
    patch.setattr(waiting, "check_in_time", lambda *_: None)


def reservation_spent_at_once(patch: pytest.MonkeyPatch) -> None:
    """A yes spends the credits, also where they are only set aside."""
    true_spent = approval.spent
    patch.setattr(
        approval,
        "spent",
        lambda after, held: true_spent(replace(after, state=RedemptionState.APPROVED), held=held),
    )


def lines_that_share_their_credits(patch: pytest.MonkeyPatch) -> None:
    """What one line takes is there for the next one too."""
    patch.setattr(
        tender, "draw", lambda *args, **more: drawing.draw(*args, **(more | {"taken": {}}))
    )


SPENDING: list[Bug] = [
    (absolute_balance_write, SpendingToday, "atlassian", "entries of|statement"),
    (lost_alive_guard, Spending, "cisco", "dead|payable|release"),
    (end_a_moment_late, Spending, "cisco", "dead|payable|release"),
    (lost_balance_guard, Spending, "cisco", "negative"),
    (double_expiry, Spending, "cisco", "sweep|end of|entries of|Movement"),
    (expiry_dated_at_the_sweep, Spending, "cisco", "statement|end of"),
    (release_into_a_dead_lot, Spending, "cisco", "statement|release|available"),
    (release_to_nowhere, Spending, "cisco", "release"),
    (release_forgotten, Spending, "cisco", "settled"),
    (replay_not_detected, Spending, "atlassian", "replay|one effect|key reuse"),
    (replay_answered_for_another_body, Spending, "cisco", "key reuse"),
    (latest_lot_first, Spending, "cisco", "order"),
    (held_credits_posted_from_available, Spending, "cisco", "source|answer|lots"),
    (decided_twice, Spending, "atlassian", "settled"),
    (sum_of_a_batch_not_checked, SpendingToday, "atlassian", "batch"),
    (statement_without_what_is_due, Spending, "atlassian", "statement"),
    (written_off_without_a_trace, Spending, "cisco", "conservation|statement|answer"),
    (last_two_owners_gone, Belonging, "cisco", "owners"),
    (seats_kept, AskingToday, "atlassian", "seats"),
    (seat_of_who_only_asks, AskingToday, "atlassian", "seats|answer"),
    (budget_never_given_back, AskingToday, "atlassian", "budget|payable|cart"),
    (reservation_without_an_end, Asking, "atlassian", "reservation"),
    (reservation_spent_at_once, AskingToday, "atlassian", "held|settled|draws|source"),
    (lines_that_share_their_credits, AskingToday, "atlassian", "cart|answer"),
]
