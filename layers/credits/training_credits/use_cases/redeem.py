"""A learner spends credits with a code, looks at the request, or takes it back."""

from datetime import datetime

from training_credits.domain import codes
from training_credits.domain.change import Change
from training_credits.domain.decisions import redemption as decisions
from training_credits.domain.errors import NotFound, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import Caller, Code, Redemption
from training_credits.ports import Clock, Depth, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out


def redeem(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    *,
    code: str,
    title: str,
    credits: int,
    secret: str,
) -> str:
    """Spend at once, or ask an owner, as the account has chosen."""
    caller = intent.caller
    opened = _opened(ledger, caller.program, code, secret)
    account_id = opened.account_id
    unique = derived("redemption", caller.program, caller.person.subject, intent.key)

    def decide(now: datetime) -> tuple[Redemption, Change]:
        book = ledger.book(caller.program, account_id, Depth.FUNDS)
        if book is not None and not decisions.payers(book, opened.lot_id):
            book = ledger.book(caller.program, account_id, Depth.PAST)
        if book is None:
            raise _not_accepted()
        return decisions.request(
            program_named(caller.program),
            book,
            opened,
            redemption_id=f"{account_id}-{unique}",
            title=title,
            credits=credits,
            learner=caller.person,
            now=now,
        )

    return carry_out(ledger, clock, intent, decide)


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


def _opened(ledger: Ledger, program: str, text: str, secret: str) -> Code:
    """The code; a text that cannot be one is looked up all the same, so that nothing differs."""
    digest = codes.digest(secret, program, codes.canonical(text) or "")
    found = ledger.code(program, digest)
    if found is None:
        raise _not_accepted()
    return found


def _not_accepted() -> Refused:
    return Refused(Reason.CODE_NOT_ACCEPTED, "This code is not accepted.")
