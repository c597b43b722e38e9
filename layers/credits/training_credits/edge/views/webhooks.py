"""Webhooks as they are answered."""

from collections.abc import Iterable

import msgspec

from training_credits.domain import model
from training_credits.domain.decisions.webhooks import GRACE, secret_of
from training_credits.edge import schemas
from training_credits.edge.views.base import encoded
from training_credits.ports import Page


def webhook(value: model.Endpoint) -> schemas.WebhookAnswer:
    """One webhook, without its secret."""
    rotated = value.rotated_at
    return schemas.WebhookAnswer(
        webhook=value.endpoint_id,
        url=value.url,
        state=value.state,
        contact=value.contact,
        made_by=value.made_by,
        made_at=value.made_at,
        secret_number=value.generation,
        name=value.name or None,
        types=value.types,
        old_secret_until=rotated + GRACE if rotated is not None else None,
        failing_since=value.failing_since,
    )


def with_secret(kept: str, program: str, key: str) -> str:
    """A kept answer with the secret that belongs to it: derived, so that none is kept."""
    answer = msgspec.json.decode(kept, type=schemas.WebhookAnswer)
    secret = secret_of(key, program, answer.webhook, answer.secret_number)
    return encoded(msgspec.structs.replace(answer, secret=secret))


def webhooks(values: Iterable[model.Endpoint]) -> schemas.WebhookList:
    """All of a program."""
    return schemas.WebhookList(webhooks=tuple(webhook(value) for value in values))


def delivery(value: model.Delivery) -> schemas.DeliveryAnswer:
    """One delivery, with each time it was tried."""
    return schemas.DeliveryAnswer(
        delivery=value.delivery_id,
        webhook=value.endpoint_id,
        event=value.event_id,
        type=value.type,
        state=value.state,
        made_at=value.made_at,
        attempts=tuple(
            schemas.AttemptAnswer(
                at=one.at,
                milliseconds=one.milliseconds,
                status=one.status,
                error=one.error,
                answer=one.answer,
            )
            for one in value.attempts
        ),
    )


def deliveries(page: Page[model.Delivery]) -> schemas.DeliveryPage:
    """Newest first."""
    return schemas.DeliveryPage(
        deliveries=tuple(delivery(value) for value in page.items), cursor=page.cursor
    )
