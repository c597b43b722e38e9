"""A learner spends credits, looks at the request, confirms it, or takes it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from training_credits.domain.change import Change, ForgetAsked, Write
from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.decisions import waiting
from training_credits.domain.decisions.redemption import Asker
from training_credits.domain.decisions.rights import check_book, needed_by_learner, still
from training_credits.domain.decisions.wishes import check_wish
from training_credits.domain.errors import NotFound, Problem, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import Book, Caller, Redemption
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger, Tries
from training_credits.programs import program_named
from training_credits.use_cases.instruments import Asked, Form, look_up
from training_credits.use_cases.options import helpful
from training_credits.use_cases.submit import Intent, carry_out


def redeem(
    ledger: Ledger, tries: Tries, clock: Clock, intent: Intent, *, form: Form, secret: str
) -> str:
    """Spend at once, or ask an owner, as the account has chosen; two reads, one transaction.

    What the table guards by itself is read only at a second look, when a guard has failed.
    """
    caller, looked = intent.caller, False

    def decide(now: datetime) -> tuple[Redemption, Change]:
        nonlocal looked
        again, looked = looked, True
        program = program_named(caller.program, now)
        asked = look_up(ledger, program, caller, form, now, secret)
        check_wish(program, asked.wish, now)
        used = _used(ledger, caller, asked) if again else {}
        unique = derived("redemption", caller.program, caller.person.subject, intent.key)
        asker = Asker(
            redemption_id=f"{asked.book.account.account_id}-{unique}",
            learner=caller.person,
            secret=secret,
            used=used,
            assisted=asked.needs is not None and caller.vendor,
        )
        try:
            redemption, change = decisions.request(program, asked.book, asked.wish, asker, now)
        except Refused as no:
            raise helpful(program, asked, no, now) from None
        guards = still(program, caller, asked.needs) if asked.needs else ()
        if not caller.vendor:
            guards = (*guards, *waiting.counted(redemption))
            if again and redemption.open:
                _make_room(ledger, caller, redemption.account_id, now)
        return redemption, replace(change, writes=(*change.writes, *guards))

    try:
        return carry_out(ledger, clock, intent, decide)
    except Problem as problem:
        if problem.reason is Reason.CODE_NOT_ACCEPTED:
            tries.count_try(caller.program, caller.person.subject, clock())
        raise


def _used(ledger: Ledger, caller: Caller, asked: Asked) -> dict[str, int]:
    """What the learner has asked for with each code that limits every learner."""
    named = {tender.code_id for line in asked.wish.lines for tender in line.tenders}
    counting = [code for code in asked.book.codes if code.code_id in named and code.limit_each]
    account_id, subject = asked.book.account.account_id, caller.person.subject
    return {
        code.code_id: ledger.used(caller.program, account_id, code.code_id, subject)
        for code in counting
    }


def _make_room(ledger: Ledger, caller: Caller, account_id: str, now: datetime) -> None:
    """Where their list is full, what counts no more leaves it.

    In a transaction of its own, before the request's: it is over whatever becomes of the request.
    """
    asked = ledger.asked(caller.program, account_id, caller.person.subject)
    if len(asked) < waiting.OPEN_MAX:
        return
    gone = waiting.over(ledger.redemptions(caller.program, account_id, sorted(asked)), now)
    if not gone:
        raise waiting.too_many()
    forget = ForgetAsked(subject=caller.person.subject, redemption_ids=gone)
    ledger.commit(Change(program=caller.program, account_id=account_id, writes=(forget,)))


def read_redemption(ledger: Ledger, caller: Caller, redemption_id: str) -> Redemption:
    """A learner's own request; anybody else's does not exist."""
    account_id = redemption_id.partition("-")[0]
    for redemption in ledger.redemptions(caller.program, account_id, [redemption_id]):
        if redemption.learner.subject == caller.person.subject:
            return redemption
    raise redemption_not_found()


def confirm(
    ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str, *, secret: str
) -> str:
    """Spend what was set aside (CI-36)."""
    caller = intent.caller

    def step(book: Book, redemption: Redemption, now: datetime) -> tuple[Redemption, Change]:
        program = program_named(caller.program, now)
        guards = _still_asks(program, book, redemption, caller)
        after, change = waiting.confirm(program, book, redemption, now, secret=secret)
        return after, replace(change, writes=(*change.writes, *guards))

    return _stepped(ledger, clock, intent, redemption_id, step)


def _still_asks(
    program: Program, book: Book, redemption: Redemption, caller: Caller
) -> tuple[Write, ...]:
    """Whoever asked as a member confirms as one; to others their request is no longer there."""
    needed = needed_by_learner(redemption, caller)
    if needed is None:
        return ()
    try:
        check_book(program, book, caller, needed)
    except Problem:
        raise redemption_not_found() from None
    return still(program, caller, needed)


def cancel(ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str) -> str:
    """Take back what is not carried out yet."""
    return _stepped(ledger, clock, intent, redemption_id, waiting.cancel)


def _stepped(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    redemption_id: str,
    step: Callable[[Book, Redemption, datetime], tuple[Redemption, Change]],
) -> str:
    """A step that only who has asked can take."""
    caller = intent.caller

    def decide(now: datetime) -> tuple[Redemption, Change]:
        redemption = read_redemption(ledger, caller, redemption_id)
        # The closed lots too: what is held of them is still good until it lapses.
        book = ledger.book(caller.program, redemption.account_id, Depth.PAST)
        if book is None:
            raise redemption_not_found()
        return step(book, redemption, now)

    return carry_out(ledger, clock, intent, decide)


def redemption_not_found() -> NotFound:
    """The one answer for a request that does not exist and one that is somebody else's."""
    return NotFound(Reason.REDEMPTION_NOT_FOUND, "There is no such redemption for you.")
