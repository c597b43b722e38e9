"""What is asked for each operation, and how much of AWS for it."""

from collections.abc import Callable

import pytest

from tests.fakes.payments import FakePayments
from tests.http.casing import lot_of
from tests.http.people import JSON, V1, Company, Reply, Who, someone
from tests.http.wire import WRITE
from tests.integration import (
    requests_of_budgets,
    requests_of_cases,
    requests_of_documents,
    requests_of_lines,
    requests_of_people,
    requests_of_reports,
    requests_of_webhooks,
)
from tests.integration.matrix_requests import PERIOD
from training_credits.edge import wiring

QUERY, GET, BATCH = "Query", "GetItem", "BatchGetItem"
# All that a request names in one read, the account in another, and one transaction.
SPENT = {BATCH: 1, QUERY: 1, WRITE: 1}
Ask = Callable[[Company], Reply]


def approved(made: Company) -> Reply:
    return made.decides("approve", made.wants(2).json["redemption"])


def cancelled(made: Company) -> Reply:
    asked = made.wants(2).json["redemption"]
    return made.learner.post(f"/v1/redemptions/{asked}/cancellation", {})


def paid(made: Company) -> Reply:
    return made.pays(made.orders(1).json)


def opened(made: Company) -> Reply:
    order = made.orders(1).json["order"]
    with pytest.MonkeyPatch.context() as patch:
        provider = FakePayments()
        patch.setattr(wiring, "payments", lambda: provider)
        return made.owner.post(f"{made.path}/orders/{order}/payment", {})


def sold(made: Company) -> Reply:
    return made.sells(1, channel="invoice", sale={"buyer": made.owner.email})


def moved(made: Company) -> Reply:
    return made.moves(made.orders(1, channel="invoice").json["order"], "quoted")


def edited(made: Company) -> Reply:
    return made.owner.send("PATCH", made.path, '{"name": "New"}', headers=(JSON,))


def contact(made: Company) -> Reply:
    body = {"name": "Kim", "email": "kim@atlassian.example"}
    return made.staff[0].put(f"{made.path}/contacts/advisor", body)


def agreement(made: Company) -> Reply:
    body = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    return made.staff[0].put(f"{made.path}/agreement", body)


def planned(made: Company) -> Reply:
    return made.owner.put(f"{made.path}/lots/{lot_of(made)}/plan", {"items": []})


def revoked(made: Company) -> Reply:
    return made.owner.delete(f"{made.path}/codes/{made.issues(lot=lot_of(made))['code_id']}")


def rotated(made: Company) -> Reply:
    code = made.issues(lot=lot_of(made))["code_id"]
    return made.owner.post(f"{made.path}/codes/{code}/rotations", {})


def used(made: Company) -> Reply:
    code = made.owner.get(f"{made.path}/codes").json["codes"][0]["code_id"]
    return made.owner.get(f"{made.path}/codes/{code}/uses")


def limited(made: Company) -> Reply:
    code = made.issues(lot=lot_of(made), limit_each=5)["code"]
    return made.wants(code=code)


def cart_of(made: Company) -> dict[str, object]:
    return {"title": "Jira", "credits": 1} | made.pays_with


def confirmed(made: Company) -> Reply:
    asked = made.wants(2, reserve=True).json["redemption"]
    made.decides("approve", asked)
    return made.learner.post(f"/v1/redemptions/{asked}/confirmation", {})


def read(path: str) -> Ask:
    return lambda made: made.owner.get(made.path + path)


def somebody(made: Company) -> Who:
    return someone(made.owner.wire, "new", program=made.program)


RUNNING = "from=2026-01-01T00:00:00Z&to=2998-01-01T00:00:00Z"
ASKED: dict[str, tuple[Ask, dict[str, int]]] = {
    "readProgram": (lambda made: made.owner.get("/v1/program"), {}),
    "openAccount": (lambda made: somebody(made).post(V1, {}), {WRITE: 1}),
    "listAccounts": (lambda made: made.owner.get(V1), {QUERY: 1}),
    "readAccount": (read(""), {QUERY: 1}),
    "editAccount": (edited, {QUERY: 1, WRITE: 1}),
    "readHistory": (read("/history"), {BATCH: 1, QUERY: 1}),
    "nameContact": (contact, {BATCH: 1, WRITE: 1}),
    "setAgreement": (agreement, {BATCH: 1, WRITE: 1}),
    "readPlan": (lambda made: read(f"/lots/{lot_of(made)}/plan")(made), {BATCH: 1, GET: 2}),
    "changePlan": (planned, {BATCH: 1, GET: 1, WRITE: 1}),
    "listCodes": (read("/codes"), {QUERY: 1}),
    **requests_of_lines.ASKED,
    **requests_of_people.ASKED,
    **requests_of_budgets.ASKED,
    **requests_of_cases.ASKED,
    "purchase": (lambda made: made.orders(1), {BATCH: 1, WRITE: 1}),
    "listOrders": (read("/orders"), {BATCH: 1, QUERY: 1}),
    "readOrder": (lambda made: read(f"/orders/{lot_of(made)}")(made), {BATCH: 1, GET: 2}),
    "enterOrder": (lambda made: made.sells(1, channel="invoice"), {BATCH: 1, WRITE: 1}),
    "enterOrder, for a purchaser": (sold, {BATCH: 2, WRITE: 1}),
    "moveOrder": (moved, {BATCH: 1, GET: 1, WRITE: 1}),
    "payOrder": (opened, {BATCH: 1, GET: 1, WRITE: 1}),
    "hearPayment": (paid, {BATCH: 1, WRITE: 1}),
    "listFundingOptions": (read("/funding-options"), {QUERY: 1}),
    "priceCart": (lambda made: made.learner.post("/v1/carts", cart_of(made)), {BATCH: 1, QUERY: 1}),
    "redeem": (lambda made: made.wants(), SPENT),
    "confirmRedemption": (confirmed, {BATCH: 1, QUERY: 1, WRITE: 1}),
    "readRedemption": (
        lambda made: made.learner.get(f"/v1/redemptions/{made.wants().json['redemption']}"),
        {BATCH: 1},
    ),
    "cancelRedemption": (cancelled, {BATCH: 1, QUERY: 1, WRITE: 1}),
    "listRequests": (read("/redemptions"), {QUERY: 2}),
    "readRequest": (
        lambda made: read(f"/redemptions/{made.wants().json['redemption']}")(made),
        {BATCH: 2},
    ),
    "decide": (approved, {QUERY: 1, WRITE: 1}),
    "listTransactions": (
        lambda made: made.owner.get(f"{made.path}/transactions", PERIOD),
        {BATCH: 1, QUERY: 1},
    ),
    "readJournal": (read("/journal"), {BATCH: 1, QUERY: 1}),
    "readStatement": (read("/statements/2026-01"), {BATCH: 1, QUERY: 3}),
    "readStatementOfPeriod": (
        lambda made: made.owner.get(f"{made.path}/statements", PERIOD),
        {BATCH: 1, QUERY: 3},
    ),
    "readStatementOfPeriod, which runs": (
        lambda made: made.owner.get(f"{made.path}/statements", RUNNING),
        {BATCH: 1, QUERY: 4},
    ),
    **requests_of_documents.ASKED,
    **requests_of_reports.ASKED,
    **requests_of_webhooks.ASKED,
}
OF_LOTS: dict[str, tuple[Ask, dict[str, int]]] = {
    "issueCode": (
        lambda made: made.owner.post(f"{made.path}/codes", {"lot": lot_of(made)}),
        {QUERY: 1, WRITE: 1},
    ),
    "rotateCode": (rotated, {QUERY: 1, WRITE: 1}),
    "revokeCode": (revoked, {QUERY: 1, WRITE: 1}),
    "listUses": (used, {QUERY: 2}),
    "redeem, limited for each": (limited, SPENT),
}
GATED: dict[str, tuple[Ask, dict[str, int]]] = {
    "acceptTerms": (
        lambda made: somebody(made).post("/v1/terms", {"version": "2021-06"}),
        {WRITE: 1},
    ),
    "readAccount": (read(""), {GET: 1, QUERY: 1}),
    "redeem, by number": (lambda made: made.wants(), SPENT),
    "decide": (approved, {GET: 1, QUERY: 1, WRITE: 1}),
    "readStatement": (read("/statements/2026-01"), {GET: 1, BATCH: 1, QUERY: 3}),
    "enterOrder, by staff": (lambda made: made.sells(1), {BATCH: 1, WRITE: 1}),
}
