"""Writes of webhooks: they belong to a program, and to no account."""

from dataclasses import dataclass

from training_credits.domain.model import Delivery, Endpoint


@dataclass(frozen=True, kw_only=True, slots=True)
class SetEndpoint:
    """An endpoint, new or changed. Guard: it is as `was` says, or there is none yet."""

    endpoint: Endpoint
    was: Endpoint | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDelivery:
    """Guard: this endpoint has not been given this event before."""

    delivery: Delivery


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDelivery:
    """Tried once more, or to be tried anew. Guard: it is as `was` says."""

    delivery: Delivery
    was: Delivery
