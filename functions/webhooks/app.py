"""Webhooks: where events go, under which secret, and what became of each."""

from training_credits.edge import hooks, routes, schemas, settings, views
from training_credits.edge.http import Api, Call
from training_credits.use_cases import webhooks as use_cases
from training_credits.use_cases.webhooks import Wish

api = Api()


@api.on(routes.ADD_WEBHOOK)
def add_webhook(call: Call[schemas.NewWebhook]) -> str:
    """Its secret is kept nowhere, so a replay derives it again."""
    body = call.body
    wish = Wish(name=body.name, contact=body.contact, types=body.types)
    intent = call.intent(lambda endpoint: views.encoded(views.webhook(endpoint)))
    return _shown(call, use_cases.add(hooks.desk(), intent, wish, body.url))


@api.on(routes.LIST_WEBHOOKS)
def list_webhooks(call: Call[None]) -> schemas.WebhookList:
    """Without secrets."""
    return views.webhooks(use_cases.listed(hooks.desk(), call.caller))


@api.on(routes.READ_WEBHOOK)
def read_webhook(call: Call[None]) -> schemas.WebhookAnswer:
    """Without its secret."""
    return views.webhook(use_cases.read(hooks.desk(), call.caller, call.path["webhook"]))


@api.on(routes.EDIT_WEBHOOK)
def edit_webhook(call: Call[schemas.WebhookEdit]) -> schemas.WebhookAnswer:
    """What is said, and nothing else."""
    body = call.body
    wish = Wish(
        url=body.url,
        name=body.name,
        contact=body.contact,
        types=body.types,
        enabled=body.enabled,
    )
    webhook = call.path["webhook"]
    return views.webhook(use_cases.edit(hooks.desk(), call.caller, webhook, wish))


@api.on(routes.DISABLE_WEBHOOK)
def disable_webhook(call: Call[None]) -> None:
    """Disabled twice is disabled."""
    use_cases.edit(hooks.desk(), call.caller, call.path["webhook"], Wish(enabled=False))


@api.on(routes.ROTATE_SECRET)
def rotate_secret(call: Call[schemas.NewSecretRotation]) -> str:
    """The next one; a replay shows the same."""
    intent = call.intent(lambda endpoint: views.encoded(views.webhook(endpoint)))
    return _shown(call, use_cases.rotate(hooks.desk(), intent, call.path["webhook"]))


@api.on(routes.LIST_DELIVERIES)
def list_deliveries(call: Call[None]) -> schemas.DeliveryPage:
    """Newest first."""
    page = use_cases.deliveries(
        hooks.desk(),
        call.caller,
        call.path["webhook"],
        call.query.get("cursor"),
        call.limit(),
    )
    return views.deliveries(page)


@api.on(routes.REDELIVER)
def redeliver(call: Call[schemas.NewRedelivery]) -> str:
    """It is on its way when this is answered."""
    intent = call.intent(lambda delivery: views.encoded(views.delivery(delivery)))
    webhook, delivery = call.path["webhook"], call.path["delivery"]
    return use_cases.redeliver(hooks.desk(), intent, webhook, delivery)


@api.on(routes.TEST_WEBHOOK)
def test_webhook(call: Call[schemas.NewWebhookTest]) -> str:
    """It is on its way when this is answered."""
    intent = call.intent(lambda delivery: views.encoded(views.delivery(delivery)))
    return use_cases.send_test(hooks.desk(), intent, call.path["webhook"])


def _shown(call: Call[schemas.NewWebhook] | Call[schemas.NewSecretRotation], kept: str) -> str:
    return views.with_secret(kept, call.caller.program, settings.text("CODE_KEY"))


handler = api.handler()
