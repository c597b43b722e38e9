"""A request that waits: it is confirmed, taken back, reminded of, or its time is over."""

from dataclasses import replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions import settling
from training_credits.domain.decisions.approval import check_in_time, spent
from training_credits.domain.decisions.lines import lasting
from training_credits.domain.decisions.nudging import nudge_at
from training_credits.domain.errors import Conflict, Reason
from training_credits.domain.model import Book, Redemption, RedemptionState
from training_credits.domain.program import Program


def confirm(
    program: Program, book: Book, redemption: Redemption, now: datetime, *, secret: str
) -> tuple[Redemption, c.Change]:
    """What was set aside is spent, by whoever asked for it (CI-36)."""
    if redemption.state is not RedemptionState.RESERVED:
        raise Conflict(
            Reason.NOT_RESERVED,
            f"Only a reservation is confirmed; this is {redemption.state}.",
            state=redemption.state.value,
        )
    check_in_time(redemption, now)
    email, approved = redemption.learner.email, RedemptionState.APPROVED
    lines = lasting(program, book, redemption.lines, program.today(now))
    after = settling.settled(redemption, approved, email, now, lines=lines)
    after = replace(after, lapses_at=None, nudge_at=nudge_at(program, after, now))
    issued = settling.vouchers(program, after, now, secret)
    return after, settling.settle(book, redemption, after, spent(after, held=True), *issued)


def cancel(book: Book, redemption: Redemption, now: datetime) -> tuple[Redemption, c.Change]:
    """The learner takes a request back that is not carried out yet (AT-30, AT-38)."""
    if not redemption.open:
        booked = redemption.state is RedemptionState.APPROVED
        raise Conflict(
            Reason.ALREADY_DECIDED,
            f"Already {redemption.state}.",
            state=redemption.state.value,
            **({"instead": "returnLine"} if booked else {}),
        )
    by = redemption.learner.email
    return _ended(book, redemption, RedemptionState.CANCELLED, by, now)


def lapse(book: Book, redemption: Redemption, now: datetime) -> c.Change | None:
    """Its time is over: what was held is released, dated now; None if it is not."""
    if not redemption.lapsed(now):
        return None
    return _ended(book, redemption, RedemptionState.LAPSED, settling.SYSTEM, now)[1]


def remind(book: Book, redemption: Redemption, now: datetime) -> c.Change | None:
    """Who decides hears of it once more; None if it is not time, or nobody is to decide."""
    waits = redemption.open and redemption.state is not RedemptionState.RESERVED
    if not waits or redemption.remind_at is None or now < redemption.remind_at:
        return None
    after = replace(redemption, remind_at=None)
    return settling.change(book, c.Remind(redemption=after, was=redemption), None)


def _ended(
    book: Book, redemption: Redemption, state: RedemptionState, by: str, now: datetime
) -> tuple[Redemption, c.Change]:
    after = settling.settled(redemption, state, by, now)
    released = settling.released(book, redemption, after)
    # Nobody has a seat before somebody has said yes.
    reserved = redemption.state is RedemptionState.RESERVED
    seats = settling.freed(redemption.lines) if reserved else ()
    back = settling.given_back(book, after)
    return after, settling.settle(book, redemption, after, released, *back, *seats)
