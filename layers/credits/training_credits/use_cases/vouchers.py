"""Vouchers of a request: seen masked, shown in clear once, handed on, and used."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain import codes
from training_credits.domain.change import Change
from training_credits.domain.decisions import handing, vouchers
from training_credits.domain.decisions.handing import Hands
from training_credits.domain.model import Attendee, Caller, Redemption, Voucher
from training_credits.domain.program import Program
from training_credits.ports import Clock, Ledger
from training_credits.programs import program_named
from training_credits.use_cases.redeem import redemption_not_found
from training_credits.use_cases.submit import Intent, carry_out, until_fresh


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A request that is there for the caller, with its vouchers and what they may do with them."""

    program: Program
    redemption: Redemption
    vouchers: tuple[Voucher, ...]
    hands: Hands


def listed(ledger: Ledger, clock: Clock, caller: Caller, redemption_id: str) -> tuple[Voucher, ...]:
    """All vouchers of a request, in the order of its lines."""
    return _seen(ledger, caller, redemption_id, clock()).vouchers


def export(
    ledger: Ledger, clock: Clock, intent: Intent, redemption_id: str, *, secret: str
) -> tuple[tuple[Voucher, str], ...]:
    """Every voucher that is not void with its text: the only time it is seen in clear.

    The kept answer does not hold the texts; a replay derives the same again.
    """
    caller = intent.caller

    def decide(now: datetime) -> tuple[Redemption, Change]:
        seen = _seen(ledger, caller, redemption_id, now)
        handing.check_holds(seen.program, seen.hands)
        asked, made = seen.redemption, seen.vouchers
        return asked, handing.export(seen.program, caller, seen.hands, asked, made, now)

    carry_out(ledger, clock, intent, decide)
    account_id = redemption_id.partition("-")[0]
    made = ledger.vouchers(caller.program, account_id, redemption_id)
    texts = vouchers.texts(secret, caller.program, made)
    good = handing.good_ones(made)
    return tuple((voucher, codes.shown(texts[voucher.voucher_id])) for voucher in good)


def assign(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    redemption_id: str,
    voucher_id: str,
    holder: Attendee,
) -> Voucher:
    """Put a voucher into the hands of one person."""

    def step(voucher: Voucher, program: Program, now: datetime) -> Voucher:
        return vouchers.assigned(voucher, holder, program.today(now))

    return _handed(ledger, clock, caller, redemption_id, voucher_id, step)


def unassign(
    ledger: Ledger, clock: Clock, caller: Caller, redemption_id: str, voucher_id: str
) -> Voucher:
    """Take it back from whoever has not used it."""

    def step(voucher: Voucher, program: Program, now: datetime) -> Voucher:
        return vouchers.unassigned(voucher, program.today(now))

    return _handed(ledger, clock, caller, redemption_id, voucher_id, step)


def use(
    ledger: Ledger,
    clock: Clock,
    intent: Intent,
    redemption_id: str,
    voucher_id: str,
    *,
    holder: Attendee | None,
) -> str:
    """The exam was taken, as whoever fulfils says; `holder` where nobody was named before."""

    def decide(now: datetime) -> tuple[Voucher, Change]:
        seen = _seen(ledger, intent.caller, redemption_id, now)
        handing.check_fulfils(seen.program, seen.hands)
        was = handing.found(seen.vouchers, voucher_id)
        after = vouchers.used(was, holder, seen.program.today(now))
        return after, handing.used(seen.program, intent.caller, was, after)

    return carry_out(ledger, clock, intent, decide)


def _handed(
    ledger: Ledger,
    clock: Clock,
    caller: Caller,
    redemption_id: str,
    voucher_id: str,
    step: Callable[[Voucher, Program, datetime], Voucher],
) -> Voucher:
    """Sent again, it finds things as they should be, and writes nothing."""

    def attempt(now: datetime) -> Voucher:
        seen = _seen(ledger, caller, redemption_id, now)
        handing.check_holds(seen.program, seen.hands)
        was = handing.found(seen.vouchers, voucher_id)
        after = step(was, seen.program, now)
        if after != was:
            ledger.commit(handing.handed(seen.program, caller, seen.hands, was, after))
        return after

    return until_fresh(clock, attempt)


def _seen(ledger: Ledger, caller: Caller, redemption_id: str, now: datetime) -> Seen:
    """Both are read whether or not the request is there, so that nothing tells."""
    program, account_id = program_named(caller.program, now), redemption_id.partition("-")[0]
    asked = ledger.redemptions(program.id, account_id, [redemption_id])
    standing = ledger.standing(program.id, account_id, caller.person.email)
    for redemption in asked:
        hands = handing.hands_of(program, redemption, standing, caller)
        if hands.sees:
            return Seen(
                program=program,
                redemption=redemption,
                vouchers=ledger.vouchers(program.id, account_id, redemption_id),
                hands=hands,
            )
    raise redemption_not_found()
