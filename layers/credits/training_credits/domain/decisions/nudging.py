"""What was approved and nobody has begun: its learner is reminded, once (AT-35)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.model import (
    Line,
    LineState,
    Redemption,
    RedemptionState,
    Voucher,
)
from training_credits.domain.program import Program


def nudge_at(program: Program, after: Redemption, now: datetime) -> datetime | None:
    """When to look whether it was begun; None where nobody is reminded, or nothing can idle."""
    days = program.reminders.unused_days
    approved = after.state is RedemptionState.APPROVED
    idles = any(idle(after.lines, (), program.today(now)))
    return now + timedelta(days=days) if days and approved and idles else None


def nudge(
    program: Program, redemption: Redemption, vouchers: Sequence[Voucher], now: datetime
) -> c.Nudge | None:
    """Once: said, or left unsaid because it was begun or given back; None if it is not time."""
    at = redemption.nudge_at
    if redemption.state is not RedemptionState.APPROVED or at is None or now < at:
        return None
    idles = any(idle(redemption.lines, vouchers, program.today(now)))
    after = replace(redemption, nudge_at=None, nudged_at=now if idles else None)
    return c.Nudge(redemption=after, was=redemption)


def idle(lines: Iterable[Line], vouchers: Sequence[Voucher], today: date) -> tuple[bool, ...]:
    """For each line whether it is still to be begun, as far as anybody has said.

    What takes place on a day needs nobody to remember it, and what is over nobody can begin.
    """
    open_of = {each.line: False for each in vouchers}
    open_of |= {each.line: True for each in vouchers if each.seen_on(today).open}
    return tuple(
        line.state is LineState.BOOKED
        and (line.item is None or line.item.session is None)
        and (line.usable_until is None or today <= line.usable_until)
        and open_of.get(number, True)
        for number, line in enumerate(lines, start=1)
    )
