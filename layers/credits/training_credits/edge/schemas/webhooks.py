"""Webhooks: where a vendor's machines are told, and what became of it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from training_credits.domain.addresses import URL_MAX
from training_credits.domain.model import DeliveryState, EndpointState
from training_credits.edge.schemas.base import Answer, Email, Name, Request

Url = Annotated[str, Meta(min_length=1, max_length=URL_MAX)]
EventType = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z]{1,63}$(?!\n)")]
EventTypes = Annotated[tuple[EventType, ...], Meta(max_length=100)]


class NewWebhook(Request, frozen=True, kw_only=True):
    """An https address, and which events it hears of: all, if none is named.

    `contact` is mailed if nothing arrives any more; without, it is who asks.
    """

    url: Url
    name: Name | None = None
    contact: Email | None = None
    types: EventTypes = ()


class WebhookEdit(Request, frozen=True, kw_only=True):
    """What is left out stays as it is."""

    url: Url | None = None
    name: Name | None = None
    contact: Email | None = None
    types: EventTypes | None = None
    enabled: bool | None = None


class NewSecretRotation(Request, frozen=True, kw_only=True):
    """Nothing is chosen."""


class NewRedelivery(Request, frozen=True, kw_only=True):
    """Nothing is chosen."""


class NewWebhookTest(Request, frozen=True, kw_only=True):
    """Nothing is chosen."""


class WebhookAnswer(Answer, frozen=True, kw_only=True):
    """A webhook. `secret` is there when it is made or rotated, and never again.

    `secret_number` counts its secrets; until `old_secret_until` the one before signs too.
    """

    webhook: str
    url: str
    state: EndpointState
    contact: str
    made_by: str
    made_at: datetime
    secret_number: int
    name: str | None = None
    types: tuple[str, ...] = ()
    old_secret_until: datetime | None = None
    failing_since: datetime | None = None
    secret: str | None = None


class WebhookList(Answer, frozen=True, kw_only=True):
    """The webhooks of the program, disabled ones too."""

    webhooks: tuple[WebhookAnswer, ...]


class AttemptAnswer(Answer, frozen=True, kw_only=True):
    """One try: the status it was answered with, or a word for why there is none."""

    at: datetime
    milliseconds: int
    status: int | None = None
    error: str | None = None
    answer: str | None = None


class DeliveryAnswer(Answer, frozen=True, kw_only=True):
    """One event for one webhook; `event` is the id that is sent as `webhook-id`."""

    delivery: str
    webhook: str
    event: str
    type: str
    state: DeliveryState
    made_at: datetime
    attempts: tuple[AttemptAnswer, ...] = ()


class DeliveryPage(Answer, frozen=True, kw_only=True):
    """Deliveries, newest first."""

    deliveries: tuple[DeliveryAnswer, ...]
    cursor: str | None = None
