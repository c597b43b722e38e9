"""Webhooks that cannot be read, or name what cannot be an id."""

from tests.http.hooks import PATH, URL
from tests.integration.bad_lines import sent
from tests.integration.bad_parameters import nothing_at
from tests.integration.bad_requests import NOBODY
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

ONE = f"{PATH}/{NOBODY}"
NOT_ALLOWED, RANGE = BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE
MANY = ["AccountOpened"] * 101
HOOKS = [
    sent("webhook: without an address", BadInput.MISSING_FIELD, PATH, {}),
    sent("webhook: no address", RANGE, PATH, {"url": ""}),
    sent("webhook: an address of a number", BadInput.WRONG_TYPE, PATH, {"url": 1}),
    sent("webhook: a very long address", RANGE, PATH, {"url": f"{URL}/{'a' * 1_000}"}),
    sent("webhook: a type in lower case", NOT_ALLOWED, PATH, {"url": URL, "types": ["paid"]}),
    sent("webhook: too many types", RANGE, PATH, {"url": URL, "types": MANY}),
    sent("webhook: a contact without an address", NOT_ALLOWED, PATH, {"url": URL, "contact": "me"}),
    sent(
        "webhook: a secret of one's own", BadInput.UNKNOWN_FIELD, PATH, {"url": URL, "secret": "x"}
    ),
    sent("webhook: a name of two lines", NOT_ALLOWED, PATH, {"url": URL, "name": "a\nb"}),
    sent("webhook: neither on nor off", BadInput.WRONG_TYPE, ONE, {"enabled": "yes"}, "PATCH"),
    sent("webhook: a state", BadInput.UNKNOWN_FIELD, ONE, {"state": "active"}, "PATCH"),
    sent("rotation: a secret", BadInput.UNKNOWN_FIELD, f"{ONE}/secret-rotations", {"secret": "x"}),
    sent("test: a type", BadInput.UNKNOWN_FIELD, f"{ONE}/tests", {"type": "AccountOpened"}),
    sent(
        "redelivery: another address",
        BadInput.UNKNOWN_FIELD,
        f"{ONE}/deliveries/{NOBODY}/redeliveries",
        {"url": URL},
    ),
    nothing_at("a key for a webhook", Reason.WEBHOOK_NOT_FOUND, f"{PATH}/x%23ENDPOINT%23y"),
    nothing_at("a path for a webhook", Reason.WEBHOOK_NOT_FOUND, f"{PATH}/..%2F..%2Fx"),
]
