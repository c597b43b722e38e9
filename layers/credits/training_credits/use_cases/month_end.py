"""A month is over: each account of which one is to be filed gets a message on the queue."""

from collections.abc import Callable
from dataclasses import dataclass

from training_credits.ports import Clock, Errand, Errands, Ledger
from training_credits.use_cases.worklist import PAGE, all_due


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What one run did; those that were `lost` on the way are still due at the next one.

    `finished` is false if time ran out: the next run sends again what nobody has filed yet.
    """

    accounts: int
    lost: int
    finished: bool


def send_due(ledger: Ledger, errands: Errands, clock: Clock, has_time: Callable[[], bool]) -> Sent:
    """Of all programs; nobody is looked at of whom nothing is due."""
    sent = lost = 0
    finished = True
    waiting: list[Errand] = []
    for program, account_id in all_due(clock, ledger.due_months):
        if not has_time():
            finished = False
            break
        waiting.append({"program": program, "account": account_id})
        if len(waiting) == PAGE:
            lost += len(errands.send(waiting))
            sent += len(waiting)
            waiting.clear()
    lost += len(errands.send(waiting))
    sent += len(waiting)
    return Sent(accounts=sent - lost, lost=lost, finished=finished)
