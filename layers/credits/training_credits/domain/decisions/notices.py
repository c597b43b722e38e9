"""What is said of the end of a lot, before it and after (CI-50): each thing once, the last one."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from training_credits.domain import change as c
from training_credits.domain.calendar import instant_of
from training_credits.domain.model import Lot, Told
from training_credits.domain.program import Program


def watched(program: Program, lot: Lot) -> Lot:
    """A new lot with its first notice; one that ends sooner than that has fewer of them."""
    return replace(lot, notice_at=_next(program, lot, lot.granted_at))


def tell(program: Program, lot: Lot, now: datetime) -> c.TellLot | None:
    """What is due of a lot that is not to be closed; None if nothing is.

    Whatever was missed is not caught up with: only the last of it is said, and nothing at all
    where there is nothing to lose.
    """
    if lot.notice_at is None or now < lot.notice_at or not (lot.closed or lot.alive(now)):
        return None
    said = _call(program, lot, now) if lot.closed else _notice(program, lot, now)
    new = said if said and (lot.told is None or lot.told.days != said.days) else lot.told
    following = None if lot.closed else _next(program, lot, now)
    return c.TellLot(lot=replace(lot, notice_at=following, told=new), was=lot)


def call_at(program: Program, lot: Lot) -> datetime | None:
    """When, after its end, there is a last call to ask for what is lost; None if there is none."""
    until = reissuable_until(program, lot)
    if until is None or not program.reminders.last_call or not lot.balance.unspent:
        return None
    at = _begin(program, until - timedelta(days=program.reminders.last_call))
    return at if at > lot.expires_at else None


def reissuable_until(program: Program, lot: Lot) -> date | None:
    """The last day on which its credits can be asked for again; None where they cannot (CI-22)."""
    reissue = program.expiry.reissue
    if reissue is None or not reissue.left(lot):
        return None
    return program.expiry.reissue_until(lot.expires_on)


def _notice(program: Program, lot: Lot, now: datetime) -> Told | None:
    """The last of the notices whose day has come, with the window it falls into (CI-49)."""
    days = min((n for n in program.reminders.before_end if _at(program, lot, n) <= now), default=0)
    if not days or not lot.balance.available:
        return None
    reissue, until = program.expiry.reissue, reissuable_until(program, lot)
    opened = reissue is not None and program.today(now) >= reissue.window(lot.expires_on)[0]
    return Told(days=days, until=until if opened else None)


def _call(program: Program, lot: Lot, now: datetime) -> Told | None:
    until = reissuable_until(program, lot)
    if until is None or not lot.balance.expired or program.today(now) > until:
        return None
    day = until - timedelta(days=program.reminders.last_call)
    return Told(days=(lot.expires_on - day).days, until=until)


def _next(program: Program, lot: Lot, after: datetime) -> datetime | None:
    instants = (_at(program, lot, days) for days in program.reminders.before_end)
    return min((at for at in instants if after < at < lot.expires_at), default=None)


def _at(program: Program, lot: Lot, days: int) -> datetime:
    return _begin(program, lot.expires_on - timedelta(days=days))


def _begin(program: Program, day: date) -> datetime:
    """As the day begins where the vendor is, on which the page counts so many days left."""
    return instant_of(day, time.min, program.time_zone)
