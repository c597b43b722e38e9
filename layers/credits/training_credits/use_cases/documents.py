"""Papers on demand: made, or found where the month is filed, and handed out by a link."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from training_credits import papers
from training_credits.domain.calendar import local_date, month_bounds
from training_credits.domain.errors import Reason, Refused, Throttled
from training_credits.domain.model import Account, Caller, Permission
from training_credits.domain.papers import Form, Paper
from training_credits.domain.program import Program
from training_credits.domain.statement import Period
from training_credits.ports import LINK_SECONDS_MAX, Clock, Documents, Kept, Ledger, Quota
from training_credits.programs import program_named
from training_credits.use_cases.entries import MOMENT, as_they_were
from training_credits.use_cases.filing import statement_key
from training_credits.use_cases.rights import check_right
from training_credits.use_cases.statements import stated

A_DAY_MAX = 50
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A paper of a `month`, "2026-10", or from one instant to before another."""

    paper: Paper
    form: Form
    month: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What papers are made with, and where they are kept."""

    ledger: Ledger
    quota: Quota
    documents: Documents
    clock: Clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A paper that is kept, and for how long its link is good."""

    name: str
    form: Form
    kept: Kept
    link: str
    expires_at: datetime
    filed: bool


def make_document(desk: Desk, caller: Caller, account_id: str, wish: Wish) -> Document:
    """The paper of a filed month as it was filed; any other is made now, so many a day."""
    now = desk.clock()
    program = program_named(caller.program, now)
    period = _period(program, wish).begun(now)
    if wish.paper is Paper.TRANSACTIONS and wish.form is Form.PDF:
        raise Refused(Reason.FORMAT_NOT_OFFERED, "Transactions are made as CSV or XLSX.")
    account = check_right(desk.ledger, desk.clock, caller, account_id, Permission.STATE)
    found = _filed(desk, program, account_id, wish)
    key, kept = found or _made(desk, program, account, wish, period)
    name = _name(program, account, wish, period)
    return Document(
        name=name,
        form=wish.form,
        kept=kept,
        link=desk.documents.link(key, name, LINK_SECONDS_MAX),
        expires_at=now + timedelta(seconds=LINK_SECONDS_MAX),
        filed=found is not None,
    )


def _period(program: Program, wish: Wish) -> Period:
    if wish.month and not (wish.start or wish.end):
        year, month = (int(part) for part in wish.month.split("-"))
        start, end = month_bounds(year, month, program.time_zone)
    elif wish.start and wish.end and not wish.month:
        start, end = wish.start, wish.end
    else:
        raise Refused(Reason.PERIOD_UNCLEAR, "Name either a month, or from and to.")
    return Period(start=start, end=end)


def _filed(desk: Desk, program: Program, account_id: str, wish: Wish) -> tuple[str, Kept] | None:
    if wish.paper is not Paper.STATEMENT or wish.month is None:
        return None
    key = statement_key(program.id, account_id, wish.month, wish.form)
    kept = desk.documents.find(key)
    return None if kept is None else (key, kept)


def _made(
    desk: Desk, program: Program, account: Account, wish: Wish, period: Period
) -> tuple[str, Kept]:
    """Its key says what is in it: made twice, it is kept once."""
    now = desk.clock()
    _count(desk.quota, program, account.account_id, now)
    body = _printed(desk.ledger, program, account, wish, period, now)
    kept = Kept(size=len(body), sha256=hashlib.sha256(body).hexdigest())
    key = f"made/{program.id}/{account.account_id}/{kept.sha256}.{wish.form}"
    desk.documents.put_once(key, body, papers.KINDS[wish.form])
    return key, kept


def _count(quota: Quota, program: Program, account_id: str, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    if not quota.take(program.id, account_id, today, A_DAY_MAX):
        raise Throttled(
            Reason.TOO_MANY_DOCUMENTS,
            f"{A_DAY_MAX} documents were made of this account today. Those that are filed can"
            " still be had.",
            most=A_DAY_MAX,
            again_at=datetime.combine(today + DAY, time.min, UTC).isoformat(),
        )


def _printed(
    ledger: Ledger, program: Program, account: Account, wish: Wish, period: Period, now: datetime
) -> bytes:
    account_id = account.account_id
    if wish.paper is Paper.STATEMENT:
        told = stated(ledger, program.id, account_id, period, now, account.name)
        return papers.statement(program, told, wish.form)
    entries = as_they_were(ledger, program.id, account_id, period.start, period.end, now)
    return papers.transactions(program, entries, min(period.end, now), wish.form)


def _name(program: Program, account: Account, wish: Wish, period: Period) -> str:
    """What the file is called where it is saved."""
    first = local_date(period.start, program.time_zone)
    last = local_date(period.end - MOMENT, program.time_zone)
    when = wish.month or f"{first} to {last}"
    return f"{account.name or account.account_id} {wish.paper} {when}.{wish.form}"
