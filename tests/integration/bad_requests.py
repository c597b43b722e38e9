"""Requests that are wrong as a whole, in a number, a key, an id, a parameter or the token."""

import json
from dataclasses import dataclass
from typing import Any

from tests.http.people import BILLING, JSON, V1, Headers
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

KEY = ("idempotency-key", "a-key-of-this-test")
SENT: Headers = (JSON, KEY)
NOBODY = "0000000000000000"
LONG = "x" * 10_001
BILLED = json.dumps(BILLING)


@dataclass(frozen=True)
class Bad:
    """`{account}` in path and body stands for that of a company."""

    says: str
    code: str
    status: int
    method: str = "POST"
    path: str = V1 + "/{account}/orders"
    body: str = ""
    headers: Headers = SENT
    query: str = ""
    also: dict[str, str | None] | None = None


def order(says: str, code: str, body: str, headers: Headers = SENT) -> Bad:
    return Bad(says, code, 400, body=body, headers=headers)


def billed(more: str) -> str:
    return f'{{"billing": {BILLED}, {more}}}'


def credits(says: str, code: str, written: str) -> Bad:
    return order(f"credits: {says}", code, billed(f'"credits": {written}'))


def keyed(says: str, code: str, *keys: str) -> Bad:
    headers = (JSON, *(("idempotency-key", key) for key in keys))
    return order(f"key: {says}", code, billed('"credits": 1'), headers)


def claim(says: str, code: str, status: int, **also: str | None) -> Bad:
    return Bad(f"token: {says}", code, status, "GET", V1, headers=(), also=also)


def asked(says: str, code: str, status: int, path: str, query: str = "") -> Bad:
    return Bad(says, code, status, "GET", V1 + "/{account}" + path, headers=(), query=query)


def limit(says: str, written: str) -> Bad:
    return asked(says, BadInput.OUT_OF_RANGE, 400, "/redemptions", f"limit={written}")


def period(says: str, query: str) -> Bad:
    return asked(says, BadInput.NOT_ALLOWED, 400, "/transactions", query)


def no_cursor(says: str, path: str, query: str) -> Bad:
    return asked(f"{path}: {says}", Reason.INVALID_CURSOR, 422, path, query)


def nothing_at(says: str, code: str, path: str, method: str = "GET", body: Any = None) -> Bad:
    text = "" if body is None else json.dumps(body)
    return Bad(says, code, 404, method, path, text, SENT if body is not None else ())


MONTH = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
ONE = '"credits": 1'
WHOLE = [
    order("no body", BadInput.BODY_MISSING, ""),
    order("too large", BadInput.BODY_TOO_LARGE, json.dumps({"promo_code": LONG})),
    order("not JSON", BadInput.MALFORMED_JSON, '{"credits": 1'),
    order("two values", BadInput.MALFORMED_JSON, '{"credits": 1}{"credits": 2}'),
    order("a comma too many", BadInput.MALFORMED_JSON, '{"credits": 1,}'),
    order("single quotes", BadInput.MALFORMED_JSON, "{'credits': 1}"),
    order("a byte order mark", BadInput.MALFORMED_JSON, '\ufeff{"credits": 1}'),
    order("a raw control character", BadInput.MALFORMED_JSON, '{"promo_code": "a\x00"}'),
    order("half a character", BadInput.MALFORMED_JSON, r'{"credits": 1, "promo_code": "\ud83d"}'),
    order("half a character for a name", BadInput.MALFORMED_JSON, r'{"credits": 1, "\udc00": 1}'),
    order("a list", BadInput.WRONG_TYPE, '[{"credits": 1}]'),
    order("null", BadInput.WRONG_TYPE, "null"),
    order("an unknown field", BadInput.UNKNOWN_FIELD, billed('"credits": 1, "price": 0')),
    order(
        "a name with other capitals", BadInput.UNKNOWN_FIELD, billed('"credits": 1, "Credits": 1')
    ),
    order("a missing field", BadInput.MISSING_FIELD, "{}"),
    order("a field twice", BadInput.DUPLICATE_FIELD, billed('"credits": 1, "credits": 2')),
    order("a field twice, deep down", BadInput.DUPLICATE_FIELD, '{"billing": {"a": 1, "a": 2}}'),
    order("form data", BadInput.CONTENT_TYPE, "credits=1", (("content-type", "text/plain"), KEY)),
    order(
        "JSON in another set",
        BadInput.CONTENT_TYPE,
        billed(ONE),
        (("content-type", "application/x-www-form-urlencoded"), KEY),
    ),
]
NUMBERS = [
    credits("a fraction", BadInput.NOT_WHOLE, "1.5"),
    credits("a whole float", BadInput.NOT_WHOLE, "1.0"),
    credits("with an exponent", BadInput.NOT_WHOLE, "1e3"),
    credits("NaN", BadInput.NOT_A_NUMBER, "NaN"),
    credits("Infinity", BadInput.NOT_A_NUMBER, "Infinity"),
    credits("-Infinity", BadInput.NOT_A_NUMBER, "-Infinity"),
    credits("true", BadInput.WRONG_TYPE, "true"),
    credits("null", BadInput.WRONG_TYPE, "null"),
    credits("text", BadInput.WRONG_TYPE, '"1"'),
    credits("a list", BadInput.WRONG_TYPE, "[1]"),
    credits("zero", BadInput.OUT_OF_RANGE, "0"),
    credits("minus zero", BadInput.OUT_OF_RANGE, "-0"),
    credits("negative", BadInput.OUT_OF_RANGE, "-1"),
    credits("one too many", BadInput.OUT_OF_RANGE, "10000001"),
    credits("beyond 64 bits", BadInput.OUT_OF_RANGE, "9223372036854775808"),
    credits("4,000 digits", BadInput.OUT_OF_RANGE, "9" * 4_000),
    credits("full-width digits", BadInput.MALFORMED_JSON, "１００"),
    credits("an underscore", BadInput.MALFORMED_JSON, "1_000"),
    credits("a leading zero", BadInput.MALFORMED_JSON, "007"),
    credits("a plus", BadInput.MALFORMED_JSON, "+1"),
    credits("hexadecimal", BadInput.MALFORMED_JSON, "0x10"),
]
KEYS = [
    keyed("missing", BadInput.KEY_MISSING),
    keyed("too short", BadInput.KEY_INVALID, "seven77"),
    keyed("too long", BadInput.KEY_INVALID, "k" * 129),
    keyed("empty", BadInput.KEY_INVALID, ""),
    keyed("a space", BadInput.KEY_INVALID, "a key of mine"),
    keyed("not ASCII", BadInput.KEY_INVALID, "schlüssel"),
]
HERE = V1 + "/{account}"
IDS = [
    nothing_at(
        "a foreign account",
        Reason.ACCOUNT_NOT_FOUND,
        f"{V1}/{NOBODY}/orders",
        "POST",
        {"credits": 1, "billing": BILLING},
    ),
    nothing_at("no id", Reason.ACCOUNT_NOT_FOUND, f"{V1}/x"),
    nothing_at("a path for an id", Reason.ACCOUNT_NOT_FOUND, f"{V1}/..%2F..%2Fx"),
    nothing_at("a key for an id", Reason.ACCOUNT_NOT_FOUND, f"{V1}/x%23ACCOUNT%23y"),
    nothing_at("a line break after an id", Reason.ACCOUNT_NOT_FOUND, HERE + "%0A"),
    nothing_at("an unknown order", Reason.ORDER_NOT_FOUND, f"{HERE}/orders/{NOBODY}"),
    nothing_at("no order's id", Reason.ORDER_NOT_FOUND, HERE + "/orders/one"),
    nothing_at(
        "an unknown order to move",
        Reason.ORDER_NOT_FOUND,
        f"{HERE}/orders/{NOBODY}/moves",
        "POST",
        {"to": "cancelled"},
    ),
    nothing_at(
        "an unknown order to pay",
        Reason.ORDER_NOT_FOUND,
        f"{HERE}/orders/{NOBODY}/payment",
        "POST",
        {},
    ),
    nothing_at("a plan of no lot", Reason.LOT_NOT_FOUND, f"{HERE}/lots/{NOBODY}/plan"),
    nothing_at("no lot's id", Reason.LOT_NOT_FOUND, HERE + "/lots/one/plan"),
    nothing_at(
        "a plan for no lot",
        Reason.LOT_NOT_FOUND,
        f"{HERE}/lots/{NOBODY}/plan",
        "PUT",
        {"items": []},
    ),
    nothing_at("uses of no code", Reason.CODE_NOT_FOUND, f"{HERE}/codes/{NOBODY}/uses"),
    nothing_at("an end to no code", Reason.CODE_NOT_FOUND, f"{HERE}/codes/{NOBODY}", "DELETE"),
    nothing_at("no code's id", Reason.CODE_NOT_FOUND, HERE + "/codes/one", "DELETE"),
    nothing_at(
        "another text for no code",
        Reason.CODE_NOT_FOUND,
        f"{HERE}/codes/{NOBODY}/rotations",
        "POST",
        {},
    ),
    nothing_at(
        "a foreign redemption", Reason.REDEMPTION_NOT_FOUND, f"/v1/redemptions/{NOBODY}-{NOBODY}"
    ),
    nothing_at("no redemption id", Reason.REDEMPTION_NOT_FOUND, f"/v1/redemptions/{NOBODY}"),
    nothing_at("no member's address", Reason.MEMBER_NOT_FOUND, HERE + "/members/ann", "DELETE"),
    nothing_at(
        "nobody of the account", Reason.MEMBER_NOT_FOUND, HERE + "/members/x@y.example", "DELETE"
    ),
]
PARAMETERS = [
    asked("month 13", BadInput.NOT_ALLOWED, 400, "/statements/2026-13"),
    asked("month 0", BadInput.NOT_ALLOWED, 400, "/statements/2026-00"),
    asked("no month", BadInput.NOT_ALLOWED, 400, "/statements/october"),
    asked("year 0", BadInput.NOT_ALLOWED, 400, "/statements/0000-01"),
    asked("the last month there is", BadInput.NOT_ALLOWED, 400, "/statements/9999-12"),
    asked("a month not begun", Reason.PERIOD_IN_FUTURE, 422, "/statements/2999-12"),
    limit("no limit", "0"),
    limit("a limit too high", "101"),
    limit("a huge limit", "10000000000"),
    limit("an empty limit", ""),
    limit("a negative limit", "-1"),
    limit("a full-width limit", "%EF%BC%95"),
    limit("two limits", "1&limit=2"),
    asked("no limit of orders", BadInput.OUT_OF_RANGE, 400, "/orders", "limit=0"),
    asked("no limit of history", BadInput.OUT_OF_RANGE, 400, "/history", "limit=0"),
    asked("no state", BadInput.NOT_ALLOWED, 400, "/redemptions", "state=lost"),
    no_cursor("an invented cursor", "/redemptions", "cursor=abc"),
    no_cursor("an empty cursor", "/redemptions", "cursor="),
    no_cursor("of no list", "/transactions", f"{MONTH}&cursor=e30%3D"),
    no_cursor("of no list", "/orders", "cursor=e30%3D"),
    no_cursor("of no list", "/history", "cursor=e30%3D"),
    period("no period", ""),
    period("a period without end", "from=2026-01-01T00:00:00Z"),
    period("a date for an instant", "from=2026-01-01&to=2026-02-01"),
    period("an instant of no zone", MONTH.replace("Z", "")),
    period("29 February of 2026", MONTH.replace("02-01", "02-29")),
    period("before all time", "from=0001-01-01T00:00:00%2B14:00&to=2026-01-01T00:00:00Z"),
    period("an unknown format", f"{MONTH}&format=xls"),
    asked(
        "a period backwards",
        Reason.PERIOD_REVERSED,
        422,
        "/transactions",
        "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    ),
]
TOKENS = [
    claim("no subject", BadInput.NOT_SIGNED_IN, 401, sub=None),
    claim("no e-mail address", BadInput.NOT_SIGNED_IN, 401, email=None),
    claim("unverified e-mail address", Reason.EMAIL_NOT_VERIFIED, 403, email_verified="false"),
    claim("nothing said of the address", Reason.EMAIL_NOT_VERIFIED, 403, email_verified=None),
    claim("an address not in ASCII", Reason.EMAIL_NOT_USABLE, 403, email="änn@acme.example"),
    claim("an endless address", Reason.EMAIL_NOT_USABLE, 403, email=f"a@{'b' * 60}{'.b' * 500}"),
    claim("no program", Reason.PROGRAM_UNKNOWN, 403, **{"custom:program": None}),
    claim("an unknown program", Reason.PROGRAM_UNKNOWN, 403, **{"custom:program": "acme"}),
    claim("a key in a program", Reason.PROGRAM_UNKNOWN, 403, **{"custom:program": "atlassian#X"}),
]
