"""Webhooks: where a vendor's machines are told, and what became of telling them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EndpointState(StrEnum):
    """A failing one is still told; a disabled one is not, until somebody enables it again."""

    ACTIVE = "active"
    FAILING = "failing"
    DISABLED = "disabled"


class DeliveryState(StrEnum):
    """Pending while tries are left."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """An address of the vendor's that hears of events of every account of the program.

    Its secrets are derived and kept nowhere: `generation` counts them, and `rotated_at` is when
    the newest began. With no `types` it hears of all.
    """

    endpoint_id: str
    url: str
    name: str
    contact: str
    made_by: str
    made_at: datetime
    types: tuple[str, ...] = ()
    state: EndpointState = EndpointState.ACTIVE
    generation: int = 1
    rotated_at: datetime | None = None
    failing_since: datetime | None = None

    @property
    def enabled(self) -> bool:
        """Whether it is told of anything."""
        return self.state is not EndpointState.DISABLED

    def hears(self, event_type: str) -> bool:
        """Whether events of this type are for it."""
        return self.enabled and (not self.types or event_type in self.types)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One time it was tried: a status, or a word for why there is none.

    `answer` is the beginning of what was said with a no.
    """

    at: datetime
    milliseconds: int
    status: int | None = None
    error: str | None = None
    answer: str | None = None

    @property
    def taken(self) -> bool:
        """Whether the endpoint has said that it has it."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP's own


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One event for one endpoint: what is sent, and each time it was tried."""

    delivery_id: str
    endpoint_id: str
    event_id: str
    type: str
    body: str
    made_at: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: tuple[Attempt, ...] = field(default=())
