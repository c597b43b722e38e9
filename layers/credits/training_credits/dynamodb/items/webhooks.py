"""Webhooks: endpoints, and what they were told."""

from pynamodb.attributes import UnicodeAttribute

from training_credits.domain import model
from training_credits.dynamodb.attributes import Choice, Instant, Json, WholeNumber
from training_credits.dynamodb.items.base import Stored


class EndpointItem(Stored[model.Endpoint], discriminator="endpoint"):
    """An endpoint; its secrets are nowhere."""

    stands_for = model.Endpoint
    endpoint_id = UnicodeAttribute()
    url = UnicodeAttribute()
    name = UnicodeAttribute()
    contact = UnicodeAttribute()
    made_by = UnicodeAttribute()
    made_at = Instant()
    types = Json(tuple[str, ...])
    state = Choice(model.EndpointState)
    generation = WholeNumber()
    rotated_at = Instant(null=True)
    failing_since = Instant(null=True)


class DeliveryItem(Stored[model.Delivery], discriminator="delivery"):
    """One event for one endpoint, as it is sent, and each time it was tried."""

    stands_for = model.Delivery
    delivery_id = UnicodeAttribute()
    endpoint_id = UnicodeAttribute()
    event_id = UnicodeAttribute()
    type = UnicodeAttribute()
    body = UnicodeAttribute()
    made_at = Instant()
    state = Choice(model.DeliveryState)
    attempts = Json(tuple[model.Attempt, ...])
