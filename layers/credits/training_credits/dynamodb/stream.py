"""The table is the outbox: what its stream says has happened, as events."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from training_credits.domain.model import EntryKind
from training_credits.dynamodb.items import (
    AccountItem,
    EntryItem,
    Item,
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


def event_of(record: Mapping[str, Any]) -> Event | None:
    """The event behind a stream record; None for a change nobody needs to hear of.

    Ids come from what happened, so that a record read twice makes the same event.
    """
    images = record["dynamodb"]
    if "NewImage" not in images:
        return None
    item = known(Item.from_raw_data(dict(images["NewImage"])))
    before = images.get("OldImage", {})
    match item:
        case RedemptionItem() if before.get("state") != images["NewImage"]["state"]:
            return _redemption(item)
        case OrderItem() if not before:
            return _order(item)
        case EntryItem() if not before and item.kind is EntryKind.EXPIRE:
            return _expired(item)
        case AccountItem() if not before:
            facts: Facts = {"name": item.name, "opened_by": item.opened_by}
            return _event(item, "AccountOpened", item.account_id, item.opened_at, facts)
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


def _order(item: OrderItem) -> Event:
    facts: Facts = {
        "order": item.order_id,
        "credits": item.credits,
        "paid_minor": item.list_minor - item.discount_minor,
        "currency": item.currency,
        "buyer": item.buyer.name,
        "buyer_email": item.buyer.email,
    }
    return _event(item, "OrderActivated", item.order_id, item.placed_at, facts)


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
