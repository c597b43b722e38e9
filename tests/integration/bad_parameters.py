"""Requests that are wrong in an id or a parameter."""

import json
from typing import Any

from tests.http.people import BILLING, V1
from tests.integration.bad_requests import NOBODY, SENT, Bad
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

HERE = V1 + "/{account}"
MONTH = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"


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


def shop(says: str, query: str) -> Bad:
    return Bad(says, BadInput.NOT_ALLOWED, 400, "GET", "/v1/catalogue", headers=(), query=query)


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
    nothing_at("no such offering", Reason.OFFERING_NOT_FOUND, "/v1/catalogue/X-1"),
    nothing_at("no offering's id", Reason.OFFERING_NOT_FOUND, "/v1/catalogue/a%23b"),
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
    shop("a collection that is none", "collection=a%23b"),
    shop("eligible in other words", "eligible=yes"),
    shop("a language by its name", "language=German"),
    shop("a currency in small letters", "currency=eur"),
    asked("month 13", BadInput.NOT_ALLOWED, 400, "/statements/2026-13"),
    asked("month 0", BadInput.NOT_ALLOWED, 400, "/statements/2026-00"),
    asked("no month", BadInput.NOT_ALLOWED, 400, "/statements/october"),
    asked("year 0", BadInput.NOT_ALLOWED, 400, "/statements/0000-01"),
    asked("the last month there is", BadInput.NOT_ALLOWED, 400, "/statements/9999-12"),
    asked("a month not begun", Reason.PERIOD_IN_FUTURE, 422, "/statements/2999-12"),
    asked("no period of a statement", BadInput.NOT_ALLOWED, 400, "/statements"),
    asked("a statement as a picture", BadInput.NOT_ALLOWED, 400, "/statements", "format=png"),
    asked(
        "a statement backwards",
        Reason.PERIOD_REVERSED,
        422,
        "/statements",
        "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    ),
    asked(
        "a statement of what has not begun",
        Reason.PERIOD_IN_FUTURE,
        422,
        "/statements",
        "from=2999-01-01T00:00:00Z&to=2999-02-01T00:00:00Z",
    ),
    asked("no instant", BadInput.NOT_ALLOWED, 400, "/balances"),
    asked("a day for an instant", BadInput.NOT_ALLOWED, 400, "/balances", "at=2026-01-01"),
    asked(
        "an instant to come",
        Reason.PERIOD_IN_FUTURE,
        422,
        "/balances",
        "at=2999-01-01T00:00:00Z",
    ),
    asked("no period of a report", BadInput.NOT_ALLOWED, 400, "/reports"),
    asked("a report by the moon", BadInput.NOT_ALLOWED, 400, "/reports", f"{MONTH}&by=moon"),
    asked("a report as a picture", BadInput.NOT_ALLOWED, 400, "/reports", f"{MONTH}&format=png"),
    asked(
        "a report backwards",
        Reason.PERIOD_REVERSED,
        422,
        "/reports",
        "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    ),
    asked(
        "a report on what has not begun",
        Reason.PERIOD_IN_FUTURE,
        422,
        "/reports",
        "from=2999-01-01T00:00:00Z&to=2999-02-01T00:00:00Z",
    ),
    asked("none of it", BadInput.OUT_OF_RANGE, 400, "/funding-options", "offering=A&quantity=0"),
    asked("an item with blanks", BadInput.NOT_ALLOWED, 400, "/funding-options", "offering=a%20b"),
    asked(
        "an item that is not there",
        Reason.OFFERING_NOT_FOUND,
        404,
        "/funding-options",
        "offering=NONE",
    ),
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
    no_cursor("of no list", "/journal", "cursor=e30%3D"),
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
