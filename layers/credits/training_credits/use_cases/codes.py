"""Redemption codes: made and shown once, listed masked, replaced, revoked, looked after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from training_credits.domain import codes
from training_credits.domain.change import Change
from training_credits.domain.decisions import codes as decisions
from training_credits.domain.decisions.rights import check_book
from training_credits.domain.errors import NotFound, Reason
from training_credits.domain.identity import derived
from training_credits.domain.model import Book, Caller, Code, Permission, Redemption
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger, Page
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """Under which conditions a code works."""

    lot_id: str | None = None
    label: str | None = None
    cost_centre: str | None = None
    limit: int | None = None
    limit_each: int | None = None
    ends_on: date | None = None
    domains: tuple[str, ...] = ()


def issue(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    conditions: Conditions,
    secret: str,
) -> tuple[str, str]:
    """Make a redemption code and return it with its id: the only time it is seen in clear.

    The kept answer does not hold it; a replay derives the same code again.
    """
    caller = intent.caller
    text = codes.derive(
        secret,
        caller.program,
        account_id,
        conditions.lot_id or "",
        caller.person.subject,
        intent.key,
    )
    digest = codes.digest(secret, caller.program, text)

    def decide(now: datetime) -> tuple[Code, Change]:
        program, book = _shared(ledger, caller, account_id, now)
        code = Code(
            code_id=derived("code", digest),
            account_id=account_id,
            digest=digest,
            hint=text[-codes.HINT_LENGTH :],
            made_by=caller.person.email,
            made_at=now,
            lot_id=conditions.lot_id,
            label=conditions.label,
            cost_centre=conditions.cost_centre,
            limit=conditions.limit,
            limit_each=conditions.limit_each,
            ends_on=conditions.ends_on,
            ends_at=decisions.ending(program, conditions.ends_on),
            domains=tuple(domain.lower() for domain in conditions.domains),
        )
        return code, decisions.issue(program, book, caller, code, now)

    carry_out(ledger, clock, intent, decide)
    return derived("code", digest), codes.shown(text)


def rotate(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    account_id: str,
    code_id: str,
    grace: timedelta,
    secret: str,
) -> tuple[str, str]:
    """Give a code another text, shown once; the old one opens it until its grace is over."""
    caller = intent.caller
    text = codes.derive(
        secret, caller.program, account_id, code_id, caller.person.subject, intent.key
    )

    def decide(now: datetime) -> tuple[Code, Change]:
        program, book = _shared(ledger, caller, account_id, now)
        return decisions.rotate(
            program,
            book,
            caller,
            code_id,
            digest=codes.digest(secret, caller.program, text),
            hint=text[-codes.HINT_LENGTH :],
            grace=grace,
            now=now,
        )

    carry_out(ledger, clock, intent, decide)
    return code_id, codes.shown(text)


def revoke(ledger: Ledger, clock: Clock, caller: Caller, account_id: str, code_id: str) -> None:
    """End a code at once."""

    def attempt(now: datetime) -> None:
        program, book = _shared(ledger, caller, account_id, now)
        ledger.commit(decisions.revoke(program, book, caller, code_id, now))

    until_fresh(clock, attempt)


def listed(ledger: Ledger, clock: Clock, caller: Caller, account_id: str) -> tuple[Code, ...]:
    """Every code of the account, masked, ended ones too."""
    book = ledger.book(caller.program, account_id, Depth.PAST)
    program = program_named(caller.program, clock())
    return check_book(program, book, caller, Permission.SHARE).codes


def uses(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    account_id: str,
    code_id: str,
    *,
    cursor: str | None,
    limit: int,
) -> Page[Redemption]:
    """Who has used a code, when, and for what (SF-13)."""
    if all(code.code_id != code_id for code in listed(ledger, clock, caller, account_id)):
        raise NotFound(Reason.CODE_NOT_FOUND, "The account has no such code.")
    return ledger.uses(caller.program, account_id, code_id, cursor, limit)


def _shared(ledger: Ledger, caller: Caller, account_id: str, now: datetime) -> tuple[Program, Book]:
    program = program_named(caller.program, now)
    book = ledger.book(caller.program, account_id, Depth.MEMBERS)
    return program, check_book(program, book, caller, Permission.SHARE)
