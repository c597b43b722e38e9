"""Webhooks of one program in memory."""

from dataclasses import dataclass, field

from training_credits.domain import change as c
from training_credits.domain.model import Delivery, Endpoint

Place = tuple[str, str]


@dataclass
class Told:
    """Where events go, and what became of each."""

    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    deliveries: dict[Place, Delivery] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on one of these is met; of any other, it is."""
        match write:
            case c.SetEndpoint(endpoint=endpoint, was=was):
                return self.endpoints.get(endpoint.endpoint_id) == was
            case c.OpenDelivery(delivery=delivery):
                return _place(delivery) not in self.deliveries
            case c.SetDelivery(delivery=delivery, was=was):
                kept = self.deliveries.get(_place(delivery))
                return kept is not None and _read(kept) == _read(was)
            case _:
                return True

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.SetEndpoint(endpoint=endpoint):
                self.endpoints[endpoint.endpoint_id] = endpoint
            case c.OpenDelivery(delivery=delivery) | c.SetDelivery(delivery=delivery):
                self.deliveries[_place(delivery)] = delivery


def _place(delivery: Delivery) -> Place:
    return delivery.endpoint_id, delivery.delivery_id


def _read(delivery: Delivery) -> tuple[object, ...]:
    return delivery.state, delivery.attempts
