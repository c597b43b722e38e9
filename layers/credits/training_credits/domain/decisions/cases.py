"""What every case has in common: who may open it, take it on, and end it."""

from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.calendar import plus_business_days
from training_credits.domain.decisions.noting import noted
from training_credits.domain.decisions.rights import check_book, not_permitted
from training_credits.domain.errors import Conflict, Forbidden, Reason, Refused
from training_credits.domain.model import (
    Book,
    Caller,
    Case,
    CaseKind,
    CaseState,
    CaseStep,
    HappeningKind,
    Permission,
    PlannedUse,
    roles_of,
)
from training_credits.domain.program import Program

GRANT = {
    CaseKind.REISSUE: CaseState.APPROVED,
    CaseKind.EXTENSION: CaseState.APPROVED,
    CaseKind.DISPUTE: CaseState.UPHELD,
}
ASKED = {
    CaseKind.REISSUE: CaseState.SUBMITTED,
    CaseKind.EXTENSION: CaseState.SUBMITTED,
    CaseKind.DISPUTE: CaseState.OPEN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What may change of a case while nobody has asked yet."""

    reason: str
    days: int | None = None
    plan: tuple[PlannedUse, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """What is said when a case is opened: about what, and whether it is `asked` for yet."""

    kind: CaseKind
    draft: Draft
    asked: bool = True
    lot_id: str | None = None
    entry_id: str | None = None
    entry_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NextCaseStep:
    """What is said with a step: where to, why, and how many days are granted."""

    to: CaseState
    note: str | None = None
    days: int | None = None


def first_state(asking: Asking, caller: Caller) -> CaseState:
    """The vendor's staff prepare what the customer then asks for; disputes are the customer's."""
    if not asking.asked and asking.kind is not CaseKind.DISPUTE:
        return CaseState.DRAFT
    if caller.vendor:
        raise Forbidden(Reason.CUSTOMER_ONLY, "The customer asks; staff may only draft it.")
    return ASKED[asking.kind]


def no_transfer() -> Refused:
    """Credits stay with the account they were bought for, in every program (SF-16)."""
    return Refused(
        Reason.TRANSFER_NOT_ALLOWED, "Credits are not transferred from one account to another."
    )


def check_next(program: Program, book: Book, case: Case, caller: Caller, to: CaseState) -> None:
    """Whether this step follows, and is this caller's to take: else it says who was first."""
    if to not in following(case):
        raise _moved(case)
    needed = permission(case, to)
    roles = roles_of(book.account, book.member(caller.person.email), caller)
    if not program.may(roles, needed):
        raise not_permitted(program, needed)
    if needed is Permission.CLAIM and caller.vendor:
        raise Forbidden(Reason.CUSTOMER_ONLY, "The customer asks, and takes back.")
    if needed is Permission.REVIEW and _asked_by(case, caller):
        raise Forbidden(Reason.OWN_REQUEST, "Somebody else decides on what you have asked for.")


def _asked_by(case: Case, caller: Caller) -> bool:
    """Whether this is who has opened it, drafted it, or asked with what others had drafted."""
    first = {CaseState.DRAFT, ASKED[case.kind]}
    asked = {step.by for step in case.trail if step.state in first}
    return case.opened_by.same_as(caller.person) or caller.person.email in asked


def check_draft(program: Program, book: Book, case: Case, caller: Caller) -> None:
    """Whether it is still a draft, and this caller's to write on."""
    if case.state is not CaseState.DRAFT:
        raise _moved(case)
    check_book(program, book, caller, Permission.CLAIM)


def following(case: Case) -> tuple[CaseState, ...]:
    """The states that may come next."""
    match case.state:
        case CaseState.DRAFT:
            return CaseState.SUBMITTED, CaseState.WITHDRAWN
        case CaseState.SUBMITTED | CaseState.OPEN:
            return CaseState.IN_REVIEW, CaseState.WITHDRAWN
        case CaseState.IN_REVIEW:
            return GRANT[case.kind], CaseState.REJECTED, CaseState.WITHDRAWN
        case _:
            return ()


def check_over(case: Case | None) -> None:
    """Of a lot one case of a kind is open at a time: nobody is asked twice (T23)."""
    if case is not None and following(case):
        raise Conflict(
            Reason.ALREADY_ASKED,
            "There is such a case of this lot; it has to be answered or withdrawn first.",
            case=case.case_id,
            state=case.state.value,
        )


def permission(case: Case, to: CaseState) -> Permission:
    """Customers ask and take back; the vendor looks and answers."""
    asked = {ASKED[case.kind], CaseState.WITHDRAWN}
    return Permission.CLAIM if to in asked else Permission.REVIEW


def stepped(case: Case, caller: Caller, said: NextCaseStep, now: datetime) -> Case:
    """In its next state. A no has its reason, and so has what is granted at the vendor's grace."""
    grace = said.to is CaseState.APPROVED and case.kind is CaseKind.EXTENSION
    if said.note is None and (grace or said.to is CaseState.REJECTED):
        raise Refused(Reason.REASON_REQUIRED, "Say why.")
    step = CaseStep(
        state=said.to,
        at=max(now, case.trail[-1].at),
        by=caller.person.email,
        note=said.note,
    )
    return replace(case, trail=(*case.trail, step))


def answered_by(program: Program, case: Case, now: datetime) -> Case:
    """With the day by which the vendor owes an answer: set when it is asked, kept to the end."""
    if not case.waits:
        return replace(case, due_on=None)
    if case.due_on is not None:
        return case
    days, holidays = program.cases.answer_days, program.purchase.holidays
    return replace(case, due_on=plus_business_days(program.today(now), days, holidays))


def late(program: Program, case: Case, now: datetime) -> bool:
    """Whether the vendor should have answered by now."""
    return case.due_on is not None and program.today(now) > case.due_on


def opened(book: Book, case: Case, caller: Caller, *more: c.Write) -> c.Change:
    """One transaction: the case, and a line of history."""
    first = case.trail[0]
    line = noted(
        caller,
        HappeningKind.CASE_MOVED,
        first.at,
        about=case.case_id,
        detail=f"{case.kind} {first.state}",
    )
    return c.Change(
        program=book.account.program,
        account_id=case.account_id,
        writes=(c.OpenCase(case=case), line, *more),
    )


def changed(book: Book, was: Case, after: Case, caller: Caller, *more: c.Write) -> c.Change:
    """One transaction: the case, a line of history, and what the step does."""
    last = after.trail[-1]
    line = noted(
        caller,
        HappeningKind.CASE_MOVED,
        last.at,
        about=after.case_id,
        detail=f"{after.kind} {last.state}" + (f": {last.note}" if last.note else ""),
    )
    return c.Change(
        program=book.account.program,
        account_id=book.account.account_id,
        writes=(c.MoveCase(case=after, was=was), line, *more),
    )


def _moved(case: Case) -> Conflict:
    """Somebody was first: who, and what may come next."""
    return Conflict(
        Reason.CASE_MOVED,
        f"The case is {case.state.replace('_', ' ')}.",
        state=case.state.value,
        by=case.trail[-1].by,
        next=[state.value for state in following(case)],
    )
