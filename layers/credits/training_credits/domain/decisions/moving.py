"""What is booked is moved to another session of the same offering."""

from dataclasses import replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions import settling
from training_credits.domain.decisions.bookings import (
    Booking,
    Hand,
    booked,
    documented,
    edited,
)
from training_credits.domain.decisions.lines import (
    assisted_only,
    check_seats,
    check_session,
    goes_abroad,
    still_payable,
)
from training_credits.domain.errors import NotFound, Reason, Refused
from training_credits.domain.model import (
    Book,
    Happening,
    HappeningKind,
    Item,
    Line,
    Off,
    Redemption,
    Session,
)
from training_credits.domain.program import Program
from training_credits.domain.returns import check_movable


def move(
    program: Program,
    book: Book,
    booking: Booking,
    session: Session | None,
    hand: Hand,
    now: datetime,
) -> tuple[Redemption, c.Change]:
    """Another session of the same offering; no credits move (SF-19).

    Whatever barred a request for that session bars the move: its days, its country, its seats.
    """
    line, today = booked(booking), program.today(now)
    item = _elsewhere(line, session)
    moved = replace(line, item=item, moves=line.moves + 1)
    with documented(program):
        check_movable(program, booking.current, line.moves, today)
        check_session(program.spending.types[item.offering.type], item, today)
        _check_plan(program, line, item)
        still_payable(program, book, [moved])
        _check_country(program, book, booking, moved, hand)
        check_seats([moved])
    return edited(
        book,
        booking,
        moved,
        None,
        *settling.freed([line]),
        *settling.seated([moved]),
        _noted(booking, item, hand, now),
        *hand.still,
    )


def _elsewhere(line: Line, session: Session | None) -> Item:
    """What was booked, in the other session."""
    if line.item is None or line.item.session is None:
        raise Refused(Reason.NOT_MOVABLE, "What has no session is not moved.")
    if session is None:
        raise NotFound(
            Reason.OFFERING_NOT_FOUND,
            "There is no such session of this offering.",
            offering=line.item.offering.offering_id,
        )
    if session.session_id == line.item.session.session_id:
        raise Refused(Reason.NOT_MOVABLE, "It is booked for this session already.")
    return replace(line.item, session=session)


def _check_plan(program: Program, line: Line, item: Item) -> None:
    """A success plan that pays for one way of delivery may not pay for another (SF-09)."""
    cost = line.cost
    if cost is None or cost.reason is not Off.PLAN:
        return
    if program.spending.off(cost.reference, item) < cost.percent:
        raise Refused(
            Reason.NOT_MOVABLE,
            "The success plan takes less off there: give it back, and ask anew.",
            success_plan=cost.reference,
            percent=cost.percent,
        )


def _check_country(program: Program, book: Book, booking: Booking, moved: Line, hand: Hand) -> None:
    """The advisor says again which country credits go to, where it is another one (CI-41)."""
    before, elsewhere = booking.line.item, moved.item
    same = before and elsewhere and before.country == elsewhere.country
    if same or hand.assisted:
        return
    if goes_abroad(program, book, [moved], booking.redemption.country):
        raise assisted_only(book.account)


def _noted(booking: Booking, item: Item, hand: Hand, now: datetime) -> c.Note:
    """No entry tells of a move, so the account's history does."""
    session = item.session.session_id if item.session else ""
    happening = Happening(
        kind=HappeningKind.BOOKING_MOVED,
        at=now,
        actor=hand.email,
        about=f"{booking.redemption.redemption_id}-{booking.number}",
        detail=f"{booking.line.title}: session {session}",
    )
    return c.Note(happening=happening)
