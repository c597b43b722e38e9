"""Webhooks: what is kept of them, and how something is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from training_credits.domain.model import Attempt, Delivery, Endpoint
from training_credits.ports.messages import Errands
from training_credits.ports.paging import Page


class Hooks(Protocol):
    """What the table is asked about webhooks; they are written as all else is, by `commit`."""

    def endpoints(self, program: str) -> tuple[Endpoint, ...]:
        """All of a program, disabled ones too; one query."""

    def endpoint(self, program: str, endpoint_id: str) -> Endpoint | None:
        """One endpoint."""

    def delivery(
        self, program: str, endpoint_id: str, delivery_id: str
    ) -> tuple[Endpoint | None, Delivery | None]:
        """An endpoint and one of its deliveries; one read."""

    def deliveries(
        self, program: str, endpoint_id: str, cursor: str | None, limit: int
    ) -> Page[Delivery]:
        """Deliveries of an endpoint, newest first; one query."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What goes to one endpoint: `body` to the byte, signed with each of the secrets."""

    url: str
    event_id: str
    body: str
    secrets: tuple[str, ...]


class Sender(Protocol):
    """The way out to addresses that others have chosen."""

    def check(self, url: str) -> None:
        """Refused if nothing may be sent there, as it looks now."""

    def send(self, parcels: Sequence[Parcel]) -> Iterator[tuple[int, Attempt]]:
        """All at the same time; which of them, and what came of it, in the order of answers.

        Each answers within its time-out, whatever the others do; an address is checked again.
        """


class Retries(Protocol):
    """The queue that deliveries come from."""

    def put_off(self, receipt: str, pause: timedelta) -> None:
        """Show a message again after a while and not before."""


class DeliveryQueue(Errands, Retries, Protocol):
    """The queue of deliveries, for who fills it and who empties it."""
