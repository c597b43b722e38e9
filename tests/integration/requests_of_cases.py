"""What is asked about cases, and how much of AWS each may ask for."""

from collections.abc import Callable
from typing import Any

from tests.http import casing
from tests.http.people import Company, Reply

ONE = {"Query": 1, "TransactWriteItems": 1}
ASKED_OF = MOVED = {"GetItem": 1, **ONE}
ASKED_AGAIN = {**ONE, "GetItem": 2}
DISPUTED = {"GetItem": 1, "Query": 2, "TransactWriteItems": 1}
ANSWERED = {"BatchGetItem": 1, **DISPUTED}
READ = {"BatchGetItem": 1, "GetItem": 1}
LISTED = {"BatchGetItem": 1, "Query": 1}


def asked(made: Company, **said: Any) -> Reply:
    """More time for a lot of its own."""
    lot = made.buys(1)["lot"]
    return casing.opens(made, kind="extension", lot=lot, days=30, **said)


def asked_again(made: Company) -> Reply:
    """When the one before was taken back."""
    lot = casing.lot_of(made)
    before = casing.opens(made, kind="extension", lot=lot, days=30).json["case"]
    assert casing.takes(made, before, "withdrawn", made.owner).status == 200
    return casing.opens(made, kind="extension", lot=lot, days=31)


def path(made: Company, **said: Any) -> str:
    return f"{made.path}/cases/{asked(made, **said).json['case']}"


def redrafted(made: Company) -> Reply:
    return made.owner.put(path(made, draft=True), {"reason": "Other", "days": 7})


def granted(made: Company) -> Reply:
    case = asked(made).json["case"]
    assert casing.takes(made, case, "in_review").status == 200
    return casing.takes(made, case, "approved", note="So be it.")


def disputed(made: Company) -> Reply:
    debit = casing.spends(made)
    return casing.opens(made, kind="dispute", **debit)


def upheld(made: Company) -> Reply:
    case = disputed(made).json["case"]
    assert casing.takes(made, case, "in_review").status == 200
    return casing.takes(made, case, "upheld")


ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "openCase": (asked, ASKED_OF),
    "openCase, again": (asked_again, ASKED_AGAIN),
    "openCase, a dispute": (disputed, DISPUTED),
    "listCases": (lambda made: made.owner.get(f"{made.path}/cases"), LISTED),
    "readCase": (lambda made: made.owner.get(path(made)), READ),
    "redraftCase": (redrafted, MOVED),
    "moveCase": (granted, MOVED),
    "moveCase, a dispute": (upheld, ANSWERED),
}
