"""One mail about a day's transactions, for those who want no more than that (CI-16)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from training_credits.domain.calendar import end_of, instant_of
from training_credits.domain.change import Change, EndDigest
from training_credits.domain.errors import Stale
from training_credits.domain.model import Book, Entry, Pace, Permission
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, DueDigest, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.mail_facts import available, clock_time
from training_credits.use_cases.mailing import NOTHING_CHOSEN, Office, frame, mail_of, send_once
from training_credits.use_cases.worklist import work_off

# A mail that lists more is read by nobody; the button leads to all of them.
SHOWN_MAX = 50
PAGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Digested:
    """What one run did. `finished` is false if time ran out; the next run goes on.

    `errors` are of mails that could not be handed over: they stand in no other's way.
    """

    sent: int
    errors: tuple[Exception, ...]
    finished: bool


def tell_of_days(office: Office, clock: Clock, has_time: Callable[[], bool]) -> Digested:
    """Send every digest that is due by now; a missed run heals itself."""
    run = work_off(
        clock,
        office.ledger.due_digests,
        has_time,
        lambda program, due: _tell(office, program_named(program, clock()), due, clock()),
    )
    return Digested(sent=sum(run.done), errors=run.errors, finished=run.finished)


def _tell(office: Office, program: Program, due: DueDigest, now: datetime) -> bool:
    """First the mail, at most once, then it leaves the worklist: a crash between sends no other."""
    book = office.ledger.book(program.id, due.account_id, Depth.MEMBERS)
    chosen = office.ledger.preferences(program.id, [due.email])
    wishes = chosen.get(due.email, NOTHING_CHOSEN)
    sent = False
    if book is not None and _still_reads(program, book, due.email):
        pace = wishes.transactions or program.mails.transactions
        entries = [] if pace is Pace.OFF else list(_posted(office.ledger, program, due))
        if entries:
            facts = {
                **_facts(program, due.day, entries),
                "left": available(book, now),
                **frame(office, program, due.account_id),
            }
            mail = mail_of(due.email, "Digest", facts, wishes.language)
            message_id = f"Digest-{due.account_id}-{due.day}#{due.email}"
            sent = send_once(office, program.id, message_id, mail)
    done = EndDigest(email=due.email, day=due.day)
    try:
        office.ledger.commit(Change(program=program.id, account_id=due.account_id, writes=(done,)))
    except Stale:
        return sent
    return sent


def _still_reads(program: Program, book: Book, email: str) -> bool:
    """Who has left the account, or its deciders, hears no more of it."""
    member = book.member(email)
    deciding = program.who_may(Permission.DECIDE)
    return member is not None and member.active and member.role in deciding


def _posted(ledger: Ledger, program: Program, due: DueDigest) -> Iterator[Entry]:
    """The transactions of the day, in the program's zone, oldest first."""
    start = instant_of(due.day, time(), program.time_zone)
    end = end_of(due.day, program.time_zone)
    cursor = None
    while True:
        page = ledger.entries(program.id, due.account_id, start, end, cursor, PAGE)
        yield from (entry for entry in page.items if entry.posted)
        cursor = page.cursor
        if cursor is None:
            return


def _facts(program: Program, day: date, entries: list[Entry]) -> dict[str, object]:
    return {
        "day": day.isoformat(),
        "count": len(entries),
        "shown": min(len(entries), SHOWN_MAX),
        "lines": [
            {
                "at": clock_time(program, entry.at),
                "kind": entry.kind,
                "change": entry.change,
                "title": entry.title,
                "who": entry.learner or "",
            }
            for entry in entries[:SHOWN_MAX]
        ],
    }
