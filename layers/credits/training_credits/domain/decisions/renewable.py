"""Whether a remainder may live on: the program has such a thing, for this lot, today (SF-16)."""

from datetime import date, datetime, timedelta

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Case, CaseKind, Lot, PlannedUse
from training_credits.domain.program import Program, Reissue


def remainder(lot: Lot, now: datetime) -> int:
    """What is left of a lot to live on: what nobody has used or holds."""
    seen = lot.seen_at(now).balance
    return seen.available if lot.alive(now) else seen.expired


def check_possible(program: Program, lot: Lot, case: Case, now: datetime) -> None:
    """Whether the program has such a thing, for this lot, today; and there is something left."""
    if case.kind is CaseKind.REISSUE:
        _check_reissue(program, lot, now)
    else:
        _check_extension(program, lot, now)
    if not remainder(lot, now):
        raise Refused(Reason.NOTHING_LEFT, "Nothing is left of this lot.", lot=lot.lot_id)


def _check_reissue(program: Program, lot: Lot, now: datetime) -> None:
    terms = program.expiry.reissue
    if terms is None:
        raise Refused(
            Reason.REISSUE_NOT_ALLOWED, "Credits of this program are not reissued.", lot=lot.lot_id
        )
    if not terms.left(lot):
        raise Refused(
            Reason.REISSUE_LIMIT,
            "These credits were reissued before.",
            lot=lot.lot_id,
            most=terms.most,
            reissued_from=lot.reissued_from,
        )
    _check_within(*terms.window(lot.expires_on), program.today(now), lot)


def _check_extension(program: Program, lot: Lot, now: datetime) -> None:
    terms = program.expiry.extension
    if terms is None:
        raise Refused(
            Reason.EXTENSION_NOT_ALLOWED,
            "Credits of this program are not extended.",
            lot=lot.lot_id,
        )
    first = min(program.today(now), lot.expires_on)
    last = lot.expires_on + timedelta(days=terms.days_after)
    _check_within(first, last, program.today(now), lot)


def _check_within(first: date, last: date, today: date, lot: Lot) -> None:
    if not first <= today <= last:
        raise Refused(
            Reason.OUTSIDE_WINDOW,
            f"This can be asked for from {first.isoformat()} to {last.isoformat()}.",
            lot=lot.lot_id,
            first=first.isoformat(),
            last=last.isoformat(),
        )


def check_ready(program: Program, lot: Lot, case: Case, now: datetime) -> None:
    """What is asked for is whole: a plan for all of it, or a number of days."""
    terms = program.expiry.reissue
    if case.kind is CaseKind.REISSUE and terms is not None:
        check_covered(case.plan, remainder(lot, now))
        _check_dates(program, terms, lot, case, program.today(now))
        return
    check_days(program, case.days)


def check_days(program: Program, days: int | None) -> int:
    """So many as the program gives at most; nobody extends by none (AT-37)."""
    most = program.expiry.extension.days_max if program.expiry.extension else 0
    if days is None or not 1 <= days <= most:
        raise Refused(
            Reason.EXTENSION_TOO_LONG, f"An extension has 1 to {most} days.", days=days, most=most
        )
    return days


def check_covered(plan: tuple[PlannedUse, ...], credits: int) -> None:
    """All that is left has its use in the plan (CI-24)."""
    planned = sum(use.credits for use in plan)
    if planned < credits:
        raise Refused(
            Reason.PLAN_INCOMPLETE,
            f"The plan uses {planned} of {credits} credits.",
            credits=credits,
            planned=planned,
        )


def _check_dates(program: Program, terms: Reissue, lot: Lot, case: Case, today: date) -> None:
    """Each use lies in the months they would have if it were granted today (CI-24)."""
    last = program.last_day(terms.ends_on(today, lot.expires_on))
    outside = [use.on.isoformat() for use in case.plan if not today <= use.on <= last]
    if outside:
        raise Refused(
            Reason.PLAN_INCOMPLETE,
            f"What is planned takes place from {today.isoformat()} to {last.isoformat()}.",
            outside=outside,
            first=today.isoformat(),
            last=last.isoformat(),
        )
