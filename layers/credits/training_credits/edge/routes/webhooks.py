"""Webhooks."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

ADD_WEBHOOK = Route(
    method="POST",
    path="/v1/webhooks",
    function="webhooks",
    operation="addWebhook",
    summary="Have events sent to an address; its secret is shown now and never again",
    body=schemas.NewWebhook,
    answer=schemas.WebhookAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_WEBHOOKS = Route(
    method="GET",
    path="/v1/webhooks",
    function="webhooks",
    operation="listWebhooks",
    summary="The webhooks of the program",
    answer=schemas.WebhookList,
)
READ_WEBHOOK = Route(
    method="GET",
    path="/v1/webhooks/{webhook}",
    function="webhooks",
    operation="readWebhook",
    summary="One webhook",
    answer=schemas.WebhookAnswer,
)
EDIT_WEBHOOK = Route(
    method="PATCH",
    path="/v1/webhooks/{webhook}",
    function="webhooks",
    operation="editWebhook",
    summary="Change where a webhook leads, what it hears of, or enable it again",
    body=schemas.WebhookEdit,
    answer=schemas.WebhookAnswer,
)
DISABLE_WEBHOOK = Route(
    method="DELETE",
    path="/v1/webhooks/{webhook}",
    function="webhooks",
    operation="disableWebhook",
    summary="Send nothing more to a webhook; it and its log stay",
    answer=None,
    status=HTTPStatus.NO_CONTENT,
)
ROTATE_SECRET = Route(
    method="POST",
    path="/v1/webhooks/{webhook}/secret-rotations",
    function="webhooks",
    operation="rotateWebhookSecret",
    summary="Another secret, shown once; for a day the old one signs too",
    body=schemas.NewSecretRotation,
    answer=schemas.WebhookAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_DELIVERIES = Route(
    method="GET",
    path="/v1/webhooks/{webhook}/deliveries",
    function="webhooks",
    operation="listDeliveries",
    summary="What a webhook was told, newest first, and each time it was tried",
    answer=schemas.DeliveryPage,
    query=(LIMIT, CURSOR),
)
REDELIVER = Route(
    method="POST",
    path="/v1/webhooks/{webhook}/deliveries/{delivery}/redeliveries",
    function="webhooks",
    operation="redeliver",
    summary="Send an event once more, under the same id",
    body=schemas.NewRedelivery,
    answer=schemas.DeliveryAnswer,
    status=HTTPStatus.ACCEPTED,
    keyed=True,
)
TEST_WEBHOOK = Route(
    method="POST",
    path="/v1/webhooks/{webhook}/tests",
    function="webhooks",
    operation="testWebhook",
    summary="Send an event that says nothing, to see whether it arrives",
    body=schemas.NewWebhookTest,
    answer=schemas.DeliveryAnswer,
    status=HTTPStatus.ACCEPTED,
    keyed=True,
)
