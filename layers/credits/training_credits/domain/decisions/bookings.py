"""After the booking: a line is given back, or delivered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions import settling, vouchers
from training_credits.domain.errors import Conflict, NotFound, Reason, Refused
from training_credits.domain.model import (
    Book,
    Entry,
    EntryKind,
    Line,
    LineState,
    Movement,
    Redemption,
    RedemptionState,
    Session,
    State,
    Voucher,
    VoucherState,
)
from training_credits.domain.program import Program
from training_credits.domain.returns import percent_back, returned


@dataclass(frozen=True, kw_only=True, slots=True)
class Booking:
    """One line of a request, by its number from 1, and what else is known of it now.

    `session` is the one it is booked for, as the catalogue has it now: its days may have been
    moved since. `vouchers` are those of the whole request.
    """

    redemption: Redemption
    number: int
    session: Session | None = None
    vouchers: tuple[Voucher, ...] = ()

    @property
    def line(self) -> Line:
        """As it is kept."""
        if not 1 <= self.number <= len(self.redemption.lines):
            raise NotFound(
                Reason.LINE_NOT_FOUND,
                "The request has no such line.",
                lines=len(self.redemption.lines),
            )
        return self.redemption.lines[self.number - 1]

    @property
    def current(self) -> Line:
        """With the days its session has now."""
        line = self.line
        if line.item is None or self.session is None:
            return line
        return replace(line, item=replace(line.item, session=self.session))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who does it; `still` guards that they may when it is written.

    `assisted`: the vendor's staff, who look for themselves what is used abroad (CI-41).
    """

    email: str
    still: tuple[c.Write, ...] = ()
    assisted: bool = False


def give_back(
    program: Program, book: Book, booking: Booking, hand: Hand, now: datetime
) -> tuple[Redemption, c.Change]:
    """Its credits come back as the ladder says, its seats are free, its vouchers void (SF-19).

    `program` is the version under which it was ordered.
    """
    line, today = booked(booking), program.today(now)
    with documented(program):
        _check_not_out(booking, hand)
        percent = percent_back(program, booking.current, today)
        if percent == 0:
            raise Refused(Reason.NOT_RETURNABLE, "Of this booking nothing comes back any more.")
    back = returned(line, percent)
    movements = tuple(
        Movement(
            lot_id=draw.lot_id,
            source=State.REDEEMED,
            target=settling.home(book, draw.lot_id, now),
            credits=draw.credits,
        )
        for draw in back
    )
    credits = sum(draw.credits for draw in back)
    voided = tuple(
        c.MoveVoucher(voucher=vouchers.voided(one, today), was=one)
        for one in booking.vouchers
        if one.line == booking.number and one.state is not VoucherState.VOID
    )
    return edited(
        book,
        booking,
        replace(line, state=LineState.RETURNED, returned=credits),
        _recorded(booking, EntryKind.RETURN, movements, hand, now),
        *settling.freed([line]),
        *voided,
        *settling.budgeted(booking.redemption, -credits),
        *hand.still,
    )


def _check_not_out(booking: Booking, hand: Hand) -> None:
    """Texts that went out can be used at the partner's: only the vendor's staff know if they were.

    Else who has exported them could have the exams, and their credits back.
    """
    out = booking.redemption.exported_at
    mine = any(one.line == booking.number for one in booking.vouchers)
    if out is not None and mine and not hand.assisted:
        raise Refused(
            Reason.NOT_RETURNABLE,
            "The texts of these vouchers have gone out: ask the vendor.",
            exported_at=out.isoformat(),
        )


def fulfil(
    book: Book,
    booking: Booking,
    hand: Hand,
    now: datetime,
    *,
    completed: bool,
    reference: str | None,
) -> tuple[Redemption, c.Change]:
    """It was completed, which is said once; or a partner's own number for it is known (CI-31)."""
    _check_booked(booking)
    line = booking.line
    if line.state is not LineState.BOOKED and (completed or line.state is LineState.RETURNED):
        raise _line_done(line)
    movements = tuple(
        Movement(
            lot_id=draw.lot_id,
            source=State.REDEEMED,
            target=State.DELIVERED,
            credits=draw.credits,
        )
        for draw in line.draws
        if completed
    )
    after = replace(
        line,
        state=LineState.DELIVERED if completed else line.state,
        reference=reference if reference is not None else line.reference,
    )
    entry = _recorded(booking, EntryKind.DELIVER, movements, hand, now)
    return edited(book, booking, after, entry, *hand.still)


def booked(booking: Booking) -> Line:
    """The line, if it is neither given back nor delivered."""
    _check_booked(booking)
    line = booking.line
    if line.state is not LineState.BOOKED:
        raise _line_done(line)
    return line


def _check_booked(booking: Booking) -> None:
    redemption = booking.redemption
    if redemption.state is not RedemptionState.APPROVED:
        raise Conflict(
            Reason.NOT_BOOKED,
            f"Nothing is booked: the request is {redemption.state}.",
            state=redemption.state.value,
            **({"instead": "cancelRedemption"} if redemption.open else {}),
        )


def _line_done(line: Line) -> Conflict:
    """Given back and delivered are final; whoever comes second learns which it was."""
    return Conflict(Reason.LINE_DONE, f"This line is {line.state}.", state=line.state.value)


@contextmanager
def documented(program: Program) -> Iterator[None]:
    """Every no leads to the vendor's own text, in the version that held on the day of the order.

    That is SF-41; where the vendor has no such text, there is nothing to link.
    """
    try:
        yield
    except Refused as no:
        document = program.spending.documents.get("cancellation")
        no.facts |= {"policy": program.version} | ({"document": document} if document else {})
        raise


def _recorded(
    booking: Booking,
    kind: EntryKind,
    movements: tuple[Movement, ...],
    hand: Hand,
    now: datetime,
) -> Entry | None:
    """One for each line at most; None where no credit moves."""
    if not movements:
        return None
    redemption = booking.redemption
    return Entry(
        entry_id=f"{kind}-{redemption.redemption_id}-{booking.number}",
        account_id=redemption.account_id,
        kind=kind,
        at=now,
        movements=movements,
        reference=redemption.redemption_id,
        title=booking.line.title,
        actor=hand.email,
        learner=redemption.learner.email,
    )


def edited(
    book: Book, booking: Booking, line: Line, entry: Entry | None, *more: c.Write
) -> tuple[Redemption, c.Change]:
    """With this line in place of the one that was read."""
    before = booking.redemption
    lines = (*before.lines[: booking.number - 1], line, *before.lines[booking.number :])
    after = replace(before, lines=lines)
    return after, settling.change(book, c.EditLines(redemption=after, was=before), entry, *more)
