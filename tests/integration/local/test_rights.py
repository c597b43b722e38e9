"""What the functions ask of the table is what the template lets them, no less and no more."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.client import BaseClient

from local.cloud import Cloud
from tests.contract.template_access import TABLE_RIGHTS
from tests.contract.template_reading import folder_of
from tests.integration.local.conftest import Caller
from tests.integration.local.every_route import play
from training_credits.edge.routes import ROUTES

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")
WRITES = {"Put": "PutItem", "Update": "UpdateItem", "ConditionCheck": "ConditionCheckItem"}
# After a mail that could not be handed over, about a webhook that fails, of a lot whose end the
# sweep has not booked when its month is filed: none of it happens here.
UNSEEN = {"notify": {"UpdateItem"}, "deliver": {"PutItem"}, "close_month": {"GetItem"}}
Asked = dict[str, set[str]]


def rights(operation: str, asked: Any) -> set[str]:
    """What IAM would be asked: a transaction needs the right for each of its actions."""
    if operation == "TransactWriteItems":
        return {WRITES[kind] for item in asked["TransactItems"] for kind in item}
    index = asked.get("IndexName")
    return {operation} | ({f"+ {index}"} if index else set())


@pytest.fixture(scope="module")
def asked(cloud: Cloud) -> Iterator[Asked]:
    """By function, while every route is called; `routes` are those that answered."""
    here, found = threading.local(), defaultdict[str, set[str]](set)
    invoke, call = cloud.runtime.invoke, BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001 - where all requests pass

    def invoked(name: str, event: Any) -> Any:
        here.function = folder_of(name)
        found["routes"].add(event.get("routeKey", ""))
        try:
            return invoke(name, event)
        finally:
            here.function = None

    def called(client: Any, operation: str, parameters: Any) -> Any:
        function = getattr(here, "function", None)
        if function and client.meta.service_model.service_name == "dynamodb":
            found[function] |= rights(operation, parameters)
        return call(client, operation, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cloud.runtime, "invoke", invoked)
        patch.setattr(BaseClient, "_make_api_call", called)
        play(Caller(cloud))
        yield found


def test_every_route_was_called(asked: Asked) -> None:
    assert {f"{route.method} {route.path}" for route in ROUTES} == asked["routes"] - {""}


@pytest.mark.parametrize("function", TABLE_RIGHTS)
def test_a_function_asks_for_what_it_may_and_for_all_of_it(asked: Asked, function: str) -> None:
    actions, *indexes = TABLE_RIGHTS[function].split(" + ")
    allowed = {*actions.split(), *(f"+ {index}" for index in indexes)}
    assert asked[function] | UNSEEN.get(function, set()) == allowed


def test_nothing_failed_on_the_way(cloud: Cloud, asked: Asked) -> None:
    assert asked
    assert not cloud.failures
