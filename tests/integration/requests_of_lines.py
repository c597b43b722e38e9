"""What is asked about the catalogue, bookings and vouchers, and how much of AWS for each."""

from collections.abc import Callable
from typing import Any

from tests.http import booking
from tests.http.people import Company, Reply

LISTED = {"BatchGetItem": 1, "Query": 1}
FOUND = {"GetItem": 1, "Query": 1}
KEPT = {"BatchGetItem": 1, "Query": 1, "TransactWriteItems": 1}
# The sessions in between; or who asks, beside the request.
SEEN = {"BatchGetItem": 2, "Query": 1}
CHANGED = {**SEEN, "TransactWriteItems": 1}
EXAM = {"kind": "offering", "offering": "E-1", "type": "exam", "title": "E", "credits": 1}
LEE = {"email": "lee@acme.example", "name": "Lee"}


def booked(made: Company) -> str:
    """A class that runs twice."""
    booking.lists(made, "S1", "S2")
    return booking.books(made, "S1")


def imported(made: Company, *rows: dict[str, Any]) -> Reply:
    return made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": rows})


def certified(made: Company) -> str:
    """The path of a request for an exam, approved."""
    assert imported(made, EXAM).status == 200
    wish = {"lines": [{"offering": "E-1"}]} | made.pays_with
    asked = made.learner.post("/v1/redemptions", wish).json["redemption"]
    assert made.decides("approve", asked).json["decided_credits"] == 1
    return f"/v1/redemptions/{asked}"


def voucher(made: Company) -> str:
    """Its path."""
    path = certified(made)
    (found,) = made.learner.get(f"{path}/vouchers").json["vouchers"]
    return f"{path}/vouchers/{found['voucher']}"


def handed(made: Company) -> str:
    """The path of a voucher that somebody has."""
    path = voucher(made)
    assert made.learner.put(f"{path}/holder", LEE).status == 200
    return path


def listed(made: Company) -> Reply:
    booking.lists(made, "S1")
    return made.learner.get("/v1/catalogue/C-1")


ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "importCatalogue": (lambda made: imported(made, EXAM), {"TransactWriteItems": 1}),
    "listOfferings": (lambda made: made.learner.get("/v1/catalogue"), LISTED),
    "readOffering": (listed, FOUND),
    "returnLine": (lambda made: booking.gives_back(made, booked(made)), CHANGED),
    "moveLine": (lambda made: booking.moves(made, booked(made), "S2"), CHANGED),
    "fulfilLine": (lambda made: booking.reports(made, booked(made)), KEPT),
    "listVouchers": (lambda made: made.learner.get(f"{certified(made)}/vouchers"), SEEN),
    "exportVouchers": (
        lambda made: made.learner.post(f"{certified(made)}/voucher-exports", {}),
        CHANGED | {"Query": 2},
    ),
    "assignVoucher": (lambda made: made.learner.put(f"{voucher(made)}/holder", LEE), CHANGED),
    "unassignVoucher": (lambda made: made.learner.delete(f"{handed(made)}/holder"), CHANGED),
    "useVoucher": (
        lambda made: made.staff[0].post(f"{voucher(made)}/use", {"holder": LEE}),
        CHANGED,
    ),
}
