"""A remainder lives on: reissued once for months, or extended by days, in a lot of its own.

The end of a lot is worked out once and never changes. What is granted leaves the lot, dead or
alive, and begins anew in another: until then it cannot be spent, and nothing is dated back (CI-45).
What a request holds stays where it is, and what comes back of bookings goes there, until its end.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions.cases import (
    Asking,
    Draft,
    NextCaseStep,
    answered_by,
    changed,
    check_draft,
    check_next,
    check_over,
    first_state,
    opened,
    stepped,
)
from training_credits.domain.decisions.lots import issued
from training_credits.domain.decisions.notices import watched
from training_credits.domain.decisions.renewable import (
    check_covered,
    check_days,
    check_possible,
    check_ready,
    remainder,
)
from training_credits.domain.decisions.rights import still
from training_credits.domain.errors import NotFound, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Balance,
    Book,
    Caller,
    Case,
    CaseKind,
    CaseState,
    CaseStep,
    Entry,
    EntryKind,
    Lot,
    Movement,
    Permission,
    State,
)
from training_credits.domain.program import Program, TermStart

KINDS = {CaseKind.REISSUE: EntryKind.REISSUE, CaseKind.EXTENSION: EntryKind.EXTEND}


def ask(
    program: Program,
    book: Book,
    asking: Asking,
    before: Case | None,
    caller: Caller,
    case_id: str,
    now: datetime,
) -> tuple[Case, c.Change]:
    """Open a case about a lot, as a draft or asked for at once; when the one `before` is over."""
    state = first_state(asking, caller)
    lot = _lot(book, asking.lot_id)
    case = Case(
        case_id=case_id,
        account_id=book.account.account_id,
        kind=asking.kind,
        opened_by=caller.person,
        reason=asking.draft.reason,
        trail=(CaseStep(state=state, at=now, by=caller.person.email),),
        policy=program.version,
        credits=remainder(lot, now),
        lot_id=lot.lot_id,
        days=asking.draft.days,
        plan=asking.draft.plan,
    )
    check_possible(program, lot, case, now)
    if state is not CaseState.DRAFT:
        check_ready(program, lot, case, now)
    check_over(before)
    case = _with_clock(program, lot, case, now)
    newest = c.BeNewest(case=case, was=before.case_id if before else None)
    return case, opened(book, case, caller, newest, *still(program, caller, Permission.CLAIM))


def redraft(
    program: Program, book: Book, case: Case, draft: Draft, caller: Caller, now: datetime
) -> tuple[Case, c.Change]:
    """Another plan, another reason, while it is a draft; its lot stays what it was."""
    check_draft(program, book, case, caller)
    lot = _lot(book, case.lot_id)
    after = replace(
        case,
        trail=_drafted(case, caller, now),
        reason=draft.reason,
        days=draft.days,
        plan=draft.plan,
        credits=remainder(lot, now),
    )
    guard = still(program, caller, Permission.CLAIM)
    writes = (c.MoveCase(case=after, was=case), *guard)
    return after, c.Change(program=program.id, account_id=case.account_id, writes=writes)


def _drafted(case: Case, caller: Caller, now: datetime) -> tuple[CaseStep, ...]:
    """Whoever writes on what somebody else has drafted leaves a step: they may not decide on it."""
    last = case.trail[-1]
    if last.by == caller.person.email:
        return case.trail
    return (*case.trail, replace(last, at=max(now, last.at), by=caller.person.email))


def move(
    program: Program,
    book: Book,
    case: Case,
    caller: Caller,
    said: NextCaseStep,
    now: datetime,
) -> tuple[Case, c.Change]:
    """One step on."""
    check_next(program, book, case, caller, said.to)
    lot = _lot(book, case.lot_id)
    if said.to is CaseState.SUBMITTED:
        case = replace(case, credits=remainder(lot, now))
        check_possible(program, lot, case, now)
        check_ready(program, lot, case, now)
    after = _with_clock(program, lot, stepped(case, caller, said, now), now)
    if said.to is CaseState.APPROVED:
        return _granted(program, book, lot, case, after, caller, said, now)
    guard = () if caller.vendor else still(program, caller, Permission.CLAIM)
    return after, changed(book, case, after, caller, *guard)


def _with_clock(program: Program, lot: Lot, case: Case, now: datetime) -> Case:
    """By when the vendor answers; a reissue can be granted in its window only (CI-23)."""
    case = answered_by(program, case, now)
    terms = program.expiry.reissue
    if case.due_on is None or case.kind is not CaseKind.REISSUE or terms is None:
        return case
    return replace(case, due_on=min(case.due_on, terms.window(lot.expires_on)[1]))


def _granted(
    program: Program,
    book: Book,
    lot: Lot,
    was: Case,
    case: Case,
    caller: Caller,
    said: NextCaseStep,
    now: datetime,
) -> tuple[Case, c.Change]:
    """The remainder leaves its lot and begins anew, both in one transaction (CI-25)."""
    check_possible(program, lot, case, now)
    credits = remainder(lot, now)
    new = _renewed(program, lot, case, said, now)
    if not new.alive(now):
        raise Refused(
            Reason.DATE_NOT_POSSIBLE,
            f"These credits would have ended on {new.expires_on.isoformat()}.",
            expires_on=new.expires_on.isoformat(),
        )
    if case.kind is CaseKind.REISSUE:
        check_covered(case.plan, credits)
    source = State.AVAILABLE if lot.alive(now) else State.EXPIRED
    gone = Movement(lot_id=lot.lot_id, source=source, target=State.REISSUED, credits=credits)
    entry = Entry(
        entry_id=f"{KINDS[case.kind]}-{case.case_id}",
        account_id=case.account_id,
        kind=KINDS[case.kind],
        at=now,
        movements=(gone, issued(new.lot_id, credits)),
        reference=case.case_id,
        title=f"{credits} credits until {new.expires_on.isoformat()}",
        actor=caller.person.email,
    )
    after = replace(
        case,
        credits=credits,
        new_lot_id=new.lot_id,
        ends_on=new.expires_on,
        granted_days=(new.expires_on - lot.expires_on).days,
    )
    taken = c.Move(lot_id=lot.lot_id, movements=(gone,), at=now)
    writes = (taken, c.GrantLot(lot=new), c.Record(entry=entry))
    return after, changed(book, was, after, caller, *writes)


def unswept(book: Book, case: Case, said: NextCaseStep, now: datetime) -> bool:
    """Whether its lot has to be closed first: what has expired is brought back only then."""
    lot = _lot(book, case.lot_id)
    return said.to is CaseState.APPROVED and not lot.alive(now) and not lot.closed


def _renewed(program: Program, lot: Lot, case: Case, said: NextCaseStep, now: datetime) -> Lot:
    """The new lot: what was paid for these credits, and where they come from, goes with them.

    The id of one that is reissued comes from the old one: there can be no second.
    """
    credits = remainder(lot, now)
    since, expires_on = _term(program, lot, case, said, now)
    lot_id = derived("lot", lot.lot_id if case.kind is CaseKind.REISSUE else case.case_id)
    new = replace(
        lot,
        lot_id=lot_id,
        credits=credits,
        face_minor=lot.face_minor - lot.face_minor * (lot.credits - credits) // lot.credits,
        paid_minor=lot.paid_for(credits),
        granted_at=now,
        expires_on=expires_on,
        expires_at=program.expires_at(expires_on),
        balance=Balance().moved(issued(lot_id, credits)),
        closed=False,
        policy=program.version,
        anchors=since,
        reissued_from=lot.lot_id,
        renewals=lot.renewals + 1,
        notice_at=None,
        told=None,
    )
    return watched(program, new)


def _term(
    program: Program, lot: Lot, case: Case, said: NextCaseStep, now: datetime
) -> tuple[dict[str, date], date]:
    """From which day the new lot's term is counted, and its end (CI-46, AT-37).

    A reissue has months from the program's start of them, an extension the days the vendor grants.
    """
    terms = program.expiry.reissue
    if case.kind is CaseKind.REISSUE and terms is not None:
        today = program.today(now)
        start = terms.starts_on(today, lot.expires_on)
        return {terms.term_start.value: start}, terms.ends_on(today, lot.expires_on)
    days = check_days(program, said.days if said.days is not None else case.days)
    return {TermStart.EXPIRY.value: lot.expires_on}, lot.expires_on + timedelta(days=days)


def _lot(book: Book, lot_id: str | None) -> Lot:
    """The lot of the case; the book was read down to the closed ones."""
    for lot in (*book.lots, *book.past):
        if lot.lot_id == lot_id:
            return lot
    raise NotFound(Reason.LOT_NOT_FOUND, "There is no such lot for you.")
