"""Webhooks."""

from training_credits.domain.model import Delivery, Endpoint
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import DeliveryItem, EndpointItem, Item
from training_credits.dynamodb.ledger.places import first
from training_credits.ports import Page


class Webhooks:
    """Implements `ports.Hooks`."""

    def endpoints(self, program: str) -> tuple[Endpoint, ...]:
        """One query."""
        within = Item.sk.startswith(keys.ENDPOINTS)
        items = reading.query(keys.webhooks(program), within)
        return tuple(item.value() for item in reading.of_kind(items, EndpointItem))

    def endpoint(self, program: str, endpoint_id: str) -> Endpoint | None:
        """One get."""
        place = keys.webhooks(program), keys.endpoint(endpoint_id)
        item = reading.get(EndpointItem, *place)
        return item.value() if item else None

    def delivery(
        self, program: str, endpoint_id: str, delivery_id: str
    ) -> tuple[Endpoint | None, Delivery | None]:
        """One batch get."""
        items = reading.get_many(
            [
                (keys.webhooks(program), keys.endpoint(endpoint_id)),
                (keys.webhook(program, endpoint_id), keys.delivery(delivery_id)),
            ]
        )
        return (
            first(item.value() for item in reading.of_kind(items, EndpointItem)),
            first(item.value() for item in reading.of_kind(items, DeliveryItem)),
        )

    def deliveries(
        self, program: str, endpoint_id: str, cursor: str | None, limit: int
    ) -> Page[Delivery]:
        """One query of the local index, from its end."""
        pk = keys.webhook(program, endpoint_id)
        bounds = {"sk": keys.under(keys.DELIVERIES), "book": keys.under(keys.TOLD)}
        return reading.listed(DeliveryItem, pk, bounds, cursor, limit, newest_first=True)
