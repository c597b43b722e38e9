"""What every step of a request has in common: its entry, its seats, and what it gives back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.decisions.vouchers import issued
from training_credits.domain.model import (
    Book,
    Entry,
    EntryKind,
    Line,
    Lot,
    Movement,
    Redemption,
    RedemptionState,
    Session,
    State,
)
from training_credits.domain.program import Program

SYSTEM = "system"


def settled(
    redemption: Redemption,
    state: RedemptionState,
    by: str,
    now: datetime,
    *,
    lines: tuple[Line, ...] | None = None,
) -> Redemption:
    """In its next state; what comes to nothing draws on nothing."""
    if lines is None:
        lines = tuple(replace(line, draws=()) for line in redemption.lines)
    return replace(redemption, state=state, decided_by=by, decided_at=now, lines=lines)


def moved(redemption: Redemption, kind: EntryKind, source: State, target: State) -> Entry | None:
    """The entry for all it draws; None for what costs nothing: no credit moves (SF-09)."""
    if not redemption.draws:
        return None
    movements = tuple(
        Movement(lot_id=d.lot_id, source=source, target=target, credits=d.credits)
        for d in redemption.draws
    )
    return recorded(redemption, kind, movements)


def released(book: Book, held: Redemption, after: Redemption) -> Entry | None:
    """Held credits go back to their lot; what belongs to a dead lot has expired."""
    if not held.draws:
        return None
    movements = tuple(
        Movement(
            lot_id=d.lot_id,
            source=State.HELD,
            target=home(book, d.lot_id, after.settled_at),
            credits=d.credits,
        )
        for d in held.draws
    )
    return recorded(after, EntryKind.RELEASE, movements)


def home(book: Book, lot_id: str, now: datetime) -> State:
    """Where credits of a lot go that come back; one that is not open in the book is closed."""
    lots: dict[str, Lot] = {lot.lot_id: lot for lot in book.lots}
    lot = lots.get(lot_id)
    return State.AVAILABLE if lot is not None and lot.alive(now) else State.EXPIRED


def recorded(redemption: Redemption, kind: EntryKind, movements: tuple[Movement, ...]) -> Entry:
    """What is written of it for ever."""
    return Entry(
        entry_id=f"{kind}-{redemption.redemption_id}",
        account_id=redemption.account_id,
        kind=kind,
        at=redemption.settled_at,
        movements=movements,
        reference=redemption.redemption_id,
        title=redemption.title,
        actor=redemption.settled_by,
        learner=redemption.learner.email,
    )


def given_back(book: Book, after: Redemption) -> tuple[c.Write, ...]:
    """What a request that came to nothing had counted against codes and budgets."""
    known = ((book.code(code_id), credits) for code_id, credits in after.counted.items())
    codes = tuple(
        c.UseCode(code=code, subject=after.learner.subject, credits=-used, at=after.settled_at)
        for code, used in known
        if code
    )
    return (*codes, *budgeted(after, -after.credits))


def budgeted(redemption: Redemption, credits: int) -> tuple[c.Write, ...]:
    """Counts credits against its budgets; negative ones come back."""
    if not credits:
        return ()
    return tuple(c.UseBudget(budget_id=one, credits=credits) for one in redemption.budgets)


def seated(lines: Iterable[Line]) -> tuple[c.Write, ...]:
    """Takes the seats of all lines, each session once."""
    sessions, seats = _seats(lines)
    return tuple(c.BookSeat(session=sessions[place], count=n) for place, n in seats.items())


def freed(lines: Iterable[Line]) -> tuple[c.Write, ...]:
    """Gives them back."""
    _, seats = _seats(lines)
    return tuple(
        c.FreeSeat(offering_id=offering, session_id=session, count=n)
        for (offering, session), n in seats.items()
    )


def _seats(
    lines: Iterable[Line],
) -> tuple[dict[tuple[str, str], Session], Counter[tuple[str, str]]]:
    sessions, seats = dict[tuple[str, str], Session](), Counter[tuple[str, str]]()
    for line in lines:
        if line.item is not None and line.item.session is not None:
            session = line.item.session
            place = session.offering_id, session.session_id
            sessions[place] = session
            seats[place] += line.item.quantity
    return sessions, seats


def vouchers(
    program: Program, after: Redemption, now: datetime, secret: str
) -> tuple[c.Write, ...]:
    """Issued in the moment their credits are spent, and not before (SF-21)."""
    if after.state is not RedemptionState.APPROVED:
        return ()
    made = issued(program, after, now, secret)
    return tuple(c.IssueVoucher(voucher=voucher) for voucher in made)


def settle(
    book: Book, before: Redemption, after: Redemption, entry: Entry | None, *more: c.Write
) -> c.Change:
    """From the state it was in, with the entry and what else belongs to the step."""
    return change(book, c.SettleRequest(redemption=after, was=before.state), entry, *more)


def change(book: Book, write: c.Write, entry: Entry | None, *more: c.Write) -> c.Change:
    """One transaction."""
    return c.Change(
        program=book.account.program,
        account_id=book.account.account_id,
        writes=(write, *(c.moves(entry) if entry else ()), *more),
    )
