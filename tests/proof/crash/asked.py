"""What is asked of the API beyond one of each operation: the ways that take several writes.

One of each operation is in tests/integration/requests_of_all.py.
"""

from collections.abc import Mapping

from tests.fakes.payments import GOOD
from tests.http import booking, casing
from tests.http.people import Company, Reply, someone
from tests.integration import requests_of_all as requests
from tests.integration import requests_of_cases
from tests.integration.matrix_world import STEPS
from tests.proof.crash.recording import Ask, later

A_YEAR = 366
ROWS = 65  # more than one transaction holds


def at_once(made: Company) -> Reply:
    """Nobody is asked, and two lots pay."""
    assert made.owner.patch(made.path, {"approval": "automatic"}).status == 200
    return made.wants(1_020)


def reserved(made: Company) -> Reply:
    return made.wants(2, reserve=True)


def decided(made: Company) -> Reply:
    """A transaction for each."""
    return made.decides("approve", *(made.wants(n).json["redemption"] for n in (1, 2, 3)))


def denied(made: Company) -> Reply:
    return made.decides("deny", *(made.wants(n).json["redemption"] for n in (1, 2)))


def imported(made: Company) -> Reply:
    row = {"kind": "offering", "type": booking.KINDS[made.program], "title": "C", "credits": 1}
    rows = [row | {"offering": f"C-{number}"} for number in range(ROWS)]
    return made.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": rows})


def joined(made: Company) -> Reply:
    """Into two accounts, one transaction for each."""
    bob = someone(made.owner.wire, "bob", program=made.program)
    operator = made.staff[0]
    boss = someone(made.owner.wire, "boss", program=made.program)
    opened = operator.post("/v1/accounts", {"name": "Other", "owner": boss.email}).json
    boss.arrives()
    path = f"/v1/accounts/{opened['account']}/members"
    assert boss.post(path, {"email": bob.email, "role": "finance"}).status == 201
    assert made.asks_in(bob, "finance").status == 201
    return bob.post("/v1/sign-ins", {})


def activated(made: Company) -> Reply:
    """The last step makes the lot, and where the program says so its code."""
    channel = {"atlassian": "invoice", "salesforce": "assisted"}.get(made.program)
    begun = made.orders(5, channel=channel) if channel else made.sells(5)
    order = begun.json["order"]
    for step in STEPS[made.program]:
        moved = made.moves(order, step, made.owner if step == "accepted" else None)
        assert moved.status == 200, moved
    return made.moves(order, "paid" if made.program == "atlassian" else "activated")


def voided(made: Company) -> Reply:
    return made.moves(made.buys(9)["order"], "cancelled", note="Entered twice.")


def withdrawn(made: Company) -> Reply:
    """The payment is open at the provider, and is closed there first."""
    order = made.orders(5).json["order"]
    assert made.owner.post(f"{made.path}/orders/{order}/payment", {}).status == 200
    return made.moves(order, "cancelled", made.owner)


def charged(made: Company) -> Reply:
    """Opened, kept and paid, in one request."""
    order = made.orders(5).json["order"]
    path = f"{made.path}/orders/{order}/payment"
    return made.owner.post(path, {"method": GOOD, "keep": True})


def kept(made: Company) -> Reply:
    """The order, the lot, and the card for another time."""
    order = made.orders(5).json
    said = {"customer": "cus_1", "method": "pm_1", "keep": made.owner.email}
    return made.pays(order, **said)


def refused(made: Company) -> Reply:
    """The card was."""
    said = {"kind": "payment_intent.payment_failed", "problem": "card_declined"}
    return made.pays(made.orders(5).json, **said)


def extended(made: Company) -> Reply:
    """What nobody has swept yet is swept first, in a transaction of its own."""
    with later(A_YEAR):
        lot = casing.lot_of(made)
        case = casing.opens(made, kind="extension", lot=lot, days=30).json["case"]
        assert casing.takes(made, case, "in_review").status == 200
        return casing.takes(made, case, "approved", note="So be it.")


def waiting(path: str) -> Ask:
    """What waits for the vendor."""

    def ask(made: Company) -> Reply:
        requests.moved(made)
        requests_of_cases.asked(made)
        return made.staff[0].get(path)

    return ask


MORE: Mapping[str, tuple[str, Ask]] = {
    "listOpenOrders": ("atlassian", waiting("/v1/orders")),
    "listOpenCases": ("atlassian", waiting("/v1/cases")),
    "redeem, at once from two lots": ("atlassian", at_once),
    "redeem, as a reservation": ("cisco", reserved),
    "redeem, held until the yes": ("cisco", lambda made: made.wants(3)),
    "decide, a yes to three": ("cisco", decided),
    "decide, a yes to three, nothing held": ("atlassian", decided),
    "decide, a no to two": ("cisco", denied),
    "cancelRedemption, of what is held": ("cisco", requests.cancelled),
    "importCatalogue, in two transactions": ("cisco", imported),
    "signIn, invited twice": ("cisco", joined),
    "moveOrder, to credits and a code": ("cisco", activated),
    "moveOrder, to credits": ("salesforce", activated),
    "moveOrder, paid": ("atlassian", activated),
    "moveOrder, taken back": ("salesforce", voided),
    "moveOrder, withdrawn": ("atlassian", withdrawn),
    "payOrder, with a card to be kept": ("atlassian", charged),
    "hearPayment, with a card to be kept": ("atlassian", kept),
    "hearPayment, of a refusal": ("atlassian", refused),
    "moveCase, of what is not swept": ("atlassian", extended),
}
