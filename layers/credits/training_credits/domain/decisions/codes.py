"""Redemption codes: made, shown once, replaced, ended; and which of them open anything."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.calendar import end_of
from training_credits.domain.decisions.noting import change_of, noted
from training_credits.domain.decisions.rights import still
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason, Refused
from training_credits.domain.model import (
    Book,
    Caller,
    Code,
    CodeScope,
    HappeningKind,
    Opened,
    Permission,
)
from training_credits.domain.program import Program


def issue(program: Program, book: Book, caller: Caller, code: Code, now: datetime) -> c.Change:
    """One more redemption code for an account, or a lot, as the program says (AT-14, AT-15)."""
    _check_scope(program, book, code.lot_id)
    _check_conditions(program, code, now)
    working = [k for k in book.codes if k.lot_id == code.lot_id and k.works(now)]
    if len(working) >= program.codes.most:
        raise Conflict(
            Reason.CODE_EXISTS,
            "There is a redemption code already; the program allows no more of them.",
            most=program.codes.most,
        )
    return change_of(
        book.account,
        c.IssueCode(code=code, made=book.account.codes),
        noted(caller, HappeningKind.CODE_ISSUED, now, about=code.hint, detail=code.label or ""),
        *still(program, caller, Permission.SHARE),
    )


def ending(program: Program, ends_on: date | None) -> datetime | None:
    """The first instant at which a code with this last day is dead."""
    return None if ends_on is None else end_of(ends_on, program.time_zone)


def rotate(
    program: Program,
    book: Book,
    caller: Caller,
    code_id: str,
    *,
    digest: str,
    hint: str,
    grace: timedelta,
    now: datetime,
) -> tuple[Code, c.Change]:
    """Another text for the code, whose limits and uses stay; the old one ends after its grace."""
    old = _replaceable(program, book, code_id, now)
    if old.digest == digest:
        raise Conflict(Reason.CODE_EXISTS, "The code has this text already.")
    new = replace(old, digest=digest, hint=hint, previous=old.digest)
    return new, change_of(
        book.account,
        c.RotateCode(old=old, new=new, old_ends_at=now + grace, at=now),
        noted(caller, HappeningKind.CODE_ROTATED, now, about=f"{old.hint} by {hint}"),
        *still(program, caller, Permission.SHARE),
    )


def revoke(program: Program, book: Book, caller: Caller, code_id: str, now: datetime) -> c.Change:
    """The code ends now; what was asked for with it stays asked for."""
    old = _replaceable(program, book, code_id, now)
    return change_of(
        book.account,
        c.EndCode(code=old, at=now),
        noted(caller, HappeningKind.CODE_REVOKED, now, about=old.hint),
        *still(program, caller, Permission.SHARE),
    )


def usable(opened: Opened | None, book: Book | None, email: str, now: datetime) -> Code:
    """The code, if its text opens this account for this address now.

    Nobody has to be a member (AT-41). Unknown, malformed, revoked, ended, or not for this address:
    one answer for all (SF-40).
    """
    if book is None or opened is None:
        raise not_accepted()
    code = book.code(opened.code_id)
    if code is None or not (code.works(now) and code.serves(email) and _opens(code, opened, now)):
        raise not_accepted()
    return code


def _opens(code: Code, opened: Opened, now: datetime) -> bool:
    """By its text of now, or within its grace by the one before; older ones are done with."""
    if opened.digest == code.digest:
        return True
    grace = opened.ends_at is not None and now < opened.ends_at
    return opened.digest == code.previous and grace


def not_accepted() -> Refused:
    """The one answer for every code that opens nothing."""
    return Refused(Reason.CODE_NOT_ACCEPTED, "This is not accepted.")


def check_limits(code: Code, credits: int, used_by_learner: int) -> None:
    """What a code with limits still allows: said plainly, for it was accepted."""
    left = [
        limit - used
        for limit, used in ((code.limit, code.used), (code.limit_each, used_by_learner))
        if limit is not None
    ]
    if left and credits > min(left):
        raise Refused(
            Reason.CODE_LIMIT_REACHED,
            "The code does not allow so many credits.",
            credits=credits,
            credits_possible=max(min(left), 0),
        )


def _check_scope(program: Program, book: Book, lot_id: str | None) -> None:
    scope = program.codes.scope
    if scope is CodeScope.NONE or (scope is CodeScope.ACCOUNT and lot_id is not None):
        raise Refused(Reason.CODE_NOT_OFFERED, "The program has no such redemption codes.")
    if scope is CodeScope.LOT and not any(lot.lot_id == lot_id for lot in book.lots):
        raise NotFound(
            Reason.LOT_NOT_FOUND,
            "A code of this program opens one lot: name one that can be spent from.",
        )


def _check_conditions(program: Program, code: Code, now: datetime) -> None:
    conditions = (code.cost_centre, code.limit, code.limit_each, code.ends_on, code.domains or None)
    if any(condition is not None for condition in conditions) and not program.codes.conditions:
        raise Refused(
            Reason.CONDITIONS_NOT_OFFERED, "Codes of this program have no limits of their own."
        )
    if not code.works(now):
        raise Refused(Reason.DATE_NOT_POSSIBLE, "The code would have ended before today.")


def _replaceable(program: Program, book: Book, code_id: str, now: datetime) -> Code:
    code = book.code(code_id)
    if code is None or not code.works(now):
        raise NotFound(Reason.CODE_NOT_FOUND, "There is no such working code.")
    if not program.codes.replaceable:
        raise Forbidden(
            Reason.CODE_NOT_REPLACEABLE, "Codes of this program cannot be replaced or revoked."
        )
    return code
