"""The permission that the document names is the one that is asked for."""

import json
from collections.abc import Iterator

import msgspec
import pytest

from openapi import about, examples
from tests import engines
from tests.http.people import Company, Who, company, someone
from tests.http.world import functions_on
from training_credits.domain.model import Permission
from training_credits.edge.routes import MOVE_ORDER, ROUTES, Route

# A step of an order is looked at first: which permission it needs depends on where it leads.
ON_ACCOUNTS = [route for route in ROUTES if "{account}" in route.path and route != MOVE_ORDER]


@pytest.fixture(scope="module")
def acme() -> Iterator[Company]:
    with engines.moto(), functions_on("credits") as wire:
        yield company(wire)


@pytest.fixture(scope="module")
def powerless(acme: Company) -> Who:
    """In a role the account knows, and to which the program grants nothing."""
    advisor = someone(acme.owner.wire, "kim", groups=("advisor",))
    named = {"name": "Kim", "email": advisor.email}
    assert acme.staff[0].put(f"{acme.path}/contacts/advisor", named).status == 200
    return advisor


@pytest.mark.parametrize("route", ON_ACCOUNTS, ids=lambda route: str(route.operation))
def test_whoever_lacks_it_is_told_the_permission_of_the_document(
    acme: Company, powerless: Who, route: Route
) -> None:
    path = route.path.format(**{**examples.PATH, "account": acme.account})
    body = msgspec.json.encode(examples.BODIES[route.operation]) if route.body else b""
    headers = (("content-type", "application/json"), ("idempotency-key", "one-of-this-test"))
    query = "&".join(f"{name}={value}" for name, value in examples.QUERY.items())
    reply = powerless.send(route.method, path, body, headers=headers, query=query)
    assert (reply.status, reply.code) == (403, "not_permitted"), json.loads(reply.body)
    assert Permission(reply.json["needed"]) is about.NEEDS[route.operation]
