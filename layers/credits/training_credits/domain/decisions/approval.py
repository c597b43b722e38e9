"""Who says yes or no to a request: the vendor's advisor where it goes abroad, then an owner."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from training_credits.domain import change as c
from training_credits.domain.calendar import instant_of
from training_credits.domain.decisions import settling
from training_credits.domain.decisions.lines import (
    check_begun,
    check_seats,
    first_day,
    funded,
    lasting,
    still_payable,
)
from training_credits.domain.decisions.nudging import nudge_at
from training_credits.domain.errors import Conflict, Forbidden, Reason
from training_credits.domain.model import (
    Approval,
    Book,
    Entry,
    EntryKind,
    Line,
    Person,
    Redemption,
    RedemptionState,
    State,
)
from training_credits.domain.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Decider:
    """Who decides, by which request; `still` guards that they may when it is written.

    `secret` is what vouchers are derived from.
    """

    person: Person
    decision: str
    secret: str
    still: tuple[c.Write, ...] = ()


def approve(
    program: Program, book: Book, redemption: Redemption, owner: Decider, now: datetime
) -> tuple[Redemption, c.Change]:
    """Spend what was held, or draw now; the balance is checked again at this moment (AT-39).

    Of a reservation the credits are set aside only, until it is confirmed (CI-36).
    """
    check_in_time(redemption, now)
    if book.account.four_eyes and owner.person.same_as(redemption.learner):
        raise Forbidden(Reason.OWN_REQUEST, "On this account nobody approves their own request.")
    email = owner.person.email
    asked = replace(redemption, approved_by=email, decision=owner.decision)
    lines = payable(program, book, asked, now)
    return accepted(program, book, asked, lines, email, now, owner.secret, *owner.still)


def clear(
    program: Program, book: Book, redemption: Redemption, advisor: Decider, now: datetime
) -> tuple[Redemption, c.Change]:
    """The advisor lets it go abroad: from now on it is as any other request (CI-41)."""
    check_in_time(redemption, now)
    email, decision = advisor.person.email, advisor.decision
    cleared = replace(redemption, cleared_by=email, clearance=decision, decision=decision)
    if redemption.approval is Approval.AUTOMATIC:
        lines = payable(program, book, cleared, now)
        return accepted(program, book, cleared, lines, email, now, advisor.secret, *advisor.still)
    after = replace(cleared, state=RedemptionState.PENDING)
    return after, settling.settle(book, redemption, after, None, *advisor.still)


def deny(
    book: Book, redemption: Redemption, owner: Decider, now: datetime, *, note: str | None
) -> tuple[Redemption, c.Change]:
    """Nothing is deducted, and what was held is released (AT-20)."""
    after = settling.settled(redemption, RedemptionState.DENIED, owner.person.email, now)
    after = replace(after, note=note, decision=owner.decision)
    released = settling.released(book, redemption, after)
    back = settling.given_back(book, after)
    return after, settling.settle(book, redemption, after, released, *back, *owner.still)


def accepted(
    program: Program,
    book: Book,
    redemption: Redemption,
    lines: tuple[Line, ...],
    by: str,
    now: datetime,
    secret: str,
    *more: c.Write,
) -> tuple[Redemption, c.Change]:
    """Somebody has said yes: the seats are taken, and the credits spent, or set aside.

    `lines` are those of the redemption, with what pays for them now.
    """
    check_begun(lines, program.today(now))
    check_seats(lines)
    state = RedemptionState.RESERVED if redemption.reserve else RedemptionState.APPROVED
    if state is RedemptionState.APPROVED:
        lines = lasting(program, book, lines, program.today(now))
    after = settling.settled(redemption, state, by, now, lines=lines)
    after = replace(
        after,
        lapses_at=kept_until(program, after, now),
        remind_at=None,
        nudge_at=nudge_at(program, after, now),
    )
    entry = spent(after, held=bool(redemption.draws))
    issued = settling.vouchers(program, after, now, secret)
    seats = settling.seated(lines)
    return after, settling.settle(book, redemption, after, entry, *seats, *issued, *more)


def spent(after: Redemption, *, held: bool) -> Entry | None:
    """Credits that are set aside already stay where they are until they are spent."""
    if after.state is RedemptionState.APPROVED:
        source = State.HELD if held else State.AVAILABLE
        return settling.moved(after, EntryKind.REDEEM, source, State.REDEEMED)
    return None if held else settling.moved(after, EntryKind.HOLD, State.AVAILABLE, State.HELD)


def payable(
    program: Program, book: Book, redemption: Redemption, now: datetime
) -> tuple[Line, ...]:
    """Its lines with what pays for them now: what was held for it, or what is there."""
    if redemption.draws:
        return still_payable(program, book, redemption.lines)
    return funded(program, book, redemption.lines, now)


def kept_until(program: Program, after: Redemption, now: datetime) -> datetime | None:
    """The first instant at which a reservation is over; what is booked does not end (CI-36).

    It is over as its first session begins, at the latest.
    """
    if after.state is not RedemptionState.RESERVED:
        return None
    until, first = (
        now + timedelta(minutes=program.approvals.reserve_minutes),
        first_day(after.lines),
    )
    begins = instant_of(first, time.min, program.time_zone) if first else until
    return min(until, begins) if begins > now else until


def check_in_time(redemption: Redemption, now: datetime) -> None:
    """From its end on nobody says yes, booked or not."""
    if redemption.lapsed(now):
        raise Conflict(
            Reason.REQUEST_LAPSED,
            "This request has lapsed; ask again.",
            lapsed_at=redemption.lapses_at.isoformat() if redemption.lapses_at else None,
        )


def already_decided(redemption: Redemption) -> Conflict:
    """A decision is final once; whoever comes second learns who was first (AT-17).

    Of what was confirmed since, too, it is who said yes: not who confirmed it.
    """
    yes = redemption.state in {RedemptionState.RESERVED, RedemptionState.APPROVED}
    by = (redemption.approved_by if yes else None) or redemption.settled_by
    return Conflict(
        Reason.ALREADY_DECIDED,
        f"Already {redemption.state} by {by}.",
        state=redemption.state.value,
        decided_by=by,
    )
