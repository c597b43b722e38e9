"""What is booked is given back, moved, or reported as delivered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import bookings as decisions
from training_credits.domain.decisions import moving
from training_credits.domain.decisions.bookings import Booking, Hand
from training_credits.domain.decisions.rights import (
    account_not_found,
    check_book,
    needed_by_learner,
    still,
)
from training_credits.domain.errors import Problem
from training_credits.domain.model import (
    Book,
    Caller,
    Fulfilment,
    Permission,
    Redemption,
    Session,
)
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.redeem import redemption_not_found
from training_credits.use_cases.submit import RIGHTS_LOST, Intent, carry_out

Step = Callable[[Book, Booking, Caller, datetime], tuple[Redemption, Change]]


def give_back(ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str, number: int) -> str:
    """Give a line up, by the ladder that held when it was ordered (SF-19, AT-38)."""

    def step(
        book: Book, booking: Booking, caller: Caller, now: datetime
    ) -> tuple[Redemption, Change]:
        hand = _keeper(book, booking.redemption, caller, now)
        program = _ordered_under(booking.redemption, caller)
        known, _ = _sessions(ledger, caller, booking)
        known = _vouched(ledger, program, known)
        return decisions.give_back(program, book, known, hand, now)

    return _carried_out(ledger, clock, intent, redemption_id, number, step)


def move(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    redemption_id: str,
    number: int,
    *,
    session_id: str,
) -> str:
    """Move a line to another session (SF-19)."""

    def step(
        book: Book, booking: Booking, caller: Caller, now: datetime
    ) -> tuple[Redemption, Change]:
        hand = _keeper(book, booking.redemption, caller, now)
        program = _ordered_under(booking.redemption, caller)
        known, session = _sessions(ledger, caller, booking, session_id)
        return moving.move(program, book, known, session, hand, now)

    return _carried_out(ledger, clock, intent, redemption_id, number, step)


def fulfil(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    redemption_id: str,
    number: int,
    *,
    completed: bool,
    reference: str | None,
) -> str:
    """What a learning system, a store or an operator reports of a line (CI-31)."""

    def step(
        book: Book, booking: Booking, caller: Caller, now: datetime
    ) -> tuple[Redemption, Change]:
        hand = _allowed(book, caller, Permission.FULFIL, now)
        return decisions.fulfil(book, booking, hand, now, completed=completed, reference=reference)

    return _carried_out(ledger, clock, intent, redemption_id, number, step)


def _carried_out(
    ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str, number: int, step: Step
) -> str:
    """Two reads and what the step asks for; whoever has no business here, asks for no more."""
    caller, account_id = intent.caller, redemption_id.partition("-")[0]

    def decide(now: datetime) -> tuple[Redemption, Change]:
        found = ledger.redemptions(caller.program, account_id, [redemption_id])
        book = ledger.book(caller.program, account_id, Depth.PAST)
        if not found or book is None:
            raise account_not_found()
        return step(book, Booking(redemption=found[0], number=number), caller, now)

    try:
        return carry_out(ledger, clock, intent, decide)
    except Problem as no:
        if no.reason in RIGHTS_LOST:
            raise redemption_not_found() from None
        raise


def _keeper(book: Book, redemption: Redemption, caller: Caller, now: datetime) -> Hand:
    """Whoever asked for it; of the customer's, who decides; of the vendor's, who may spend."""
    if redemption.learner.subject == caller.person.subject:
        own = needed_by_learner(redemption, caller)
        return Hand(email=caller.person.email) if own is None else _allowed(book, caller, own, now)
    needed = Permission.SPEND if caller.vendor else Permission.DECIDE
    return _allowed(book, caller, needed, now)


def _allowed(book: Book, caller: Caller, permission: Permission, now: datetime) -> Hand:
    program = program_named(caller.program, now)
    check_book(program, book, caller, permission)
    return Hand(
        email=caller.person.email,
        still=still(program, caller, permission),
        assisted=caller.vendor,
    )


def _ordered_under(redemption: Redemption, caller: Caller) -> Program:
    """The rules that were in force on the day of the order (SF-41)."""
    return program_named(caller.program, redemption.requested_at)


def _sessions(
    ledger: Ledger, caller: Caller, booking: Booking, *others: str
) -> tuple[Booking, Session | None]:
    """The booking with its session as it is now, and another session of its offering."""
    item = booking.line.item
    if item is None or item.session is None:
        return booking, None
    offering_id = item.offering.offering_id
    places = [(offering_id, one) for one in (item.session.session_id, *others)]
    now, *rest = ledger.items(caller.program, places)
    known = replace(booking, session=now.session if now else item.session)
    return known, next((one.session for one in rest if one), None)


def _vouched(ledger: Ledger, program: Program, booking: Booking) -> Booking:
    """With its vouchers, if it is fulfilled with such."""
    item, redemption = booking.line.item, booking.redemption
    kind = program.spending.types.get(item.offering.type) if item else None
    if kind is None or kind.fulfilment is not Fulfilment.VOUCHER:
        return booking
    found = ledger.vouchers(program.id, redemption.account_id, redemption.redemption_id)
    return replace(booking, vouchers=found)
