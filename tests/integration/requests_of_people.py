"""What is asked about people, and how much of AWS each may ask for."""

from collections.abc import Callable

from tests.http.people import Company, Reply, Who, someone
from training_credits.edge import wiring

READ = {"Query": 1}
CHANGED = {"Query": 1, "TransactWriteItems": 1}


def bob_of(made: Company) -> Who:
    """Somebody who has joined."""
    bob = someone(made.owner.wire, "bob", program=made.program)
    made.adds(bob, "finance")
    return bob


def invited(made: Company) -> Reply:
    return made.asks_in(someone(made.owner.wire, "bob", program=made.program), "finance")


def joined(made: Company) -> Reply:
    bob = someone(made.owner.wire, "bob")
    made.asks_in(bob, "finance")
    return bob.post("/v1/sign-ins", {})


def named(made: Company, bob: Who) -> Reply:
    until = wiring.clock().date().isoformat()
    return made.owner.put(f"{made.path}/members/{bob.email}/deputy", {"until": until})


def ended(made: Company) -> Reply:
    bob = bob_of(made)
    assert named(made, bob).status == 200
    return made.owner.delete(f"{made.path}/members/{bob.email}/deputy")


ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "signIn": (lambda made: made.owner.post("/v1/sign-ins", {}), READ),
    "signIn, invited": (joined, {"Query": 3, "TransactWriteItems": 1}),
    "inviteMember": (invited, CHANGED),
    "removeMember": (lambda made: made.removes(bob_of(made)), CHANGED),
    "nameDeputy": (lambda made: named(made, bob_of(made)), CHANGED),
    "endDeputy": (ended, CHANGED),
    "readPreferences": (lambda made: made.owner.get("/v1/preferences"), {"BatchGetItem": 1}),
    "setPreferences": (
        lambda made: made.owner.put("/v1/preferences", {"off": ["members"], "language": "de"}),
        {"TransactWriteItems": 1},
    ),
}
