"""The table is the outbox: what its stream says has happened, as events."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from training_credits.domain.model import (
    Entry,
    EntryKind,
    Member,
    MemberState,
    Order,
    OrderState,
)
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import (
    AccountItem,
    BlockItem,
    CaseItem,
    EntryItem,
    Item,
    LotItem,
    MemberItem,
    OrderItem,
    RedemptionItem,
    VoucherItem,
)
from training_credits.dynamodb.stream import cases, lots, requests
from training_credits.dynamodb.stream.base import Changed, Facts, event, seen
from training_credits.dynamodb.stream.requests import ASSIGNED, DECISIONS, LINES, REMINDED
from training_credits.ports import Event

__all__ = [
    "ASSIGNED",
    "DECISIONS",
    "FILED",
    "LINES",
    "MEMBERS",
    "ORDERS",
    "POSTED",
    "REMINDED",
    "events_of",
]

POSTED = "TransactionPosted"
FILED = "StatementFiled"
ORDERS = {state: f"Order{state.title()}" for state in OrderState}
MEMBERS = {
    MemberState.INVITED: "MemberInvited",
    MemberState.ACTIVE: "MemberJoined",
    MemberState.REMOVED: "MemberRemoved",
}


def events_of(record: Mapping[str, Any]) -> tuple[Event, ...]:
    """The events behind a stream record; none of a change nobody needs to hear of.

    Ids come from what happened, so that a record read twice makes the same events.
    """
    images = record["dynamodb"]
    if "NewImage" not in images:
        return ()
    now, before = seen(images["NewImage"]), images.get("OldImage")
    changed = Changed(before=seen(before), now=now, record=images) if before else None
    match changed:
        case Changed(before=RedemptionItem() as was, now=RedemptionItem() as asked) if (
            was.state is asked.state
        ):
            return requests.edited(changed, was, asked)
        case _:
            found = _first(now) if changed is None else _later(changed)
            return () if found is None else (found,)


def _first(item: Item) -> Event | None:
    """It is there for the first time."""
    match item:
        case AccountItem():
            facts: Facts = {"name": item.name, "opened_by": item.opened_by}
            return event(item, "AccountOpened", item.account_id, item.opened_at, facts)
        case EntryItem():
            return _entry(item)
        case CaseItem():
            return cases.opened(item)
        case BlockItem():
            return _filed(item)
        case _:
            return _moved(item)


def _later(changed: Changed) -> Event | None:
    """It was changed: another state is news, and a few things beside that."""
    match changed.before, changed.now:
        case OrderItem() as before, OrderItem() as now if before.state is now.state:
            refused = before.refused_at != now.refused_at and now.payment_problem
            return _refused(now) if refused else None
        case VoucherItem() as before, VoucherItem() as now if before.state is not now.state:
            return requests.assigned(changed, now)
        case MemberItem() as before, MemberItem() as now if before.state is now.state:
            return None
        case _:
            return _advanced(changed)


def _advanced(changed: Changed) -> Event | None:
    """What has no state that alone is news; of all else, the state it came into."""
    match changed.before, changed.now:
        case LotItem() as before, LotItem() as now:
            return lots.told(changed, before, now)
        case CaseItem() as before, CaseItem() as now:
            return cases.moved(before, now)
        case _, now:
            return _moved(now)


def _moved(item: Item) -> Event | None:
    """What has states came into one of them."""
    match item:
        case RedemptionItem():
            return requests.came_into_state(item)
        case OrderItem():
            return _order(item, ORDERS[item.state])
        case MemberItem():
            return _member(item)
        case _:
            return None


def _order(item: OrderItem, kind: str) -> Event:
    """About the step it has come to; a step is taken once, so the event's id is its own."""
    order: Order = item.value()
    return event(item, kind, order.order_id, order.trail[-1].at, _of_order(order))


def _refused(item: OrderItem) -> Event:
    """A card was refused, which may happen more than once."""
    order: Order = item.value()
    at = order.refused_at or order.placed_at
    about = f"{order.order_id}-{keys.instant(at)}"
    return event(item, "OrderPaymentFailed", about, at, _of_order(order))


def _of_order(order: Order) -> Facts:
    return {
        "order": order.order_id,
        "product": order.product,
        "credits": order.credits,
        "total_minor": order.total_minor,
        "currency": order.currency,
        "channel": order.channel,
        "buyer": order.buyer.name,
        "buyer_email": order.buyer.email,
        "company": order.billing.company,
        "sales_order": order.sale.sales_order,
        "valid_until": order.valid_until.isoformat() if order.valid_until else None,
        "problem": order.payment_problem,
        "by": order.trail[-1].by,
    }


def _member(item: MemberItem) -> Event:
    member: Member = item.value()
    facts: Facts = {"email": member.email, "role": member.role, "added_by": member.added_by}
    since = keys.instant(member.added_at)
    about = f"{item.pk.rpartition('#')[2]}-{member.email}-{since}"
    removed: datetime | None = item.removed_at
    at = removed or member.accepted_at or member.added_at
    return event(item, MEMBERS[member.state], about, at, facts)


def _entry(item: EntryItem) -> Event | None:
    """A transaction; of what is only set aside nobody is told."""
    entry: Entry = item.value()
    if entry.kind is EntryKind.EXPIRE:
        lost: Facts = {"lot": entry.reference, "credits": -entry.change}
        return event(item, "CreditsExpired", entry.reference, entry.at, lost)
    if not entry.posted:
        return None
    facts: Facts = {
        "entry": entry.entry_id,
        "kind": entry.kind,
        "change": entry.change,
        "credits": entry.moved,
        "title": entry.title,
        "reference": entry.reference,
        "actor": entry.actor,
        "learner": entry.learner,
    }
    return event(item, POSTED, f"{entry.account_id}-{entry.entry_id}", entry.at, facts)


def _filed(item: BlockItem) -> Event:
    facts: Facts = {"month": item.month, "entries": item.entries, "digest": item.digest}
    return event(item, FILED, f"{item.account_id}-{item.month}", item.end, facts)
