"""Who may do what: every route, every role, one table."""

from collections.abc import Callable, Iterator

import pytest

from tests import engines
from tests.http.people import JSON, V1, Company, Reply, Who, company, someone
from tests.http.wire import Wire
from tests.http.world import functions_on
from training_credits.edge import routes
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import ROUTES, Route

ROLES = ("owner", "other owner", "learner", "operator", "foreign operator", "nobody")
# Those who change something come last.
TURNS = ("nobody", "foreign operator", "operator", "other owner", "owner", "learner")
PERIOD = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"

# What each role is answered. Opening an account: an owner has one already, an operator names
# the customer. Other owners own another account of the program.
MATRIX: dict[str, tuple[int, int, int, int, int, int]] = {
    #                     owner  other  learner  operator  foreign  nobody
    routes.OPEN_ACCOUNT.operation:   (409,   409,    201,     422,     422,    401),
    routes.LIST_ACCOUNTS.operation:  (200,   200,    200,     200,     200,    401),
    routes.READ_ACCOUNT.operation:   (200,   404,    404,     200,     404,    401),
    routes.EDIT_ACCOUNT.operation:   (200,   404,    404,     403,     404,    401),
    routes.ADD_OWNER.operation:      (201,   404,    404,     403,     404,    401),
    routes.REMOVE_OWNER.operation:   (204,   404,    404,     403,     404,    401),
    routes.ISSUE_CODE.operation:     (409,   404,    404,     403,     404,    401),
    routes.PURCHASE.operation:       (201,   404,    404,     403,     403,    401),
    routes.READ_ORDER.operation:     (200,   404,    404,     200,     404,    401),
    routes.REDEEM.operation:         (201,   201,    201,     201,     422,    401),
    routes.READ_REDEMPTION.operation:(404,   404,    200,     404,     404,    401),
    routes.CANCEL.operation:         (404,   404,    200,     404,     404,    401),
    routes.LIST_REQUESTS.operation:  (200,   404,    404,     200,     404,    401),
    routes.DECIDE.operation:         (200,   404,    404,     403,     404,    401),
    routes.TRANSACTIONS.operation:   (200,   404,    404,     200,     404,    401),
    routes.STATEMENT.operation:      (200,   404,    404,     200,     404,    401),
}  # fmt: skip


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A table for each test: moto copies all of it in every transaction."""
    with engines.moto(), functions_on("credits") as wire:
        yield wire


class Place:
    """A company, and somebody in each role."""

    def __init__(self, wire: Wire) -> None:
        self.acme = company(wire, credits=100)
        self.order = self.acme.buys(5)["order"]
        self.asked = self.acme.wants().json["redemption"]
        self.bob = someone(wire, "bob")
        self.acme.adds(self.bob)
        self.people = {
            "owner": self.acme.owner,
            "other owner": company(wire).owner,
            "learner": self.acme.learner,
            "operator": someone(wire, "op", groups=("operator", "finance")),
            "foreign operator": someone(wire, "op", program="cisco", groups=("operator",)),
            "nobody": someone(wire, "nobody", also={"sub": None}),
        }

    def request(self, route: Route) -> Callable[[Who], Reply]:
        """The same request, whoever sends it."""
        parts = {
            "account": self.acme.account,
            "order": self.order,
            "redemption": self.asked,
            "email": self.bob.email,
            "month": "2026-01",
        }
        path = route.path.format(**parts)
        bodies = {
            routes.OPEN_ACCOUNT.operation: "{}",
            routes.EDIT_ACCOUNT.operation: '{"name": "New"}',
            routes.ADD_OWNER.operation: '{"email": "new@acme.example"}',
            routes.ISSUE_CODE.operation: "{}",
            routes.PURCHASE.operation: '{"credits": 1}',
            routes.REDEEM.operation: f'{{"code": "{self.acme.code}", "title": "J", "credits": 1}}',
            routes.CANCEL.operation: "{}",
            routes.DECIDE.operation: f'{{"verdict": "deny", "redemptions": ["{self.asked}"]}}',
        }
        query = PERIOD if route is routes.TRANSACTIONS else ""
        headers = (JSON, ("idempotency-key", "the-same-key"))
        return lambda who: who.send(
            route.method, path, bodies.get(route.operation, ""), headers=headers, query=query
        )


def test_the_matrix_has_every_route() -> None:
    assert set(MATRIX) == {route.operation for route in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_each_role_is_answered_as_the_matrix_says(wire: Wire, route: Route) -> None:
    place = Place(wire)
    request = place.request(route)
    answered = {role: request(place.people[role]).status for role in TURNS}
    assert answered == dict(zip(ROLES, MATRIX[route.operation], strict=True))


def test_whoever_is_not_signed_in_makes_no_request_to_the_table(wire: Wire) -> None:
    place = Place(wire)
    for route in ROUTES:
        reply = place.request(route)(place.people["nobody"])
        assert (reply.code, reply.heard) == (BadInput.NOT_SIGNED_IN, [])


def test_an_owner_who_was_removed_has_no_right_left(wire: Wire) -> None:
    acme = company(wire, credits=10)
    bob = someone(wire, "bob")
    acme.adds(bob)
    assert bob.get(acme.path).status == 200
    assert acme.owner.send("DELETE", f"{acme.path}/owners/{bob.email}").status == 204
    asked = acme.wants().json["redemption"]
    refused = {
        bob.get(acme.path).status,
        bob.get(f"{acme.path}/transactions", PERIOD).status,
        bob.post(f"{acme.path}/orders", {"credits": 1}).status,
        acme.decides("approve", asked, who=bob).status,
        bob.get(V1).json["accounts"] == [] and 404,
    }
    assert refused == {404}


def test_a_group_in_another_claim_makes_nobody_an_operator(wire: Wire) -> None:
    acme: Company = company(wire)
    for also in (
        {"groups": "operator"},
        {"cognito:groups": "[operators]"},
        {"cognito:groups": "[non operator-like]"},
        {"cognito:roles": "operator"},
    ):
        eve = someone(wire, "eve", also=also)
        assert eve.get(acme.path).status == 404
