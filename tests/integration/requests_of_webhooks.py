"""What is asked about webhooks, and how much of AWS each may ask for."""

from collections.abc import Callable

from tests.http.hooks import PATH, hooked, path_of
from tests.http.people import Company, Reply
from tests.http.wire import WRITE

QUERY, GET, BATCH = "Query", "GetItem", "BatchGetItem"
SEND = "SendMessageBatch"
Ask = Callable[[Company], Reply]


def edited(made: Company) -> Reply:
    return made.staff[0].patch(path_of(made.staff[0]), {"name": "Platform"})


def disabled(made: Company) -> Reply:
    return made.staff[0].delete(path_of(made.staff[0]))


def rotated(made: Company) -> Reply:
    return made.staff[0].post(f"{path_of(made.staff[0])}/secret-rotations", {})


def tested(made: Company) -> Reply:
    return made.staff[0].post(f"{path_of(made.staff[0])}/tests", {})


def again(made: Company) -> Reply:
    path = path_of(made.staff[0])
    delivery = made.staff[0].post(f"{path}/tests", {}).json["delivery"]
    return made.staff[0].post(f"{path}/deliveries/{delivery}/redeliveries", {})


ASKED: dict[str, tuple[Ask, dict[str, int]]] = {
    "addWebhook": (lambda made: hooked(made.staff[0]), {QUERY: 1, WRITE: 1}),
    "listWebhooks": (lambda made: made.staff[0].get(PATH), {QUERY: 1}),
    "readWebhook": (lambda made: made.staff[0].get(path_of(made.staff[0])), {GET: 1}),
    "editWebhook": (edited, {GET: 1, WRITE: 1}),
    "disableWebhook": (disabled, {GET: 1, WRITE: 1}),
    "rotateWebhookSecret": (rotated, {GET: 1, WRITE: 1}),
    "listDeliveries": (
        lambda made: made.staff[0].get(f"{path_of(made.staff[0])}/deliveries"),
        {GET: 1, QUERY: 1},
    ),
    "redeliver": (again, {BATCH: 1, WRITE: 1, SEND: 1}),
    "testWebhook": (tested, {GET: 1, WRITE: 1, SEND: 1}),
}
