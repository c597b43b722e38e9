"""Requests whose one field is wrong, for every body there is."""

from typing import Any

from tests.http.people import BILLING, V1
from tests.integration.bad_cases import CASES
from tests.integration.bad_documents import PAPERS
from tests.integration.bad_hooks import HOOKS
from tests.integration.bad_lines import LINES, REDEMPTIONS, sent
from tests.integration.bad_parameters import HERE, IDS, PARAMETERS
from tests.integration.bad_requests import KEYS, LONG, NOBODY, NUMBERS, TOKENS, WHOLE, Bad
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

CANCEL = f"{REDEMPTIONS}/{NOBODY}-{NOBODY}/cancellation"
SALE: dict[str, Any] = {
    "credits": 1,
    "billing": BILLING,
    "channel": "invoice",
    "sale": {"sales_order": "SO-1"},
}
WISH: dict[str, Any] = {"code": "0000-0000-00000", "title": "Jira", "credits": 1}
WISHED = {"title": "Jira", "month": "2026-12", "credits": 1}
AGREED: dict[str, Any] = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
NOT_ALLOWED, RANGE = BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE
TYPE, MISSING = BadInput.WRONG_TYPE, BadInput.MISSING_FIELD


def billing(says: str, code: str, **wrong: Any) -> Bad:
    body = {"credits": 1, "billing": {**BILLING, **wrong}}
    return sent(f"billing: {says}", code, HERE + "/orders", body)


def sale(says: str, code: str, **wrong: Any) -> Bad:
    return sent(f"sale: {says}", code, HERE + "/sales", {**SALE, **wrong})


def sold(says: str, code: str, **wrong: Any) -> Bad:
    return sale(says, code, sale={"sales_order": "SO-1", **wrong})


def move(says: str, code: str, **body: Any) -> Bad:
    return sent(f"move: {says}", code, f"{HERE}/orders/{NOBODY}/moves", body)


def pay(says: str, code: str, **body: Any) -> Bad:
    return sent(f"payment: {says}", code, f"{HERE}/orders/{NOBODY}/payment", body)


def code(says: str, which: str, **body: Any) -> Bad:
    return sent(f"code: {says}", which, HERE + "/codes", body)


def wish(says: str, which: str, **wrong: Any) -> Bad:
    said = {name: value for name, value in (WISH | wrong).items() if value is not None}
    return sent(f"wish: {says}", which, REDEMPTIONS, said)


def planned(says: str, which: str, **wrong: Any) -> Bad:
    path = f"{HERE}/lots/{NOBODY}/plan"
    return sent(f"plan: {says}", which, path, {"items": [{**WISHED, **wrong}]}, "PUT")


def agreed(says: str, which: str, **wrong: Any) -> Bad:
    return sent(f"agreement: {says}", which, HERE + "/agreement", {**AGREED, **wrong}, "PUT")


def member(says: str, which: str, **body: Any) -> Bad:
    return sent(f"member: {says}", which, HERE + "/members", body)


def contact(says: str, which: str, role: str, **wrong: Any) -> Bad:
    body = {"name": "Kim", "email": "kim@atlassian.example", **wrong}
    return sent(f"contact: {says}", which, f"{HERE}/contacts/{role}", body, "PUT")


def brought(says: str, which: str, **body: Any) -> Bad:
    return sent(f"import: {says}", which, "/v1/catalogue/imports", body)


def decision(says: str, which: str, *ids: str, **wrong: Any) -> Bad:
    body = {"verdict": "deny", "redemptions": ids, **wrong}
    return sent(f"decision: {says}", which, HERE + "/decisions", body)


VALUES = [
    sent("a name of two lines", NOT_ALLOWED, V1, {"name": "a\nb"}),
    sent("a name of nothing", RANGE, V1, {"name": ""}),
    sent("a name too long", RANGE, V1, {"name": LONG[:101]}),
    sent("an unknown mode", NOT_ALLOWED, V1, {"approval": "maybe"}),
    sent("an unknown kind of account", NOT_ALLOWED, V1, {"kind": "club"}),
    sent("an owner without address", NOT_ALLOWED, V1, {"owner": "ann"}),
    sent("a card kept by an edit", NOT_ALLOWED, HERE, {"card_kept": True}, "PATCH"),
    sent("four eyes in words", TYPE, HERE, {"four_eyes": "yes"}, "PATCH"),
    sent("something said at sign-in", BadInput.UNKNOWN_FIELD, "/v1/sign-ins", {"as": "ann"}),
    sent("terms of no version", RANGE, "/v1/terms", {"version": ""}),
    sent("nothing accepted", MISSING, "/v1/terms", {}),
    member("no address", NOT_ALLOWED, email="ann at acme.example"),
    member("a header in an address", NOT_ALLOWED, email="a@b.example\r\nBcc: c@d.example"),
    member("an unknown role", NOT_ALLOWED, email="a@b.example", role="king"),
    member("a role of the vendor's", Reason.ROLE_NOT_OFFERED, email="a@b.example", role="operator"),
    member("nobody", MISSING, role="buyer"),
    contact("a role of the customer's", NOT_ALLOWED, "owner"),
    contact("no role", NOT_ALLOWED, "king"),
    contact("no address", NOT_ALLOWED, "advisor", email="kim"),
    agreed("all of it", RANGE, percent=100),
    agreed("less than nothing", RANGE, percent=-1),
    agreed("no day", NOT_ALLOWED, starts_on="2026-02-30"),
    agreed("a day before all", RANGE, starts_on="1999-12-31"),
    agreed("a day after all", RANGE, ends_on="3000-01-01"),
    agreed("a plan without a name", RANGE, success_plan=""),
    planned("month 13", NOT_ALLOWED, month="2026-13"),
    planned("nothing", RANGE, credits=0),
    planned("an address that is none", NOT_ALLOWED, person="ann"),
    sent("too many wishes", RANGE, f"{HERE}/lots/{NOBODY}/plan", {"items": [WISHED] * 51}, "PUT"),
    sent("an order billed to nobody", MISSING, HERE + "/orders", {"credits": 1}),
    billing("no country", TYPE, country=None),
    billing("a country in small letters", NOT_ALLOWED, country="us"),
    billing("a country of three letters", NOT_ALLOWED, country="USA"),
    billing("a country with a line break", NOT_ALLOWED, country="US\n"),
    billing("a company of two lines", NOT_ALLOWED, company="a\u2028b"),
    billing("a price", BadInput.UNKNOWN_FIELD, total_minor=1),
    sale("nothing said of it", TYPE, sale=None),
    sale("a price of nothing", RANGE, total_minor=0),
    sale("a price beyond all money", RANGE, total_minor=10**15 + 1),
    sale("booked on no day", NOT_ALLOWED, booked_on="yesterday"),
    sale("booked in year 1", RANGE, booked_on="0001-01-01"),
    sold("line 0", RANGE, line=0),
    sold("a line too far", RANGE, line=100_001),
    sold("a number of nothing", RANGE, sales_order=""),
    sold("starts on no day", NOT_ALLOWED, start_on="2026-02-29"),
    sold("a buyer without an address", NOT_ALLOWED, buyer="bill"),
    move("nowhere", MISSING),
    move("bought by another", BadInput.UNKNOWN_FIELD, to="booked", sale={"buyer": "x@y.example"}),
    move("a state that is none", NOT_ALLOWED, to="issued"),
    move("a reason of nothing", RANGE, to="cancelled", note=""),
    move("on a day that is none", NOT_ALLOWED, to="booked", on="2026-11-31"),
    pay("a card number", NOT_ALLOWED, method="4242424242424242"),
    pay("keep in words", TYPE, keep="yes"),
    code("no limit", RANGE, limit=0),
    code("no limit for each", RANGE, limit_each=0),
    code("an end in no year of ours", RANGE, ends_on="9999-12-31"),
    code("an end that is no day", NOT_ALLOWED, ends_on="AAA"),
    code("an address for a domain", NOT_ALLOWED, domains=["a@acme.example"]),
    code("too many domains", RANGE, domains=["acme.example"] * 21),
    sent("a grace too long", RANGE, f"{HERE}/codes/{NOBODY}/rotations", {"grace_hours": 721}),
    sent("a grace backwards", RANGE, f"{HERE}/codes/{NOBODY}/rotations", {"grace_hours": -1}),
    wish("a wrong code", Reason.CODE_NOT_ACCEPTED),
    wish("no code at all", Reason.CODE_NOT_ACCEPTED, code="ｃｏｄｅ"),
    wish("nothing to pay with", MISSING, code=None),
    wish("two things to pay with", MISSING, sales_order="SO-1"),
    wish("no country", NOT_ALLOWED, country="usa"),
    wish("a partner by name", TYPE, partner="Fast Lane"),
    wish("a title of two lines", NOT_ALLOWED, title="a\rb"),
    sent("a withdrawal with a word", BadInput.UNKNOWN_FIELD, CANCEL, {"why": "because"}),
    decision("of nothing", RANGE),
    decision("of too many", RANGE, *["R"] * 21),
    decision("of an unknown kind", NOT_ALLOWED, "R", verdict="maybe"),
    decision("a note of two lines", NOT_ALLOWED, "R", note="a\nb"),
    brought("in no format", MISSING, rows=[]),
    brought("in an unknown format", NOT_ALLOWED, format="xml", text=""),
    brought("rows that are none", TYPE, format="json", rows=[1]),
    brought("too many rows", RANGE, format="json", rows=[{}] * 2_001),
    brought("too large", BadInput.BODY_TOO_LARGE, format="csv", text="x" * 4_000_000),
    *LINES,
    sent("a webhook nobody has signed", BadInput.SIGNATURE_INVALID, "/v1/payment-events", {}),
]
BAD = [*WHOLE, *NUMBERS, *VALUES, *KEYS, *IDS, *PARAMETERS, *TOKENS, *HOOKS, *PAPERS, *CASES]
