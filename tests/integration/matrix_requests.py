"""One request for each operation of the OpenAPI document, the same whoever sends it."""

import itertools
import json
from dataclasses import dataclass
from typing import Any

from openapi.document import document
from tests.http.people import BILLING, JSON, Reply, Who, wish
from tests.integration.matrix_world import BEGUN, Place
from training_credits.programs import program_versions

OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
}
PERIOD = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
NEXT = {"atlassian": "quoted", "salesforce": "booked", "cisco": "approved"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Asked:
    """An operation of a place, as it is asked for in a program."""

    operation: str
    program: str

    def send(self, who: Who, place: Place) -> Reply:
        """Under a key of its own."""
        method, path, described = OPERATIONS[self.operation]
        body = json.dumps(self._body(place)) if "requestBody" in described else ""
        key = ("idempotency-key", f"one-request-{next(_numbers)}")
        query = PERIOD if self.operation == "listTransactions" else ""
        return who.send(method, self._path(path, place), body, headers=(JSON, key), query=query)

    def _path(self, path: str, place: Place) -> str:
        order = {"payOrder": place.card_order, "moveOrder": place.waiting}
        return path.format(
            account=place.account,
            order=order.get(self.operation, place.order),
            lot=place.lot,
            code=place.code,
            redemption=place.redemption,
            email=place.email,
            month="2026-01",
            role="advisor",
        )

    def _body(self, place: Place) -> dict[str, Any]:
        by_customer = {"channel": BEGUN[self.program]} if self.program == "salesforce" else {}
        sold = BEGUN.get(self.program, "direct")
        terms = program_versions(self.program)[-1].terms
        bodies: dict[str, dict[str, Any]] = {
            "openAccount": {} if self.program == "atlassian" else {"owner": "new@acme.example"},
            "editAccount": {"name": "New"},
            "nameContact": {"name": "New", "email": f"new@{self.program}.example"},
            "setAgreement": {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"},
            "changePlan": {"items": [{"title": "Jira", "month": "2026-12", "credits": 1}]},
            "acceptTerms": {"version": terms.version or "1"},
            "inviteMember": {"email": "new@acme.example", "role": "finance"},
            "issueCode": {"lot": place.lot} if self.program == "salesforce" else {},
            "purchase": {"credits": 1, "billing": BILLING, **by_customer},
            "enterOrder": {
                "credits": 1,
                "billing": BILLING,
                "channel": sold,
                "sale": {"sales_order": "NEW-1"},
            },
            "moveOrder": {"to": NEXT[self.program]},
            "redeem": wish(self.program) | place.pays_with,
            "decide": {"verdict": "deny", "redemptions": [place.redemption]},
        }
        return bodies.get(self.operation, {})
