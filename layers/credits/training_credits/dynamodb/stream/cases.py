"""Where cases stand, as events."""

from datetime import date

from training_credits.domain.model import Case
from training_credits.dynamodb.items import CaseItem
from training_credits.dynamodb.stream.base import Facts, event
from training_credits.ports import Event

OPENED = "CaseOpened"
MOVED = "CaseMoved"


def opened(item: CaseItem) -> Event:
    """A draft too, which waits for the customer."""
    return _event(item, OPENED)


def moved(before: CaseItem, now: CaseItem) -> Event | None:
    """Another step; what is written in a draft is nobody else's news."""
    return _event(now, MOVED) if before.trail[-1].state is not now.trail[-1].state else None


def _event(item: CaseItem, kind: str) -> Event:
    """About the step it has come to: each is taken once."""
    case: Case = item.value()
    last = case.trail[-1]
    facts: Facts = {
        "case": case.case_id,
        "kind": case.kind,
        "state": case.state,
        "credits": case.credits,
        "lot": case.lot_id,
        "entry": case.entry_id,
        "redemption": case.redemption_id,
        "days": case.days,
        "due_on": _day(case.due_on),
        "new_lot": case.new_lot_id,
        "ends_on": _day(case.ends_on),
        "note": last.note,
        "opened_by_email": case.opened_by.email,
        "by": last.by,
    }
    return event(item, kind, f"{case.case_id}-{len(case.trail)}", last.at, facts)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
