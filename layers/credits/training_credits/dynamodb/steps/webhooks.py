"""Writes of webhooks."""

from dataclasses import fields
from typing import Any

from training_credits.domain import change as c
from training_credits.domain.model import Endpoint
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import DeliveryItem, EndpointItem
from training_credits.dynamodb.steps.base import ABSENT, Step, as_read, set_or_remove

Write = c.SetEndpoint | c.OpenDelivery | c.SetDelivery
# All of an endpoint but what it is for ever.
CHANGES = tuple(
    field.name
    for field in fields(Endpoint)
    if field.name not in {"endpoint_id", "made_by", "made_at"}
)


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    match write:
        case c.SetEndpoint():
            return _endpoint(change, write)
        case c.OpenDelivery(delivery=delivery):
            made = DeliveryItem.of(
                delivery,
                pk=keys.webhook(change.program, delivery.endpoint_id),
                sk=keys.delivery(delivery.delivery_id),
                book=keys.delivery_in_book(delivery),
            )
            return Step(write=write, item=made, guard=ABSENT)
        case c.SetDelivery(delivery=delivery, was=was):
            pk = keys.webhook(change.program, delivery.endpoint_id)
            item = DeliveryItem(pk=pk, sk=keys.delivery(delivery.delivery_id))
            same: Any = (DeliveryItem.state == was.state) & (DeliveryItem.attempts == was.attempts)
            actions = [
                DeliveryItem.state.set(delivery.state),
                DeliveryItem.attempts.set(delivery.attempts),
            ]
            return Step(write=write, item=item, guard=same, actions=actions)


def _endpoint(change: c.Change, write: c.SetEndpoint) -> Step:
    after, was = write.endpoint, write.was
    pk, sk = keys.webhooks(change.program), keys.endpoint(after.endpoint_id)
    if was is None:
        return Step(write=write, item=EndpointItem.of(after, pk=pk, sk=sk), guard=ABSENT)
    guard: Any = EndpointItem.url == was.url
    for name in CHANGES[1:]:
        guard &= as_read(getattr(EndpointItem, name), getattr(was, name))
    actions = [set_or_remove(getattr(EndpointItem, name), getattr(after, name)) for name in CHANGES]
    return Step(write=write, item=EndpointItem(pk=pk, sk=sk), guard=guard, actions=actions)
