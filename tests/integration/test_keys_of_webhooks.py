"""An Idempotency-Key stands for one webhook, where nothing else is said."""

import pytest

from tests.http.hooks import path_of
from tests.http.people import Who, assert_is_problem, company
from tests.http.wire import Wire
from training_credits.domain.errors import Reason

KEY = "one-key-for-both"
SILENT = ("rotateWebhookSecret", "testWebhook", "redeliver")


def place(who: Who, operation: str) -> str:
    """Another webhook each time."""
    path = path_of(who)
    if operation == "redeliver":
        sent = who.post(f"{path}/tests", {}).json["delivery"]
        return f"{path}/deliveries/{sent}/redeliveries"
    return f"{path}/tests" if operation == "testWebhook" else f"{path}/secret-rotations"


@pytest.mark.parametrize("operation", SILENT)
def test_a_key_that_was_used_for_another_webhook_is_refused(own_wire: Wire, operation: str) -> None:
    who = company(own_wire).staff[0]
    first, second = (place(who, operation) for _ in range(2))
    done = who.post(first, {}, KEY)
    assert done.status in {201, 202}
    refused = who.post(second, {}, KEY)
    assert (refused.code, refused.status) == (Reason.KEY_REUSED, 409)
    assert_is_problem(refused)
    again = who.post(first, {}, KEY)
    assert (again.status, again.body) == (done.status, done.body)
