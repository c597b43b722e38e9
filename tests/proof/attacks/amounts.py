"""Numbers that are none, or not such as people mean, and every field that takes one."""

from dataclasses import dataclass
from typing import Any

from tests.http.people import BILLING, V1

NOBODY = "0000000000000000"
HERE = V1 + "/{account}"
REQUEST = f"/v1/redemptions/{NOBODY}-{NOBODY}"
# As they stand in a body, where a number should; each is refused, whatever the field.
NEVER = (
    *("1.5", "1.0", "1e3", "1E3", "1e-3", "0.1", "-0.0", "1.0000000000000000001", "1e400"),
    *(".5", "5.", "1.e1", "--1", "+1", "007", "-01", "0x10", "0b1", "0o7", "1n", "1f", "1L"),
    *("NaN", "Infinity", "-Infinity", "nan", "inf", "undefined", "None", "True"),
    *("true", "false", '"1"', '"1_000"', '"１"', '""', '" 1"', '"0x10"', "'1'"),
    *("[1]", "[]", "{}", '{"amount": 1}', "1_000", "1,000", "1 000", "1/2", "(1)", "$1"),
    *("１００", "١٢٣", "१२", "²", "Ⅷ", "①", "−1", "1\u0000", "1\u200b", "1\u00a0"),
    *("-1", "-9223372036854775809", "9223372036854775807", "9223372036854775808"),
    *("18446744073709551616", "9" * 19, "9" * 4_000, "1" + "0" * 18),
)
# Each is refused where the field neither may be left out nor may be nothing.
NOTHING = ("0", "-0", "null")


@dataclass(frozen=True, kw_only=True)
class Field:
    """Where an amount stands: `@` in the body; `zero` and `absent` say what else it may be."""

    says: str
    path: str
    body: Any
    method: str = "POST"
    zero: bool = False
    absent: bool = False

    @property
    def refuses(self) -> tuple[str, ...]:
        """What is refused here."""
        allowed = (("0", "-0") if self.zero else ()) + (("null",) if self.absent else ())
        return (*NEVER, *(one for one in NOTHING if one not in allowed))


def wish(**line: Any) -> dict[str, Any]:
    """A request of one line."""
    return {"code": "0000-0000-00000", "lines": [{"title": "Jira", **line}]}


SALE = {"credits": 1, "billing": BILLING, "channel": "invoice", "sale": {"sales_order": "SO-1"}}
AGREED = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
PLAN = {"title": "A class", "on": "2026-12-01", "credits": "@"}
PAID = [{"code": "0000-0000-00000", "credits": "@"}]
FIELDS = (
    Field(says="an order", path=f"{HERE}/orders", body={"credits": "@", "billing": BILLING}),
    Field(says="a sale", path=f"{HERE}/sales", body=SALE | {"credits": "@"}),
    Field(says="a price", path=f"{HERE}/sales", body=SALE | {"total_minor": "@"}, absent=True),
    Field(
        says="a line of a sale",
        path=f"{HERE}/sales",
        body=SALE | {"sale": {"sales_order": "SO-1", "line": "@"}},
        absent=True,
    ),
    Field(
        says="a quote",
        path=f"{HERE}/orders/{NOBODY}/moves",
        body={"to": "quoted", "total_minor": "@"},
        absent=True,
    ),
    Field(
        says="a request",
        path="/v1/redemptions",
        body={"code": "0000-0000-00000", "title": "Jira", "credits": "@"},
        absent=True,
    ),
    Field(says="a line", path="/v1/redemptions", body=wish(credits="@"), absent=True),
    Field(
        says="what an instrument pays",
        path="/v1/redemptions",
        body={"lines": [{"title": "Jira", "credits": 1, "pay": PAID}]},
        absent=True,
    ),
    Field(
        says="a quantity",
        path="/v1/redemptions",
        body={"code": "0000-0000-00000", "lines": [{"offering": "X-1", "quantity": "@"}]},
    ),
    Field(
        says="a cart",
        path="/v1/carts",
        body={"code": "0000-0000-00000", "title": "Jira", "credits": "@"},
        absent=True,
    ),
    Field(says="a budget", path=f"{HERE}/budgets", body={"name": "Team", "limit": "@"}, zero=True),
    Field(
        says="another limit",
        path=f"{HERE}/budgets/{NOBODY}",
        body={"limit": "@"},
        method="PATCH",
        zero=True,
        absent=True,
    ),
    Field(
        says="a transfer",
        path=f"{HERE}/budget-transfers",
        body={"from": NOBODY, "to": NOBODY, "credits": "@"},
    ),
    Field(says="a code's limit", path=f"{HERE}/codes", body={"limit": "@"}, absent=True),
    Field(says="a learner's limit", path=f"{HERE}/codes", body={"limit_each": "@"}, absent=True),
    Field(
        says="a code's grace",
        path=f"{HERE}/codes/{NOBODY}/rotations",
        body={"grace_hours": "@"},
        zero=True,
    ),
    Field(
        says="a percentage",
        path=f"{HERE}/agreement",
        body=AGREED | {"percent": "@"},
        method="PUT",
        zero=True,
    ),
    Field(
        says="a threshold",
        path=HERE,
        body={"automatic_below": "@"},
        method="PATCH",
        zero=True,
        absent=True,
    ),
    Field(
        says="a wish of a plan",
        path=f"{HERE}/lots/{NOBODY}/plan",
        body={"items": [{"title": "Jira", "month": "2026-12", "credits": "@"}]},
        method="PUT",
    ),
    Field(
        says="a reissue",
        path=f"{HERE}/cases",
        body={"kind": "reissue", "lot": NOBODY, "reason": "X", "plan": [PLAN]},
    ),
    Field(
        says="an extension",
        path=f"{HERE}/cases",
        body={"kind": "extension", "lot": NOBODY, "reason": "X", "days": "@"},
        absent=True,
    ),
    Field(
        says="days granted",
        path=f"{HERE}/cases/{NOBODY}/moves",
        body={"to": "approved", "note": "X", "days": "@"},
        absent=True,
    ),
    Field(says="a returned line", path=f"{REQUEST}/returns", body={"line": "@"}),
    Field(says="a moved line", path=f"{REQUEST}/moves", body={"line": "@", "session": "S-1"}),
    Field(
        says="a delivered line",
        path=f"{REQUEST}/fulfilments",
        body={"line": "@", "completed": True},
    ),
)
