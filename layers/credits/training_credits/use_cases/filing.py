"""Filing the months of an account that are over: papers, seal, block, one month after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from training_credits import papers
from training_credits.domain.decisions import filing
from training_credits.domain.errors import Stale
from training_credits.domain.journal import seal, sealed_text
from training_credits.domain.model import Block, Entry, Month
from training_credits.domain.statement import Period
from training_credits.ports import Clock, Depth, Documents, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.entries import EPOCH
from training_credits.use_cases.expire import close
from training_credits.use_cases.statements import stated

PAGE = 1_000
# Up to 200,000 entries of a month: nobody waits for it as for an answer.
PAGES_MAX = 200
JSON = "application/json"


class OutOfTime(Exception):
    """There are more months than there was time for; what is filed stays filed."""


class Contradiction(Exception):
    """What is to be filed differs from what was, or from itself: somebody has to look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cabinet:
    """Where papers are kept, and where the seals are, which nobody can take away again."""

    documents: Documents
    seals: Documents


@dataclass(frozen=True, slots=True)
class Job:
    """A month of an account, and the one before it."""

    program: str
    account_id: str
    before: Block | None
    month: Month


def statement_key(program: str, account_id: str, month: str, form: str) -> str:
    """Where the statement of a filed month is kept."""
    return f"statements/{program}/{account_id}/{month}.{form}"


def seal_key(program: str, account_id: str, month: str) -> str:
    """Where the seal of a month is kept."""
    return f"seals/{program}/{account_id}/{month}.json"


def file_months(
    ledger: Ledger,
    clock: Clock,
    cabinet: Cabinet,
    program: str,
    account_id: str,
    has_time: Callable[[], bool],
) -> int:
    """How many months were filed: as many as were missed, the oldest first, each once.

    Whoever is faster files a month, and the other goes on after it.
    """
    done = 0
    overtaken: str | None = None
    while has_time():
        now = clock()
        before = ledger.filed(program, account_id, now)
        month = _next(ledger, program, account_id, before, now)
        if month is None or now < filing.due(month):
            return done
        if month.name == overtaken:
            raise Contradiction(f"{month.name} of {account_id} can neither be filed nor found")
        try:
            _file(ledger, clock, cabinet, Job(program, account_id, before, month))
        except Stale:
            overtaken = month.name
        else:
            done += 1
    raise OutOfTime(account_id)


def _next(
    ledger: Ledger, program: str, account_id: str, before: Block | None, now: datetime
) -> Month | None:
    """The month after the newest that is filed, or that of the first entry; None without any."""
    if before is not None:
        rules = program_named(program, before.end)
        return filing.month_after(rules, before.month, before.end)
    first = ledger.entries(program, account_id, EPOCH, now, None, 1).items
    return filing.month_of(program_named(program, first[0].at), first[0].at) if first else None


def _file(ledger: Ledger, clock: Clock, cabinet: Cabinet, job: Job) -> None:
    """Papers and seal before the block: whatever the table names is there.

    Killed anywhere and begun again, it makes the same bytes, for nothing that they are made of
    can change any more.
    """
    for lot in ledger.lots(job.program, job.account_id):
        if not lot.closed and lot.expires_at < job.month.end:
            close(ledger, clock, job.program, job.account_id, lot.lot_id)
    sealed = seal(job.program, job.account_id, job.month, job.before, _entries(ledger, job))
    period = Period(start=job.month.start, end=job.month.end)
    book = ledger.book(job.program, job.account_id, Depth.FUNDS)
    name = book.account.name if book else None
    statement = stated(
        ledger, job.program, job.account_id, period, clock(), name, pages_max=PAGES_MAX
    )
    if statement.balances != sealed.block.lots:
        raise Contradiction(f"{job.month.name} of {job.account_id} is stated otherwise than sealed")
    rules = program_named(job.program, job.month.start)
    for form in papers.Form:
        key = statement_key(job.program, job.account_id, job.month.name, form)
        cabinet.documents.put_once(
            key, papers.statement(rules, statement, form), papers.KINDS[form]
        )
    _keep_seal(cabinet.seals, job, sealed_text(sealed))
    ledger.commit(filing.filed(program_named(job.program, job.month.end), sealed.block))


def _entries(ledger: Ledger, job: Job) -> Iterator[Entry]:
    """Every entry of the month, page by page."""
    cursor = None
    while True:
        page = ledger.entries(
            job.program, job.account_id, job.month.start, job.month.end, cursor, PAGE
        )
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def _keep_seal(seals: Documents, job: Job, text: bytes) -> None:
    """What was sealed once can only be sealed again as it was."""
    key = seal_key(job.program, job.account_id, job.month.name)
    if not seals.put_once(key, text, JSON) and seals.get(key) != text:
        raise Contradiction(f"{key} was sealed as something else")
