"""What became of requests, of their lines, and of vouchers, as events."""

from datetime import datetime

from training_credits.domain.model import (
    Line,
    LineState,
    Redemption,
    RedemptionState,
    VoucherState,
)
from training_credits.dynamodb.items import RedemptionItem, VoucherItem
from training_credits.dynamodb.stream.base import Changed, Facts, event
from training_credits.ports import Event

DECISIONS = {
    RedemptionState.REFERRED: "RedemptionReferred",
    RedemptionState.PENDING: "RedemptionRequested",
    RedemptionState.RESERVED: "RedemptionReserved",
    RedemptionState.APPROVED: "RedemptionApproved",
    RedemptionState.DENIED: "RedemptionDenied",
    RedemptionState.CANCELLED: "RedemptionCancelled",
    RedemptionState.LAPSED: "RedemptionLapsed",
}
REMINDED = "RedemptionReminded"
UNUSED = "RedemptionUnused"
LINES = {
    LineState.RETURNED: "RedemptionReturned",
    LineState.BOOKED: "RedemptionMoved",
    LineState.DELIVERED: "RedemptionDelivered",
}
ASSIGNED = "VoucherAssigned"


def came_into_state(item: RedemptionItem) -> Event:
    """A request came into a state; into each but once."""
    redemption: Redemption = item.value()
    kind = DECISIONS[redemption.state]
    return _of(item, redemption, kind, redemption.redemption_id, redemption.settled_at)


def edited(changed: Changed, before: RedemptionItem, now: RedemptionItem) -> tuple[Event, ...]:
    """Without another state: somebody is to be reminded, or lines were given back or moved."""
    was: Redemption = before.value()
    after: Redemption = now.value()
    if was.remind_at is not None and after.remind_at is None:
        # Dated when it was due, not when the sweep came by.
        return (_of(now, after, REMINDED, after.redemption_id, was.remind_at),)
    if was.nudged_at is None and after.nudged_at is not None:
        return (_of(now, after, UNUSED, after.redemption_id, after.nudged_at),)
    pairs = enumerate(zip(was.lines, after.lines, strict=True), start=1)
    return tuple(
        _of_line(now, after, place, line, changed.at)
        for place, (old, line) in pairs
        if (old.state, old.moves) != (line.state, line.moves)
    )


def _of(item: RedemptionItem, value: Redemption, kind: str, about: str, at: datetime) -> Event:
    facts: Facts = {
        "redemption": value.redemption_id,
        "title": value.title,
        "credits": value.credits,
        "learner": value.learner.name,
        "learner_email": value.learner.email,
        "decided_by": value.decided_by,
    }
    return event(item, kind, about, at, facts)


def _of_line(
    item: RedemptionItem, value: Redemption, place: int, line: Line, at: datetime
) -> Event:
    facts: Facts = {
        "redemption": value.redemption_id,
        "line": place,
        "title": line.title,
        "credits": line.credits,
        "returned": line.returned,
        "moves": line.moves,
        "learner": value.learner.name,
        "learner_email": value.learner.email,
    }
    about = f"{value.redemption_id}-{place}-{line.moves}"
    return event(item, LINES[line.state], about, at, facts)


def assigned(changed: Changed, now: VoucherItem) -> Event | None:
    """A voucher is in somebody's hands; what else becomes of it is nobody else's news.

    Its text is in no event.
    """
    holder = now.holder
    if now.state is not VoucherState.ASSIGNED or holder is None:
        return None
    facts: Facts = {
        "voucher": now.voucher_id,
        "redemption": now.redemption_id,
        "title": now.title,
        "hint": now.hint,
        "usable_until": now.usable_until.isoformat(),
        "partner": now.partner,
        "holder": holder.name,
        "holder_email": holder.email,
    }
    about = f"{now.voucher_id}-{holder.email}"
    return event(now, ASSIGNED, about, changed.at, facts)
