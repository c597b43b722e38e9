"""An Idempotency-Key stands for one request: another one under it is refused, field by field."""

import json
from typing import Any

import pytest

from tests.http import booking, casing
from tests.http.audit import violations
from tests.http.hooks import PATH, URL
from tests.http.people import BILLING, V1, Company, Reply, Who, assert_is_problem, company
from tests.http.wire import Wire
from tests.integration import requests_of_lines, test_keys_of_webhooks
from tests.integration.conftest import Dumps
from tests.integration.matrix_requests import OPERATIONS
from training_credits.domain.errors import Reason

pytestmark = pytest.mark.proves("G7")

KEY = "one-key-for-both"
ORDER: dict[str, Any] = {"credits": 20_000, "billing": BILLING}
SALE: dict[str, Any] = {
    "credits": 5,
    "billing": BILLING,
    "channel": "direct",
    "sale": {"sales_order": "SO-A"},
}
WISH = {"code": "{code}", "title": "A", "credits": 1}
DENIAL: dict[str, Any] = {"verdict": "deny", "redemptions": ["{redemption}"]}
ELSEWHERE = {"line": 1, "session": "S2"}
NUMBERED = {"line": 1, "reference": "R-1"}
TEAM: dict[str, Any] = {"name": "A", "limit": 1}
GIVEN = {"from": "{later}", "to": "{budget}", "credits": 1}
MORE_TIME: dict[str, Any] = {"kind": "extension", "lot": "{lot}", "reason": "Moved.", "days": 9}
HELD = {"holder": {"email": "lee@acme.example", "name": "Lee"}}
PLACES = {
    "openAccount": V1,
    "inviteMember": "{path}/members",
    "issueCode": "{path}/codes",
    "rotateCode": "{path}/codes/{code_id}/rotations",
    "purchase": "{path}/orders",
    "enterOrder": "{path}/sales",
    "moveOrder": "{path}/orders/{waiting}/moves",
    "redeem": "/v1/redemptions",
    "addBudget": "{path}/budgets",
    "transferBudget": "{path}/budget-transfers",
    "confirmRedemption": "/v1/redemptions/{redemption}/confirmation",
    "cancelRedemption": "/v1/redemptions/{redemption}/cancellation",
    "exportVouchers": "/v1/redemptions/{redemption}/voucher-exports",
    "useVoucher": "{voucher}/use",
    "returnLine": "{booked}/returns",
    "moveLine": "{booked}/moves",
    "fulfilLine": "{booked}/fulfilments",
    "decide": "{path}/decisions",
    "openCase": "{path}/cases",
    "moveCase": "{path}/cases/{case}/moves",
    "addWebhook": PATH,
}
CHANGED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("openAccount", "name", {"name": "A"}, {"name": "B"}),
    ("openAccount", "approval", {"approval": "manual"}, {"approval": "automatic"}),
    ("openAccount", "kind", {}, {"kind": "individual"}),
    ("openAccount", "a field more", {"name": "A"}, {"name": "A", "approval": "manual"}),
    ("inviteMember", "email", {"email": "b@x.example"}, {"email": "c@x.example"}),
    ("inviteMember", "role", {"email": "b@x.example"}, {"email": "b@x.example", "role": "buyer"}),
    ("issueCode", "label", {"lot": "{lot}"}, {"lot": "{lot}", "label": "B"}),
    ("issueCode", "limit", {"lot": "{lot}", "limit": 5}, {"lot": "{lot}", "limit": 6}),
    ("rotateCode", "grace", {}, {"grace_hours": 1}),
    ("purchase", "credits", ORDER, {**ORDER, "credits": 6}),
    ("purchase", "promo code", ORDER, {**ORDER, "promo_code": "twentyoffTC"}),
    ("purchase", "billing", ORDER, {**ORDER, "billing": {**BILLING, "company": "B"}}),
    ("purchase", "channel", ORDER, {**ORDER, "channel": "invoice"}),
    ("enterOrder", "number", SALE, {**SALE, "sale": {"sales_order": "SO-B"}}),
    ("enterOrder", "booked on", SALE, {**SALE, "booked_on": "2026-01-05"}),
    ("moveOrder", "step", {"to": "approved"}, {"to": "invoiced"}),
    ("moveOrder", "note", {"to": "approved"}, {"to": "approved", "note": "B"}),
    ("redeem", "title", WISH, {**WISH, "title": "B"}),
    ("redeem", "credits", WISH, {**WISH, "credits": 2}),
    ("redeem", "country", WISH, {**WISH, "country": "US"}),
    ("addBudget", "limit", TEAM, {**TEAM, "limit": 2}),
    ("addBudget", "learners", TEAM, {**TEAM, "learners": ["lee@acme.example"]}),
    ("transferBudget", "credits", GIVEN, {**GIVEN, "credits": 2}),
    ("transferBudget", "to", GIVEN, {**GIVEN, "to": "{third}"}),
    ("useVoucher", "holder", HELD, {}),
    ("returnLine", "line", {"line": 1}, {"line": 2}),
    ("moveLine", "line", ELSEWHERE, {**ELSEWHERE, "line": 2}),
    ("moveLine", "session", ELSEWHERE, {**ELSEWHERE, "session": "S3"}),
    ("fulfilLine", "line", {"line": 1, "completed": True}, {"line": 2, "completed": True}),
    ("fulfilLine", "reference", NUMBERED, {**NUMBERED, "reference": "R-2"}),
    ("fulfilLine", "completed", NUMBERED, {**NUMBERED, "completed": True}),
    ("decide", "verdict", DENIAL, {**DENIAL, "verdict": "approve"}),
    ("decide", "note", DENIAL, {**DENIAL, "note": "No"}),
    ("openCase", "days", MORE_TIME, {**MORE_TIME, "days": 10}),
    ("openCase", "a draft", MORE_TIME, {**MORE_TIME, "draft": True}),
    ("moveCase", "step", {"to": "in_review"}, {"to": "rejected", "note": "B"}),
    ("moveCase", "note", {"to": "in_review"}, {"to": "in_review", "note": "B"}),
    ("addWebhook", "address", {"url": URL}, {"url": f"{URL}/b"}),
    ("addWebhook", "types", {"url": URL}, {"url": URL, "types": ["AccountOpened"]}),
    ("decide", "redemptions", DENIAL, {**DENIAL, "redemptions": ["{other}"]}),
]
# Nothing is said in them.
SILENT = ("cancelRedemption", "confirmRedemption", "exportVouchers")
BOOKED = {"returnLine", "moveLine", "fulfilLine"}
PROGRAMS = {
    "issueCode": "salesforce",
    "rotateCode": "salesforce",
    "enterOrder": "cisco",
    "moveOrder": "cisco",
}


class Case:
    """A company, and what the words of a request stand for."""

    def __init__(self, wire: Wire, operation: str) -> None:
        program = PROGRAMS.get(operation, "atlassian")
        made = company(wire, program=program, credits=100)
        self.who = self._who(made, operation)
        lot = made.owner.get(made.path).json["lots"][0]["lot"]
        self.words = {"{path}": made.path, "{lot}": lot, "{code}": made.pays_with.get("code", "")}
        if program == "atlassian":
            for word in ("{redemption}", "{other}"):
                self.words[word] = self._asked(made, operation)
        if operation == "transferBudget":
            for word in ("{budget}", "{later}", "{third}"):
                self.words[word] = made.budgets(word, 5)
        if operation == "moveCase":
            wish = {**MORE_TIME, "lot": lot}
            self.words["{case}"] = casing.opens(made, **wish).json["case"]
        if operation == "useVoucher":
            self.words["{voucher}"] = requests_of_lines.voucher(made)
        if operation in BOOKED:
            booking.lists(made, "S1", "S2", "S3")
            self.words["{booked}"] = booking.books(made, "S1", "S1")
        if program == "cisco":
            self.words["{waiting}"] = made.sells(5).json["order"]
        if program == "salesforce":
            self.words["{code_id}"] = made.issues(lot=lot)["code_id"]

    def _asked(self, made: Company, operation: str) -> str:
        """A request that is far enough."""
        if operation == "exportVouchers":
            return requests_of_lines.certified(made).rpartition("/")[2]
        reserved = operation == "confirmRedemption"
        asked = str(made.wants(reserve=reserved).json["redemption"])
        if reserved:
            made.decides("approve", asked)
        return asked

    def _who(self, made: Company, operation: str) -> Who:
        if made.program == "cisco" or operation in {"moveCase", "addWebhook"}:
            return made.staff[0]
        if operation in {"fulfilLine", "useVoucher"}:
            return booking.machine(made)
        asks = operation in {"openAccount", "redeem", *SILENT, *BOOKED}
        return made.learner if asks else made.owner

    def send(self, place: str, body: dict[str, Any]) -> Reply:
        text = json.dumps(body)
        for word, meant in self.words.items():
            text, place = text.replace(word, meant), place.replace(word, meant)
        return self.who.post(place, json.loads(text), KEY)


@pytest.mark.proves("T10", "I13")
@pytest.mark.parametrize(
    ("operation", "says", "first", "second"), CHANGED, ids=[f"{c[0]}: {c[1]}" for c in CHANGED]
)
def test_a_key_that_was_used_for_another_body_is_refused(
    own_wire: Wire,
    dump: Dumps,
    operation: str,
    says: str,
    first: dict[str, Any],
    second: dict[str, Any],
) -> None:
    case, place = Case(own_wire, operation), PLACES[operation]
    done = case.send(place, first)
    assert done.status in {200, 201}, says
    before = dump()
    refused = case.send(place, second)
    assert (refused.code, refused.status) == (Reason.KEY_REUSED, 409)
    assert_is_problem(refused)
    assert dump() == before
    again = case.send(place, first)
    assert (again.status, again.body) == (done.status, done.body)
    assert dump() == before or operation == "decide"
    assert violations(dump()) == []


@pytest.mark.parametrize("place", ["redemption", "other"])
@pytest.mark.parametrize("operation", SILENT)
def test_a_key_that_was_used_for_another_thing_is_refused(
    own_wire: Wire, operation: str, place: str
) -> None:
    case = Case(own_wire, operation)
    done = case.send(PLACES[operation], {})
    again = case.send(PLACES[operation].replace("redemption}", f"{place}}}"), {})
    assert again.code == (None if place == "redemption" else Reason.KEY_REUSED)
    assert done.status == 200


def test_every_operation_with_a_key_is_tried() -> None:
    keyed = {
        name
        for name, (_, _, described) in OPERATIONS.items()
        if {"$ref": "#/components/parameters/IdempotencyKey"} in described["parameters"]
    }
    assert keyed == {changed[0] for changed in CHANGED} | {*SILENT, *test_keys_of_webhooks.SILENT}
