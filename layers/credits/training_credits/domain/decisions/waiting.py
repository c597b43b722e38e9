"""A request that waits: it is confirmed, taken back, reminded of, or its time is over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions import settling
from training_credits.domain.decisions.approval import check_in_time, spent
from training_credits.domain.decisions.lines import lasting
from training_credits.domain.decisions.nudging import nudge_at
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.model import Book, Redemption, RedemptionState
from training_credits.domain.program import Program

# Of one learner on one account: somebody has to look at each of them, and is written to.
OPEN_MAX = 50
# What is taken back counts on for a while: asking and taking back by turns writes mails too.
WITHDRAWN_COUNTS = timedelta(days=1)


def counted(redemption: Redemption) -> tuple[c.Write, ...]:
    """The guard that a learner has not asked for too much at once; needless once it is settled."""
    if not redemption.open:
        return ()
    unique, who = redemption.redemption_id, redemption.learner.subject
    return (c.CountAsked(subject=who, redemption_id=unique, most=OPEN_MAX),)


def over(asked: Iterable[Redemption], now: datetime) -> tuple[str, ...]:
    """Those that count no more."""
    return tuple(one.redemption_id for one in asked if not _counts(one, now))


def _counts(redemption: Redemption, now: datetime) -> bool:
    if redemption.state is RedemptionState.CANCELLED:
        return redemption.settled_at > now - WITHDRAWN_COUNTS
    return redemption.open and not redemption.lapsed(now)


def too_many() -> Refused:
    """Their requests wait for somebody; more of them help nobody."""
    return Refused(
        Reason.TOO_MANY_OPEN_REQUESTS,
        f"At most {OPEN_MAX} requests of yours may wait at a time; what you took back in the"
        " last 24 hours counts too.",
        most=OPEN_MAX,
    )


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
