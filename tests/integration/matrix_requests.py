"""One request for each operation of the OpenAPI document, the same whoever sends it.

An operation whose right depends on what is asked has a name for each: "moveOrder: accepts a quote".
"""

import itertools
import json
from dataclasses import dataclass
from typing import Any

from openapi.document import document
from tests.http import hooks
from tests.http.people import BILLING, JSON, Reply, Who, wish
from tests.integration.matrix_world import BEGUN, CLASS, NOWHERE, Place
from training_credits.edge import wiring
from training_credits.programs import program_versions

OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
}
PERIOD = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
QUERIES = {
    "listTransactions": PERIOD,
    "readBalances": "at=2026-01-01T00:00:00Z",
    "readReport": PERIOD,
    "readStatementOfPeriod": PERIOD,
}
NEW = {"sales_order": "NEW-1"}
LAST = {"atlassian": "paid"}
NEXT = {"atlassian": "quoted", "salesforce": "booked", "cisco": "approved"}
_numbers = itertools.count(1)


def operation_of(name: str) -> str:
    """The operation of a row, as the document calls it."""
    return name.partition(":")[0]


@dataclass(frozen=True)
class Asked:
    """A row of the table at a place, as it is asked for in a program."""

    name: str
    program: str

    def send(self, who: Who, place: Place) -> Reply:
        """Under a key of its own."""
        operation = operation_of(self.name)
        method, path, described = OPERATIONS[operation]
        body = json.dumps(self._body(place)) if "requestBody" in described else ""
        key = ("idempotency-key", f"one-request-{next(_numbers)}")
        query = QUERIES.get(operation, "")
        return who.send(
            method, self._path(path, who, place), body, headers=(JSON, key), query=query
        )

    def says(self, who: Who, place: Place) -> str:
        """What of a place it names."""
        path = OPERATIONS[operation_of(self.name)][1]
        return self._path(path, who, place) + json.dumps(self._body(place))

    def _path(self, path: str, who: Who, place: Place) -> str:
        unpaid = place.card_order if self.program == "atlassian" else place.waiting
        order = {
            "payOrder": place.card_order,
            "moveOrder": place.waiting,
            "moveOrder: accepts a quote": place.quoted,
            "moveOrder: accepts under a number": place.quoted,
            "moveOrder: withdraws what is not paid": unpaid,
            "moveOrder: activates": place.owed,
            "moveOrder: cancels what is owed": place.owed,
        }
        email = {"removeMember: oneself": who.email, "removeMember: an owner": place.owner}
        return path.format(
            account=place.account,
            order=order.get(self.name, place.order),
            lot=place.lot,
            code=place.code,
            budget=place.budget,
            redemption=place.redemption,
            case=place.case,
            voucher=NOWHERE,
            webhook=place.webhook,
            delivery=place.delivery,
            email=email.get(self.name, place.email),
            month="2026-01",
            role="advisor",
            offering=CLASS["offering"],
        )

    def _body(self, place: Place) -> dict[str, Any]:
        by_customer = {"channel": BEGUN[self.program]} if self.program == "salesforce" else {}
        sold = BEGUN.get(self.program, "direct")
        program = program_versions(self.program)[-1]
        first, terms = program.products[0].id, program.terms
        bodies: dict[str, dict[str, Any]] = {
            "openAccount": {} if self.program == "atlassian" else {"owner": "new@acme.example"},
            "editAccount": {"name": "New"},
            "nameContact": {"name": "New", "email": f"new@{self.program}.example"},
            "setAgreement": {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"},
            "changePlan": {"items": [{"title": "Jira", "month": "2026-12", "credits": 1}]},
            "setPreferences": {"off": ["members"]},
            "acceptTerms": {"version": terms.version or "1"},
            "inviteMember": _invited("finance"),
            "inviteMember: an owner": _invited("owner"),
            "inviteMember: a player": _invited("player"),
            "inviteMember: an operator": _invited("operator"),
            "nameDeputy": {"until": wiring.clock().date().isoformat()},
            "issueCode": {"lot": place.lot} if self.program == "salesforce" else {},
            "addBudget": {"name": "New", "limit": 1},
            "editBudget": {"limit": 6},
            "transferBudget": {"from": place.later, "to": place.budget, "credits": 1},
            "purchase": {"credits": 1, "product": first, "billing": BILLING, **by_customer},
            "enterOrder": {
                "credits": 1,
                "product": first,
                "billing": BILLING,
                "channel": sold,
                "sale": NEW,
            },
            "moveOrder": {"to": NEXT[self.program]},
            "moveOrder: accepts a quote": {"to": "accepted"},
            "moveOrder: accepts under a number": {"to": "accepted", "sale": NEW},
            "moveOrder: withdraws what is not paid": {"to": "cancelled"},
            "moveOrder: activates": {"to": LAST.get(self.program, "activated")},
            "moveOrder: cancels what is owed": {"to": "cancelled", "note": "Never paid."},
            "moveOrder: voids what was bought": {"to": "cancelled", "note": "Entered twice."},
            "importCatalogue": {"format": "json", "rows": [CLASS]},
            "priceCart": wish(self.program) | place.pays_with,
            "redeem": wish(self.program) | place.pays_with,
            "assignVoucher": {"email": "lee@acme.example", "name": "Lee"},
            "returnLine": {"line": 1},
            "moveLine": {"line": 1, "session": "S-1"},
            "fulfilLine": {"line": 1, "completed": True},
            "openCase": {"kind": "dispute", "reason": "X", **place.entry},
            "openCase: a draft": {
                "kind": "extension",
                "reason": "X",
                "lot": place.lot,
                "draft": True,
            },
            "openCase: a transfer": {"kind": "transfer", "reason": "X"},
            "redraftCase": {"reason": "X"},
            "moveCase": {"to": "in_review"},
            "moveCase: withdraws": {"to": "withdrawn"},
            "makeDocument": {"format": "csv", "month": "2026-01"},
            "addWebhook": {"url": hooks.URL},
            "editWebhook": {"name": "New"},
            "decide": {"verdict": "deny", "redemptions": [place.redemption]},
        }
        return bodies.get(self.name, {})


def _invited(role: str) -> dict[str, str]:
    return {"email": "new@acme.example", "role": role}
