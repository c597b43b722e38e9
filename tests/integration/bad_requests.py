"""Requests that are wrong, each in one way, and the code that says so."""

import json
from dataclasses import dataclass

from tests.http.people import JSON, V1, Headers
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

KEY = ("idempotency-key", "a-key-of-this-test")
SENT: Headers = (JSON, KEY)
NOBODY = "0000000000000000"
LONG = "x" * 10_001


@dataclass(frozen=True)
class Bad:
    """`{account}` and `{code}` in path and body stand for those of a company."""

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


def credits(says: str, code: str, written: str) -> Bad:
    return order(f"credits: {says}", code, f'{{"credits": {written}}}')


def keyed(says: str, code: str, *keys: str) -> Bad:
    headers = (JSON, *(("idempotency-key", key) for key in keys))
    return order(f"key: {says}", code, '{"credits": 1}', headers)


def claim(says: str, code: str, status: int, **also: str | None) -> Bad:
    return Bad(f"token: {says}", code, status, "GET", V1, headers=(), also=also)


def listed(says: str, code: str, status: int, path: str, query: str) -> Bad:
    return Bad(says, code, status, "GET", V1 + "/{account}/" + path, headers=(), query=query)


MONTH = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
BAD = [
    # The body as a whole
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
    order("an unknown field", BadInput.UNKNOWN_FIELD, '{"credits": 1, "price": 0}'),
    order("a name with other capitals", BadInput.UNKNOWN_FIELD, '{"credits": 1, "Credits": 1}'),
    order("a missing field", BadInput.MISSING_FIELD, "{}"),
    order("a field twice", BadInput.DUPLICATE_FIELD, '{"credits": 1, "credits": 2}'),
    order("form data", BadInput.CONTENT_TYPE, "credits=1", (("content-type", "text/plain"), KEY)),
    order(
        "JSON in another set",
        BadInput.CONTENT_TYPE,
        '{"credits": 1}',
        (("content-type", "application/x-www-form-urlencoded"), KEY),
    ),
    # Numbers
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
    # Texts
    Bad("a name of two lines", BadInput.NOT_ALLOWED, 400, path=V1, body=r'{"name": "a\nb"}'),
    Bad("a name of nothing", BadInput.OUT_OF_RANGE, 400, path=V1, body='{"name": ""}'),
    Bad("a name too long", BadInput.OUT_OF_RANGE, 400, path=V1, body=f'{{"name": "{LONG[:101]}"}}'),
    Bad("an unknown mode", BadInput.NOT_ALLOWED, 400, path=V1, body='{"approval": "maybe"}'),
    Bad(
        "no e-mail address",
        BadInput.NOT_ALLOWED,
        400,
        path=V1 + "/{account}/owners",
        body='{"email": "ann at acme.example"}',
    ),
    Bad(
        "a header in an e-mail address",
        BadInput.NOT_ALLOWED,
        400,
        path=V1 + "/{account}/owners",
        body=r'{"email": "a@b.example\r\nBcc: c@d.example"}',
    ),
    Bad(
        "no decision",
        BadInput.OUT_OF_RANGE,
        400,
        path=V1 + "/{account}/decisions",
        body='{"verdict": "deny", "redemptions": []}',
    ),
    Bad(
        "too many decisions",
        BadInput.OUT_OF_RANGE,
        400,
        path=V1 + "/{account}/decisions",
        body=json.dumps({"verdict": "deny", "redemptions": ["R"] * 21}),
    ),
    Bad(
        "a wrong code",
        Reason.CODE_NOT_ACCEPTED,
        422,
        path="/v1/redemptions",
        body='{"code": "0000-0000-00000", "title": "Jira", "credits": 1}',
    ),
    Bad(
        "no code at all",
        Reason.CODE_NOT_ACCEPTED,
        422,
        path="/v1/redemptions",
        body='{"code": "ｃｏｄｅ", "title": "Jira", "credits": 1}',
    ),
    # The key
    keyed("missing", BadInput.KEY_MISSING),
    keyed("too short", BadInput.KEY_INVALID, "seven77"),
    keyed("too long", BadInput.KEY_INVALID, "k" * 129),
    keyed("empty", BadInput.KEY_INVALID, ""),
    keyed("a space", BadInput.KEY_INVALID, "a key of mine"),
    keyed("not ASCII", BadInput.KEY_INVALID, "schlüssel"),
    # Ids
    Bad(
        "a foreign account",
        Reason.ACCOUNT_NOT_FOUND,
        404,
        path=f"{V1}/{NOBODY}/orders",
        body='{"credits": 1}',
    ),
    Bad("no id", Reason.ACCOUNT_NOT_FOUND, 404, "GET", f"{V1}/x", headers=()),
    Bad("a path for an id", Reason.ACCOUNT_NOT_FOUND, 404, "GET", f"{V1}/..%2F..%2Fx", headers=()),
    Bad(
        "a key for an id", Reason.ACCOUNT_NOT_FOUND, 404, "GET", f"{V1}/x%23ACCOUNT%23y", headers=()
    ),
    Bad(
        "a line break after an id",
        Reason.ACCOUNT_NOT_FOUND,
        404,
        "GET",
        V1 + "/{account}%0A",
        headers=(),
    ),
    Bad(
        "an unknown order",
        Reason.ORDER_NOT_FOUND,
        404,
        "GET",
        V1 + "/{account}/orders/" + NOBODY,
        headers=(),
    ),
    Bad(
        "a foreign redemption",
        Reason.REDEMPTION_NOT_FOUND,
        404,
        "GET",
        f"/v1/redemptions/{NOBODY}-{NOBODY}",
        headers=(),
    ),
    Bad(
        "no redemption id",
        Reason.REDEMPTION_NOT_FOUND,
        404,
        "GET",
        f"/v1/redemptions/{NOBODY}",
        headers=(),
    ),
    Bad(
        "no owner's address",
        Reason.OWNER_NOT_FOUND,
        404,
        "DELETE",
        V1 + "/{account}/owners/ann",
        headers=(),
    ),
    # Parameters
    listed("month 13", BadInput.NOT_ALLOWED, 400, "statements/2026-13", ""),
    listed("month 0", BadInput.NOT_ALLOWED, 400, "statements/2026-00", ""),
    listed("no month", BadInput.NOT_ALLOWED, 400, "statements/october", ""),
    listed("year 0", BadInput.NOT_ALLOWED, 400, "statements/0000-01", ""),
    listed("the last month there is", BadInput.NOT_ALLOWED, 400, "statements/9999-12", ""),
    listed("a month not begun", Reason.PERIOD_IN_FUTURE, 422, "statements/2999-12", ""),
    listed("no limit", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=0"),
    listed("a limit too high", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=101"),
    listed("a huge limit", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=10000000000"),
    listed("an empty limit", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit="),
    listed("a negative limit", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=-1"),
    listed("a full-width limit", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=%EF%BC%95"),
    listed("two limits", BadInput.OUT_OF_RANGE, 400, "redemptions", "limit=1&limit=2"),
    listed("no state", BadInput.NOT_ALLOWED, 400, "redemptions", "state=lost"),
    listed("an invented cursor", Reason.INVALID_CURSOR, 422, "redemptions", "cursor=abc"),
    listed("an empty cursor", Reason.INVALID_CURSOR, 422, "redemptions", "cursor="),
    listed(
        "no cursor of this list",
        Reason.INVALID_CURSOR,
        422,
        "transactions",
        f"{MONTH}&cursor=e30%3D",
    ),
    listed("no period", BadInput.NOT_ALLOWED, 400, "transactions", ""),
    listed(
        "a period without end",
        BadInput.NOT_ALLOWED,
        400,
        "transactions",
        "from=2026-01-01T00:00:00Z",
    ),
    listed(
        "a date for an instant",
        BadInput.NOT_ALLOWED,
        400,
        "transactions",
        "from=2026-01-01&to=2026-02-01",
    ),
    listed(
        "an instant of no zone", BadInput.NOT_ALLOWED, 400, "transactions", MONTH.replace("Z", "")
    ),
    listed(
        "29 February of 2026",
        BadInput.NOT_ALLOWED,
        400,
        "transactions",
        MONTH.replace("02-01", "02-29"),
    ),
    listed(
        "before all time",
        BadInput.NOT_ALLOWED,
        400,
        "transactions",
        "from=0001-01-01T00:00:00%2B14:00&to=2026-01-01T00:00:00Z",
    ),
    listed(
        "a period backwards",
        Reason.PERIOD_REVERSED,
        422,
        "transactions",
        "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    ),
    listed("an unknown format", BadInput.NOT_ALLOWED, 400, "transactions", f"{MONTH}&format=xls"),
    # The token
    claim("no subject", BadInput.NOT_SIGNED_IN, 401, sub=None),
    claim("no e-mail address", BadInput.NOT_SIGNED_IN, 401, email=None),
    claim("unverified e-mail address", Reason.EMAIL_NOT_VERIFIED, 403, email_verified="false"),
    claim("nothing said of the address", Reason.EMAIL_NOT_VERIFIED, 403, email_verified=None),
    claim("an address not in ASCII", Reason.EMAIL_NOT_USABLE, 403, email="änn@acme.example"),
    claim("no program", Reason.PROGRAM_UNKNOWN, 403, **{"custom:program": None}),
    claim("an unknown program", Reason.PROGRAM_UNKNOWN, 403, **{"custom:program": "acme"}),
    claim(
        "a program with a key in it",
        Reason.PROGRAM_UNKNOWN,
        403,
        **{"custom:program": "atlassian#X"},
    ),
]
