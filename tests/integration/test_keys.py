"""An Idempotency-Key stands for one request: another one under it is refused, field by field."""

import json
from typing import Any

import pytest

from tests.http.audit import violations
from tests.http.people import V1, Reply, assert_is_problem, company
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from training_credits.domain.errors import Reason

CHANGED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("openAccount: name", V1, {"name": "A"}, {"name": "B"}),
    ("openAccount: approval", V1, {"approval": "manual"}, {"approval": "automatic"}),
    ("openAccount: a field more", V1, {"name": "A"}, {"name": "A", "approval": "manual"}),
    ("addOwner: email", "{path}/owners", {"email": "b@x.example"}, {"email": "c@x.example"}),
    ("purchase: credits", "{path}/orders", {"credits": 5}, {"credits": 6}),
    (
        "purchase: promo code",
        "{path}/orders",
        {"credits": 20_000},
        {"credits": 20_000, "promo_code": "twentyoffTC"},
    ),
    (
        "redeem: title",
        "/v1/redemptions",
        {"code": "{code}", "title": "A", "credits": 1},
        {"code": "{code}", "title": "B", "credits": 1},
    ),
    (
        "redeem: credits",
        "/v1/redemptions",
        {"code": "{code}", "title": "A", "credits": 1},
        {"code": "{code}", "title": "A", "credits": 2},
    ),
    (
        "decide: verdict",
        "{path}/decisions",
        {"verdict": "deny", "redemptions": ["{redemption}"]},
        {"verdict": "approve", "redemptions": ["{redemption}"]},
    ),
    (
        "decide: note",
        "{path}/decisions",
        {"verdict": "deny", "redemptions": ["{redemption}"]},
        {"verdict": "deny", "redemptions": ["{redemption}"], "note": "No"},
    ),
    (
        "decide: redemptions",
        "{path}/decisions",
        {"verdict": "deny", "redemptions": ["{redemption}"]},
        {"verdict": "deny", "redemptions": ["{other}"]},
    ),
]


@pytest.mark.parametrize(("says", "path", "first", "second"), CHANGED, ids=[c[0] for c in CHANGED])
def test_a_key_that_was_used_for_another_body_is_refused(
    wire: Wire, dump: Dumps, says: str, path: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    acme = company(wire, credits=100)
    who = acme.owner
    words = {
        "{path}": acme.path,
        "{code}": acme.code,
        "{redemption}": acme.wants().json["redemption"],
        "{other}": acme.wants().json["redemption"],
    }

    def send(body: dict[str, Any]) -> Reply:
        text, place = json.dumps(body), path
        for word, meant in words.items():
            text, place = text.replace(word, meant), place.replace(word, meant)
        return someone_else.post(place, json.loads(text), "one-key-for-both")

    someone_else = acme.learner if path == V1 or "redemptions" in path else who
    assert send(first).status in {200, 201}
    before = dump()
    refused = send(second)
    assert (refused.code, refused.status) == (Reason.KEY_REUSED, 409), says
    assert_is_problem(refused)
    assert dump() == before
    assert send(first).status in {200, 201}
    assert dump() == before or says.startswith("decide")
    assert violations(dump()) == []
