"""Cases and preferences whose one field is wrong."""

from typing import Any

from tests.integration.bad_lines import sent
from tests.integration.bad_parameters import HERE, nothing_at
from tests.integration.bad_requests import NOBODY, Bad
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

ONE = f"{HERE}/cases/{NOBODY}"
ASKED: dict[str, Any] = {"kind": "extension", "lot": NOBODY, "reason": "Moved.", "days": 9}
USE = {"title": "A class", "on": "2026-12-01", "credits": 1}
NOT_ALLOWED, RANGE = BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE
TYPE, MISSING, UNKNOWN = BadInput.WRONG_TYPE, BadInput.MISSING_FIELD, BadInput.UNKNOWN_FIELD


def case(says: str, code: str, **wrong: Any) -> Bad:
    body = {name: value for name, value in (ASKED | wrong).items() if value is not None}
    return sent(f"case: {says}", code, f"{HERE}/cases", body)


def draft(says: str, code: str, **body: Any) -> Bad:
    return sent(f"draft: {says}", code, ONE, body, "PUT")


def step(says: str, code: str, **body: Any) -> Bad:
    return sent(f"step: {says}", code, f"{ONE}/moves", body)


def wish(says: str, code: str, **body: Any) -> Bad:
    return sent(f"preferences: {says}", code, "/v1/preferences", body, "PUT")


CASES = [
    case("no kind", MISSING, kind=None),
    case("another kind", NOT_ALLOWED, kind="refund"),
    case("no reason", MISSING, reason=None),
    case("a reason of nothing", RANGE, reason=""),
    case("a reason of many words", RANGE, reason="x" * 1_001),
    case("a reason of two lines", NOT_ALLOWED, reason="a\nb"),
    case("a key for a lot", NOT_ALLOWED, lot="LOT#1"),
    case("no days", RANGE, days=0),
    case("days without an end", RANGE, days=10_001),
    case("half a day", BadInput.NOT_WHOLE, days=0.5),
    case("a plan of one use", TYPE, plan=USE),
    case("a plan of too many", RANGE, plan=[USE] * 51),
    case("a plan for no day", NOT_ALLOWED, plan=[USE | {"on": "2026-13-01"}]),
    case("a plan for no credits", RANGE, plan=[USE | {"credits": 0}]),
    case("an instant without a zone", TYPE, at="2026-02-01T00:00:00"),
    case("its state", UNKNOWN, state="approved"),
    draft("no reason", MISSING, days=9),
    draft("another lot", UNKNOWN, reason="Moved.", lot=NOBODY),
    step("nowhere", MISSING),
    step("to no state", NOT_ALLOWED, to="granted"),
    step("a note of two lines", NOT_ALLOWED, to="rejected", note="a\nb"),
    step("on behalf of somebody", UNKNOWN, to="approved", by="olga@vendor.example"),
    nothing_at("a key for a case", Reason.CASE_NOT_FOUND, f"{HERE}/cases/x%23CASE%23y"),
    wish("an unknown topic", NOT_ALLOWED, off=["everything"]),
    wish("an unknown pace", NOT_ALLOWED, transactions="hourly"),
    wish("a language of two lines", NOT_ALLOWED, language="de\n"),
    wish("somebody else's", UNKNOWN, email="lee@acme.example"),
]
