"""A learner spends credits with a code, looks at the request, or takes it back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from training_credits.domain import codes
from training_credits.domain.change import Change
from training_credits.domain.decisions import codes as code_decisions
from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.decisions.rights import check_book, still
from training_credits.domain.decisions.wishes import Wish, check_wish
from training_credits.domain.errors import NotFound, Problem, Reason, Throttled
from training_credits.domain.identity import derived
from training_credits.domain.model import Book, Caller, Opened, Permission, Redemption
from training_credits.domain.program import Program
from training_credits.ports import Clock, Depth, Ledger, Tries
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out

TRIES_MAX = 100
TRIES_DAYS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """What pays: the text of a code, or the number of a sales order (CI-14)."""

    code: str | None = None
    sales_order: str | None = None


def redeem(
    ledger: Ledger,
    tries: Tries,
    clock: Clock,
    intent: Intent,
    *,
    instrument: Instrument,
    wish: Wish,
    secret: str,
) -> str:
    """Spend at once, or ask an owner, as the account has chosen.

    Whoever has guessed too often is refused without a look (SF-40).
    """
    caller = intent.caller
    today = program_named(caller.program, clock()).today(clock())
    since = today - timedelta(days=TRIES_DAYS - 1)
    if tries.tries(caller.program, caller.person.subject, since, today) >= TRIES_MAX:
        raise Throttled(
            Reason.TOO_MANY_TRIES,
            f"{TRIES_MAX} wrong codes in {TRIES_DAYS} days: no more are looked at.",
            tries_max=TRIES_MAX,
            days=TRIES_DAYS,
        )

    def decide(now: datetime) -> tuple[Redemption, Change]:
        program = program_named(caller.program, now)
        book, funding = _funded(ledger, program, caller, instrument, wish.credits, now, secret)
        check_wish(program, wish, now)
        unique = derived("redemption", caller.program, caller.person.subject, intent.key)
        redemption, change = decisions.request(
            program,
            book,
            funding,
            redemption_id=f"{book.account.account_id}-{unique}",
            wish=wish,
            learner=caller.person,
            now=now,
        )
        member = funding.code is None
        guards = still(program, caller, Permission.SPEND) if member else ()
        return redemption, replace(change, writes=(*change.writes, *guards))

    try:
        return carry_out(ledger, clock, intent, decide)
    except Problem as problem:
        if problem.reason is Reason.CODE_NOT_ACCEPTED:
            tries.count_try(caller.program, caller.person.subject, today)
        raise


def _funded(
    ledger: Ledger,
    program: Program,
    caller: Caller,
    instrument: Instrument,
    credits: int,
    now: datetime,
    secret: str,
) -> tuple[Book, decisions.Funding]:
    """The account that pays, and with what: the two instruments are looked up alike."""
    if instrument.sales_order is not None:
        return _numbered(ledger, program, caller, instrument.sales_order)
    digest = codes.digest(secret, program.id, codes.canonical(instrument.code or "") or "")
    opened = ledger.code(program.id, digest)
    # A text that opens nothing asks for a book all the same, so that nothing differs.
    nobody = Opened(digest=digest, account_id=derived("nobody", digest), code_id="")
    book = ledger.book(program.id, (opened or nobody).account_id, Depth.FUNDS)
    code = code_decisions.usable(opened, book, caller.person.email, now)
    found = _explained(ledger, program, book, code.lot_id)
    each, subject = code.limit_each is not None, caller.person.subject
    used = ledger.used(program.id, code.account_id, code.code_id, subject) if each else 0
    code_decisions.check_limits(code, credits, used)
    return found, decisions.Funding(lot_id=code.lot_id, code=code)


def _numbered(
    ledger: Ledger, program: Program, caller: Caller, number: str
) -> tuple[Book, decisions.Funding]:
    """Numbers can be guessed, so only members pay with them; to others they do not exist."""
    place = ledger.order_numbered(program.id, number) if program.redeeming.sales_orders else None
    account_id, order_id = place or (derived("nobody", number), "")
    book = ledger.book(program.id, account_id, Depth.PAST)
    try:
        found = check_book(program, book, caller, Permission.SPEND)
    except Problem:
        raise code_decisions.not_accepted() from None
    return found, decisions.Funding(lot_id=order_id, assisted=caller.vendor)


def _explained(ledger: Ledger, program: Program, book: Book | None, lot_id: str | None) -> Book:
    """With the closed lots too, where no open one could pay: they say why."""
    if book is not None and not decisions.payers(book, lot_id):
        book = ledger.book(program.id, book.account.account_id, Depth.PAST)
    if book is None:
        raise code_decisions.not_accepted()
    return book


def read_redemption(ledger: Ledger, caller: Caller, redemption_id: str) -> Redemption:
    """A learner's own request; anybody else's does not exist."""
    account_id = redemption_id.partition("-")[0]
    for redemption in ledger.redemptions(caller.program, account_id, [redemption_id]):
        if redemption.learner.subject == caller.person.subject:
            return redemption
    raise redemption_not_found()


def cancel(ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str) -> str:
    """Withdraw a request that nobody has decided yet."""
    caller = intent.caller

    def decide(now: datetime) -> tuple[Redemption, Change]:
        redemption = read_redemption(ledger, caller, redemption_id)
        book = ledger.book(caller.program, redemption.account_id, Depth.FUNDS)
        if book is None:
            raise redemption_not_found()
        return decisions.cancel(book, redemption, now)

    return carry_out(ledger, clock, intent, decide)


def redemption_not_found() -> NotFound:
    """The one answer for a request that does not exist and one that is somebody else's."""
    return NotFound(Reason.REDEMPTION_NOT_FOUND, "There is no such redemption for you.")
