"""An Idempotency-Key stands for one request: another one under it is refused, field by field."""

import json
from typing import Any

import pytest

from tests.http.audit import violations
from tests.http.people import BILLING, V1, Company, Reply, Who, assert_is_problem, company
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from tests.integration.matrix_requests import OPERATIONS
from training_credits.domain.errors import Reason

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
PLACES = {
    "openAccount": V1,
    "inviteMember": "{path}/members",
    "issueCode": "{path}/codes",
    "rotateCode": "{path}/codes/{code_id}/rotations",
    "purchase": "{path}/orders",
    "enterOrder": "{path}/sales",
    "moveOrder": "{path}/orders/{waiting}/moves",
    "redeem": "/v1/redemptions",
    "cancelRedemption": "/v1/redemptions/{redemption}/cancellation",
    "decide": "{path}/decisions",
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
    ("decide", "verdict", DENIAL, {**DENIAL, "verdict": "approve"}),
    ("decide", "note", DENIAL, {**DENIAL, "note": "No"}),
    ("decide", "redemptions", DENIAL, {**DENIAL, "redemptions": ["{other}"]}),
]
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
            self.words["{redemption}"] = made.wants().json["redemption"]
            self.words["{other}"] = made.wants().json["redemption"]
        if program == "cisco":
            self.words["{waiting}"] = made.sells(5).json["order"]
        if program == "salesforce":
            self.words["{code_id}"] = made.issues(lot=lot)["code_id"]

    def _who(self, made: Company, operation: str) -> Who:
        if made.program == "cisco":
            return made.staff[0]
        asks = operation in {"openAccount", "redeem", "cancelRedemption"}
        return made.learner if asks else made.owner

    def send(self, place: str, body: dict[str, Any]) -> Reply:
        text = json.dumps(body)
        for word, meant in self.words.items():
            text, place = text.replace(word, meant), place.replace(word, meant)
        return self.who.post(place, json.loads(text), KEY)


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
def test_a_key_that_was_used_for_another_thing_is_refused(own_wire: Wire, place: str) -> None:
    case = Case(own_wire, "cancelRedemption")
    done = case.send(PLACES["cancelRedemption"], {})
    again = case.send(PLACES["cancelRedemption"].replace("redemption}", f"{place}}}"), {})
    assert again.code == (None if place == "redemption" else Reason.KEY_REUSED)
    assert done.status == 200


def test_every_operation_with_a_key_is_tried() -> None:
    keyed = {
        name
        for name, (_, _, described) in OPERATIONS.items()
        if {"$ref": "#/components/parameters/IdempotencyKey"} in described["parameters"]
    }
    assert keyed == {changed[0] for changed in CHANGED} | {"cancelRedemption"}
