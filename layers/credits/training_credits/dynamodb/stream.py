"""The table is the outbox: what its stream says has happened, as events."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from training_credits.domain.model import EntryKind, Member, MemberState, Order, OrderState
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import (
    AccountItem,
    EntryItem,
    Item,
    MemberItem,
    OrderItem,
    RedemptionItem,
)
from training_credits.dynamodb.reading import known
from training_credits.ports import Event

Facts = dict[str, str | int | None]
DECISIONS = {
    "pending": "RedemptionRequested",
    "approved": "RedemptionApproved",
    "denied": "RedemptionDenied",
    "cancelled": "RedemptionCancelled",
}


ORDERS = {state: f"Order{state.title()}" for state in OrderState}
MEMBERS = {
    MemberState.INVITED: "MemberInvited",
    MemberState.ACTIVE: "MemberJoined",
    MemberState.REMOVED: "MemberRemoved",
}


def event_of(record: Mapping[str, Any]) -> Event | None:
    """The event behind a stream record; None for a change nobody needs to hear of.

    Ids come from what happened, so that a record read twice makes the same event.
    """
    images = record["dynamodb"]
    if "NewImage" not in images:
        return None
    item = known(Item.from_raw_data(dict(images["NewImage"])))
    before = images.get("OldImage", {})
    return _first(item) if not before else _later(item, before, images["NewImage"])


def _first(item: Item) -> Event | None:
    """It is there for the first time."""
    match item:
        case AccountItem():
            facts: Facts = {"name": item.name, "opened_by": item.opened_by}
            return _event(item, "AccountOpened", item.account_id, item.opened_at, facts)
        case EntryItem() if item.kind is EntryKind.EXPIRE:
            return _expired(item)
        case _:
            return _moved(item)


def _later(item: Item, before: Mapping[str, Any], now: Mapping[str, Any]) -> Event | None:
    """It was changed: only another state is news, and a card that was refused."""
    if before.get("state") != now.get("state"):
        return _moved(item)
    if isinstance(item, OrderItem) and before.get("refused_at") != now.get("refused_at"):
        return _refused(item) if item.payment_problem else None
    return None


def _moved(item: Item) -> Event | None:
    """What has states came into one of them."""
    match item:
        case RedemptionItem():
            return _redemption(item)
        case OrderItem():
            return _order(item, ORDERS[item.state])
        case MemberItem():
            return _member(item)
        case _:
            return None


def _redemption(item: RedemptionItem) -> Event:
    facts: Facts = {
        "redemption": item.redemption_id,
        "title": item.title,
        "credits": item.credits,
        "learner": item.learner.name,
        "learner_email": item.learner.email,
        "decided_by": item.decided_by,
    }
    at = item.value().settled_at
    return _event(item, DECISIONS[item.state], item.redemption_id, at, facts)


def _order(item: OrderItem, kind: str) -> Event:
    """About the step it has come to; a step is taken once, so the event's id is its own."""
    order: Order = item.value()
    return _event(item, kind, order.order_id, order.trail[-1].at, _of_order(order))


def _refused(item: OrderItem) -> Event:
    """A card was refused, which may happen more than once."""
    order: Order = item.value()
    at = order.refused_at or order.placed_at
    about = f"{order.order_id}-{keys.instant(at)}"
    return _event(item, "OrderPaymentFailed", about, at, _of_order(order))


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
    return _event(item, MEMBERS[member.state], about, at, facts)


def _expired(item: EntryItem) -> Event:
    facts: Facts = {"lot": item.reference, "credits": -item.value().change}
    return _event(item, "CreditsExpired", item.reference, item.at, facts)


def _event(item: Item, kind: str, about: str, at: datetime, facts: Facts) -> Event:
    program, _, account_id = item.pk.split("#", 2)
    return Event(
        id=f"{kind}-{about}",
        type=kind,
        program=program,
        account_id=account_id,
        at=at.astimezone(UTC),
        facts=facts,
    )
