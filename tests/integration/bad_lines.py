"""Requests whose one field is wrong, where lines, bookings, vouchers or budgets are asked about."""

import json
from typing import Any

from tests.integration.bad_parameters import HERE
from tests.integration.bad_requests import NOBODY, Bad
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

REDEMPTIONS = "/v1/redemptions"
ONE = f"{REDEMPTIONS}/{NOBODY}-{NOBODY}"
VOUCHER = f"{ONE}/vouchers/{NOBODY}"
JIRA: dict[str, Any] = {"title": "Jira", "credits": 1}
PAID = {"code": "0000-0000-00000"}
LEE = {"email": "lee@acme.example", "name": "Lee"}
NOT_ALLOWED, RANGE = BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE
TYPE, MISSING, UNKNOWN = BadInput.WRONG_TYPE, BadInput.MISSING_FIELD, BadInput.UNKNOWN_FIELD


def sent(says: str, code: str, path: str, body: Any, method: str = "POST") -> Bad:
    status = 422 if code in [*Reason] else 400
    return Bad(says, code, status, method, path, json.dumps(body))


def lines(says: str, code: str, *every: dict[str, Any], path: str = REDEMPTIONS) -> Bad:
    return sent(f"lines: {says}", code, path, PAID | {"lines": every})


def line(says: str, code: str, **wrong: Any) -> Bad:
    return lines(says, code, JIRA | wrong)


def cart(says: str, which: str, **wrong: Any) -> Bad:
    return sent(f"cart: {says}", which, "/v1/carts", JIRA | wrong)


def returned(says: str, code: str, **body: Any) -> Bad:
    return sent(f"return: {says}", code, f"{ONE}/returns", body)


def moved(says: str, code: str, **body: Any) -> Bad:
    return sent(f"move of a line: {says}", code, f"{ONE}/moves", body)


def fulfilled(says: str, code: str, **body: Any) -> Bad:
    return sent(f"fulfilment: {says}", code, f"{ONE}/fulfilments", {"line": 1, **body})


def holder(says: str, code: str, **wrong: Any) -> Bad:
    return sent(f"holder: {says}", code, f"{VOUCHER}/holder", LEE | wrong, "PUT")


def budget(says: str, code: str, **wrong: Any) -> Bad:
    body = {"name": "Team", "limit": 1} | wrong
    return sent(f"budget: {says}", code, f"{HERE}/budgets", body)


def edited(says: str, code: str, **body: Any) -> Bad:
    return sent(f"budget: {says}", code, f"{HERE}/budgets/{NOBODY}", body, "PATCH")


def transfer(says: str, code: str, **wrong: Any) -> Bad:
    body = {"from": NOBODY, "to": NOBODY, "credits": 1} | wrong
    return sent(f"transfer: {says}", code, f"{HERE}/budget-transfers", body)


def deputy(says: str, code: str, **body: Any) -> Bad:
    path = f"{HERE}/members/bob@acme.example/deputy"
    return sent(f"deputy: {says}", code, path, body, "PUT")


LINES = [
    lines("too many", RANGE, *[JIRA] * 11),
    line("none of it", RANGE, quantity=0),
    line("a hundred and one of it", RANGE, quantity=101),
    line("half of it", BadInput.NOT_WHOLE, quantity=0.5),
    line("a key for an offering", NOT_ALLOWED, offering="a#b"),
    line("a work statement of two lines", NOT_ALLOWED, statement_of_work="a\nb"),
    line("somebody without an address", NOT_ALLOWED, attendee=LEE | {"email": "lee"}),
    line("paid with a thing nobody knows", UNKNOWN, pay=[{"card": "4242"}]),
    line("paid by too many", RANGE, pay=[PAID] * 21),
    line("paid with nothing of it", RANGE, pay=[PAID | {"credits": 0}]),
    cart("nothing to pay with", MISSING),
    cart("a language by its name", NOT_ALLOWED, language="German", **PAID),
    cart("a wrong code", Reason.CODE_NOT_ACCEPTED, **PAID),
    sent("a confirmation with a word", UNKNOWN, f"{ONE}/confirmation", {"yes": True}),
    returned("of nothing", MISSING),
    returned("of line 0", RANGE, line=0),
    returned("of a line too far", RANGE, line=11),
    moved("nowhere", MISSING, line=1),
    moved("to a key", NOT_ALLOWED, line=1, session="a#b"),
    fulfilled("nothing of it", MISSING),
    fulfilled("perhaps", TYPE, completed="perhaps"),
    fulfilled("a number of two lines", NOT_ALLOWED, reference="a\nb"),
    holder("no address", NOT_ALLOWED, email="lee"),
    holder("no name", RANGE, name=""),
    sent("an export with a word", UNKNOWN, f"{ONE}/voucher-exports", {"format": "csv"}),
    sent("a use by nobody", MISSING, f"{VOUCHER}/use", {"holder": {}}),
    budget("without a name", RANGE, name=""),
    budget("of nothing", RANGE, limit=0),
    budget("for somebody without an address", NOT_ALLOWED, learners=["lee"]),
    budget("for too many", RANGE, learners=["lee@acme.example"] * 101),
    edited("less than nothing", RANGE, limit=-1),
    edited("what is left", UNKNOWN, left=1),
    transfer("nothing", RANGE, credits=0),
    transfer("to nowhere", TYPE, to=None),
    deputy("for ever", MISSING),
    deputy("to no day", NOT_ALLOWED, until="2026-02-30"),
    deputy("beyond all days", RANGE, until="3000-01-01"),
]
