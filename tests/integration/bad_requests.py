"""Requests that are wrong as a whole, in a number, a key or the token."""

import json
from dataclasses import dataclass

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
