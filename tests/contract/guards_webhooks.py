"""Guards of webhooks: what one has looked at is what one changes."""

from dataclasses import replace
from typing import Any

from tests.contract.guards import no, yes
from tests.contract.nouns import HOUR, NOON
from training_credits.domain import change as c
from training_credits.domain.model import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
)

ENDPOINT = Endpoint(
    endpoint_id="H1",
    url="https://hooks.example.com/in?a=ü",
    name="Lernplattform ü",
    contact="ops@vendor.example",
    made_by="olga@vendor.example",
    made_at=NOON,
    types=("AccountOpened", "CreditsExpired"),
    state=EndpointState.FAILING,
    generation=3,
    rotated_at=NOON + HOUR,
    failing_since=NOON + 2 * HOUR,
)
BARE = Endpoint(
    endpoint_id="H1",
    url="https://hooks.example.com/",
    name="",
    contact="ops@vendor.example",
    made_by="olga@vendor.example",
    made_at=NOON,
)
NO = Attempt(at=NOON + HOUR, milliseconds=12, status=500, answer="nö")
NOBODY = Attempt(at=NOON + 2 * HOUR, milliseconds=10_000, error="timed_out")
DELIVERY = Delivery(
    delivery_id="D1",
    endpoint_id="H1",
    event_id="AccountOpened-A1",
    type="AccountOpened",
    body='{"type":"AccountOpened","data":{"name":"ü"}}',
    made_at=NOON,
)
TRIED = replace(DELIVERY, attempts=(NO,))
GIVEN_UP = replace(DELIVERY, state=DeliveryState.FAILED, attempts=(NO, NOBODY))
ADDED = c.SetEndpoint(endpoint=BARE, was=None)
MADE = c.OpenDelivery(delivery=DELIVERY)

OTHERWISE: dict[str, Any] = {
    "url": "https://other.example.com/",
    "name": "Other",
    "contact": "other@vendor.example",
    "types": ("AccountOpened",),
    "state": EndpointState.DISABLED,
    "generation": 2,
    "rotated_at": NOON,
    "failing_since": NOON,
}


def changed(after: Endpoint = ENDPOINT, was: Endpoint = BARE) -> c.SetEndpoint:
    return c.SetEndpoint(endpoint=after, was=was)


def tried(after: Delivery = TRIED, was: Delivery = DELIVERY) -> c.SetDelivery:
    return c.SetDelivery(delivery=after, was=was)


WEBHOOKS = (
    yes("an endpoint is added", ADDED),
    no("and not twice", ADDED, ADDED),
    yes("it is changed", changed(), ADDED),
    yes("and changed back", changed(BARE, ENDPOINT), ADDED, changed()),
    no("one that is not there is not", changed()),
    *(
        no(f"nor one whose {name} has changed", changed(was=replace(BARE, **{name: value})), ADDED)
        for name, value in OTHERWISE.items()
    ),
    yes("an event is to be told", MADE),
    yes(
        "the same event is to be told to another endpoint",
        MADE,
        c.OpenDelivery(delivery=replace(DELIVERY, endpoint_id="H2")),
    ),
    no("and to one but once", MADE, MADE),
    yes("it is tried", tried(), MADE),
    yes("and given up", tried(GIVEN_UP, TRIED), MADE, tried()),
    yes(
        "and told again",
        tried(replace(GIVEN_UP, state=DeliveryState.PENDING), GIVEN_UP),
        *(
            MADE,
            tried(GIVEN_UP, DELIVERY),
        ),
    ),
    no("one that was tried meanwhile is not as it was", tried(GIVEN_UP), MADE, tried()),
    no(
        "nor one that has been settled",
        tried(was=replace(DELIVERY, state=DeliveryState.FAILED)),
        MADE,
    ),
    no("nor one that is not there", tried()),
)
