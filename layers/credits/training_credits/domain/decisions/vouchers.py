"""Vouchers are issued with the credits that pay for them, and are in one pair of hands at most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from training_credits.domain import change as c
from training_credits.domain import codes
from training_credits.domain.drawing import LOTS_PER_DRAW_MAX
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Attendee,
    Fulfilment,
    Line,
    Redemption,
    Voucher,
    VoucherState,
)
from training_credits.domain.program import OfferingType, Program

VOUCHERS_MAX = 25
# Of the writes of a request that is carried out at once: the request, its entry, the guard that
# whoever asks still may, its submission, and a move of each lot. A dispute that is upheld has one
# more beside its request: the case, and a line of history. A code may be two.
OTHERS = 5 + LOTS_PER_DRAW_MAX
WRITES_OF_A_CODE = 2


def text_of(secret: str, program: str, redemption_id: str, line: int, place: int) -> str:
    """The text of a voucher; derived, so that an export can show what is not kept."""
    return codes.derive(secret, program, redemption_id, "voucher", str(line), str(place))


def issued(
    program: Program, redemption: Redemption, now: datetime, secret: str
) -> tuple[Voucher, ...]:
    """One for each that was paid for, good to the last day of its line (CI-08, SF-22)."""
    made = []
    for number, line in enumerate(redemption.lines, start=1):
        if line.item is None or line.usable_until is None or _kind(program, line) is None:
            continue
        for place in range(1, line.item.quantity + 1):
            text = text_of(secret, program.id, redemption.redemption_id, number, place)
            made.append(
                Voucher(
                    voucher_id=_id_of(redemption.redemption_id, number, place),
                    account_id=redemption.account_id,
                    redemption_id=redemption.redemption_id,
                    line=number,
                    title=line.title,
                    hint=text[-codes.HINT_LENGTH :],
                    issued_at=now,
                    usable_until=line.usable_until,
                    partner=line.item.offering.partner,
                )
            )
    return tuple(made)


def check_number(program: Program, asked: Redemption) -> None:
    """All vouchers of a request are issued in the one transaction that spends its credits.

    So there is room for 25, and for fewer beside many sessions, codes and budgets; and of codes
    for no more than fit beside the rest, whether there are vouchers or not.
    """
    wanted = sum(line.item.quantity for line in asked.lines if line.item and _kind(program, line))
    sessions = sum(1 for line in asked.lines if line.item and line.item.session)
    room = c.WRITES_MAX - OTHERS - sessions - len(asked.budgets)
    _check_codes(asked, room // WRITES_OF_A_CODE)
    most = min(VOUCHERS_MAX, room - WRITES_OF_A_CODE * len(asked.codes))
    if wanted > most:
        raise Refused(
            Reason.TOO_MANY_VOUCHERS,
            f"{wanted} vouchers are too many for one request; {most} are possible.",
            vouchers=wanted,
            most=most,
        )


def _check_codes(asked: Redemption, most: int) -> None:
    if len(asked.codes) > most:
        raise Refused(
            Reason.TOO_MANY_INSTRUMENTS,
            f"{len(asked.codes)} codes are too many for one request; {most} are possible.",
            most=most,
        )


def texts(secret: str, program: str, vouchers: Iterable[Voucher]) -> dict[str, str]:
    """The texts of all vouchers of a request by their ids, derived anew."""
    counted = Counter((voucher.redemption_id, voucher.line) for voucher in vouchers)
    return {
        _id_of(redemption_id, line, place): text_of(secret, program, redemption_id, line, place)
        for (redemption_id, line), count in counted.items()
        for place in range(1, count + 1)
    }


def _id_of(redemption_id: str, line: int, place: int) -> str:
    return derived("voucher", redemption_id, str(line), str(place))


def _kind(program: Program, line: Line) -> OfferingType | None:
    """What it is, where vouchers are what is got for it."""
    kind = program.spending.types.get(line.item.offering.type) if line.item else None
    return kind if kind is not None and kind.fulfilment is Fulfilment.VOUCHER else None


def assigned(voucher: Voucher, holder: Attendee, today: date) -> Voucher:
    """In the hands of one person; never of two. Said again of the same, it changes nothing."""
    _check_open(voucher, today)
    if voucher.holder is not None and voucher.holder.email != holder.email:
        raise Conflict(
            Reason.VOUCHER_TAKEN, "Somebody has this voucher.", holder=voucher.holder.email
        )
    return replace(voucher, state=VoucherState.ASSIGNED, holder=holder)


def unassigned(voucher: Voucher, today: date) -> Voucher:
    """Back in nobody's hands."""
    _check_open(voucher, today)
    return replace(voucher, state=VoucherState.ISSUED, holder=None)


def used(voucher: Voucher, holder: Attendee | None, today: date) -> Voucher:
    """The exam was taken, by whoever holds it, or is named now."""
    _check_open(voucher, today)
    return replace(voucher, state=VoucherState.USED, holder=voucher.holder or holder)


def voided(voucher: Voucher, today: date) -> Voucher:
    """Taken back before anybody has used it."""
    _check_open(voucher, today)
    return replace(voucher, state=VoucherState.VOID, holder=None)


def _check_open(voucher: Voucher, today: date) -> None:
    state = voucher.seen_on(today)
    if not state.open:
        raise Refused(
            Reason.VOUCHER_DONE,
            f"This voucher is {state}.",
            state=state.value,
            usable_until=voucher.usable_until.isoformat(),
        )
