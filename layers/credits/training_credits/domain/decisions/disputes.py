"""A transaction is refuted: if it was wrong, its credits come back to the lots they came from.

The entry that was wrong stays as it is; another one compensates it (CI-18).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions import settling, vouchers
from training_credits.domain.decisions.cases import (
    Asking,
    NextCaseStep,
    answered_by,
    changed,
    check_next,
    first_state,
    opened,
    stepped,
)
from training_credits.domain.decisions.rights import still
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Book,
    Caller,
    Case,
    CaseState,
    CaseStep,
    Entry,
    EntryKind,
    Line,
    LineState,
    Movement,
    Permission,
    Redemption,
    State,
    Voucher,
)
from training_credits.domain.program import Program
from training_credits.domain.returns import unreturned

SPENT = {LineState.DELIVERED: State.DELIVERED}


def case_of(account_id: str, entry_id: str) -> str:
    """The id of the dispute of a transaction: there is one at most, whoever opens it."""
    return derived("dispute", account_id, entry_id)


def dispute(
    program: Program, book: Book, entry: Entry, asking: Asking, caller: Caller, now: datetime
) -> tuple[Case, c.Change]:
    """Say that a transaction is wrong, while the program lets one."""
    _check_disputable(program, entry, now)
    state = first_state(asking, caller)
    case = Case(
        case_id=case_of(book.account.account_id, entry.entry_id),
        account_id=book.account.account_id,
        kind=asking.kind,
        opened_by=caller.person,
        reason=asking.draft.reason,
        trail=(CaseStep(state=state, at=now, by=caller.person.email),),
        policy=program.version,
        credits=sum(movement.credits for movement in entry.movements),
        entry_id=entry.entry_id,
        entry_at=entry.at,
        redemption_id=entry.reference,
    )
    case = answered_by(program, case, now)
    return case, opened(book, case, caller, *still(program, caller, Permission.CLAIM))


def already_disputed(case: Case) -> Conflict:
    """Somebody has said so of this transaction before."""
    return Conflict(
        Reason.ALREADY_DISPUTED,
        "This transaction was disputed before.",
        case=case.case_id,
        state=case.state.value,
    )


def move(
    program: Program,
    book: Book,
    case: Case,
    redemption: Redemption,
    known: Sequence[Voucher],
    caller: Caller,
    said: NextCaseStep,
    now: datetime,
) -> tuple[Case, c.Change]:
    """One step on; upheld, all that has not come back of the request does, by no ladder."""
    check_next(program, book, case, caller, said.to)
    after = answered_by(program, stepped(case, caller, said, now), now)
    if said.to is not CaseState.UPHELD:
        guard = () if caller.vendor else still(program, caller, Permission.CLAIM)
        return after, changed(book, case, after, caller, *guard)
    movements = tuple(_wrong(book, redemption.lines, now))
    if not movements:
        raise Refused(
            Reason.NOTHING_LEFT, "All of it has come back already.", redemption=case.redemption_id
        )
    credits = sum(movement.credits for movement in movements)
    entry = Entry(
        entry_id=f"{EntryKind.REFUTE}-{case.case_id}",
        account_id=case.account_id,
        kind=EntryKind.REFUTE,
        at=now,
        movements=movements,
        reference=redemption.redemption_id,
        title=redemption.title,
        actor=caller.person.email,
        learner=redemption.learner.email,
    )
    after = replace(after, credits=credits)
    writes = _undone(program, redemption, known, credits, now)
    return after, changed(book, case, after, caller, *c.moves(entry), *writes)


def _wrong(book: Book, lines: Iterable[Line], now: datetime) -> Iterable[Movement]:
    """Every credit that is still out, back to its lot; or expired, where that has died."""
    out: dict[tuple[str, State], int] = {}
    for line in lines:
        source = SPENT.get(line.state, State.REDEEMED)
        for draw in unreturned(line):
            place = draw.lot_id, source
            out[place] = out.get(place, 0) + draw.credits
    for (lot_id, source), credits in out.items():
        target = settling.home(book, lot_id, now)
        yield Movement(lot_id=lot_id, source=source, target=target, credits=credits)


def _undone(
    program: Program,
    redemption: Redemption,
    known: Sequence[Voucher],
    credits: int,
    now: datetime,
) -> tuple[c.Write, ...]:
    """Its lines are given back, its seats free, its vouchers void but for those that were used."""
    given = tuple(
        replace(line, state=LineState.RETURNED, returned=line.credits) for line in redemption.lines
    )
    booked = [line for line in redemption.lines if line.state is LineState.BOOKED]
    voided = (
        c.MoveVoucher(voucher=vouchers.voided(one, program.today(now)), was=one)
        for one in known
        if one.seen_on(program.today(now)).open
    )
    return (
        c.EditLines(redemption=replace(redemption, lines=given), was=redemption),
        *settling.freed(booked),
        *voided,
        *settling.budgeted(redemption, -credits),
    )


def _check_disputable(program: Program, entry: Entry, now: datetime) -> None:
    """Credits that were spent, not too long ago; for their end there are other cases."""
    day = program.today(entry.at)
    last = day + timedelta(days=program.cases.dispute_days)
    if entry.kind is not EntryKind.REDEEM or program.today(now) > last:
        raise Refused(
            Reason.NOT_DISPUTABLE,
            f"What was spent can be disputed for {program.cases.dispute_days} days.",
            kind=entry.kind.value,
            last=last.isoformat(),
        )
