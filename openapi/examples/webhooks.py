"""A learning platform of the vendor's, which is told of credits that are spent."""

from datetime import timedelta

from msgspec.structs import replace

from openapi.examples import names as n
from training_credits.domain.model import DeliveryState, EndpointState
from training_credits.edge import schemas

MOMENT = timedelta(seconds=1)
EVENT = f"RedemptionApproved-{n.REQUEST}"
# Not a secret: it says so itself.
SHOWN = "whsec_" + "c2hvd24gb25jZSwgYW5kIG9ubHkgYW4gZXhhbXBsZS4="

asked = schemas.NewWebhook(
    url=n.RECEIVER, name="Learning platform", types=("RedemptionApproved", "RedemptionReturned")
)
edited = schemas.WebhookEdit(types=())
plain = schemas.WebhookAnswer(
    webhook=n.WEBHOOK,
    url=n.RECEIVER,
    state=EndpointState.ACTIVE,
    contact=n.OPERATOR,
    made_by=n.OPERATOR,
    made_at=n.BOUGHT,
    secret_number=1,
    name="Learning platform",
    types=asked.types,
)
added = replace(plain, secret=SHOWN)
every = replace(plain, types=())
rotated = replace(
    plain, secret_number=2, old_secret_until=n.DECIDED + timedelta(days=1), secret=SHOWN
)
failed = schemas.AttemptAnswer(
    at=n.DECIDED + MOMENT, milliseconds=112, status=503, answer="Back in a minute."
)
taken = schemas.AttemptAnswer(at=n.DECIDED + 7 * MOMENT, milliseconds=41, status=204)
delivery = schemas.DeliveryAnswer(
    delivery=n.DELIVERY,
    webhook=n.WEBHOOK,
    event=EVENT,
    type="RedemptionApproved",
    state=DeliveryState.DELIVERED,
    made_at=n.DECIDED,
    attempts=(failed, taken),
)
again = replace(delivery, state=DeliveryState.PENDING)
tested = replace(
    delivery,
    event="WebhookTest-0K7RZ4WQ9X2MD5TB",
    type="WebhookTest",
    state=DeliveryState.PENDING,
    attempts=(),
)
log = schemas.DeliveryPage(deliveries=(delivery,))
