"""How to come by each no that has to do with the catalogue, and with what waits."""

from dataclasses import replace
from functools import partial
from typing import Any

from tests.http.people import Company, Reply
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.decisions import waiting
from training_credits.domain.errors import Reason
from training_credits.edge import wiring
from training_credits.programs import program_named
from training_credits.use_cases import redeem

DAY = 86_400
RUN = {
    "kind": "session",
    "offering": "X-1",
    "session": "S1",
    "starts_on": "2199-03-04",
    "ends_on": "2199-03-06",
    "mode": "in_person",
    "country": "FR",
    "seats": 1,
}
X1 = {"offering": "X-1", "session": "S1"}


def listing(made: Company, *, run: dict[str, Any] | None = None, **offering: Any) -> None:
    """The catalogue has X-1, and a session of it if there is a `run`."""
    row = {"kind": "offering", "offering": "X-1", "type": "class", "title": "X", "credits": 1}
    rows = [row | offering, *([RUN | run] if run is not None else [])]
    said = [{k: v for k, v in row.items() if v is not None} for row in rows]
    body = {"format": "json", "rows": said}
    brought = made.staff[0].post("/v1/catalogue/imports", body)
    assert brought.json.get("written") == len(rows), brought


def asking(made: Company, *lines: dict[str, Any], **more: Any) -> Ask:
    terms = {"terms": "2024-09"} if made.program == "salesforce" else {}
    body = {"lines": lines or ({"offering": "X-1"},)} | made.pays_with | terms | more
    return partial(made.learner.post, "/v1/redemptions", body)


def about(program: str, line: dict[str, Any] | None = None, **listed: Any) -> Scenario:
    """Asked for by somebody whose account has credits enough."""

    def ask(case: Case) -> Ask:
        made = case.rich(program)
        listing(made, **listed)
        return asking(made, line or {"offering": "X-1"})

    return ask


def begun(case: Case) -> Ask:
    made = case.rich("atlassian")
    listing(made, type="course", run={"starts_on": "2020-03-04", "ends_on": "2020-03-06"})
    return asking(made, X1)


def full(case: Case) -> Ask:
    made = case.rich("atlassian")
    listing(made, type="course", run={})
    asked = asking(made, X1)().json["redemption"]
    assert made.decides("approve", asked).json["decided_credits"] == 1
    return asking(made, X1)


def by_the_advisor(case: Case, line: dict[str, Any], **listed: Any) -> Ask:
    """In a program whose advisor prepares what has no price."""
    made = case.rich("cisco")
    listing(made, **({"type": "custom", "credits": None} | listed))
    kim = replace(made.learner, name="kim", groups=("advisor",))
    named = {"name": "Kim", "email": kim.email}
    assert made.staff[0].put(f"{made.path}/contacts/advisor", named).status == 200
    body = {"lines": [{"offering": "X-1"} | line]} | made.pays_with
    return partial(kim.post, "/v1/redemptions", body)


def too_many(case: Case) -> Ask:
    made = case.rich("atlassian")
    pay = [{"code": made.code, "credits": 1}] * 2
    return partial(
        made.learner.post,
        "/v1/redemptions",
        {"lines": [{"title": "Jira", "credits": 2, "pay": pay}]},
    )


def incomplete(case: Case) -> Ask:
    made = case.rich("atlassian")
    line = {"title": "Jira", "credits": 2, "pay": [{"code": made.code, "credits": 1}]}
    return partial(made.learner.post, "/v1/redemptions", {"lines": [line]})


def no_reservations(case: Case) -> Ask:
    """Every program of today has them."""
    made = case.rich("atlassian")
    today = program_named("atlassian", wiring.clock())
    without = replace(today, approvals=replace(today.approvals, reserve_minutes=0))
    case.patch.setattr(redeem, "program_named", lambda *_: without)
    return lambda: made.wants(reserve=True)


def too_many_open(case: Case) -> Ask:
    made = case.rich("atlassian")
    case.patch.setattr(waiting, "OPEN_MAX", 1)
    assert made.wants().status == 201
    return made.wants


def not_reserved(case: Case) -> Ask:
    made = case.rich("atlassian")
    asked = made.wants().json["redemption"]
    return lambda: made.learner.post(f"/v1/redemptions/{asked}/confirmation", {})


def lapsed(case: Case) -> Ask:
    made = case.rich("atlassian")
    asked = made.wants().json["redemption"]

    def late() -> Reply:
        case.later(61 * DAY)
        return made.decides("approve", asked)

    return late


def wrong_product(case: Case) -> Ask:
    """Virtual credits for a class that is attended."""
    made = case.rich("salesforce", 0)
    listing(made, type="class", mode="in_person", country="US")
    bought = made.buys(10, product="VLC")
    made.pays_with["code"] = made.issues(lot=bought["order"])["code"]
    return asking(made)


WORKSHOP: dict[str, Any] = {"type": "workshop", "mode": "virtual"}
VIRTUAL: dict[str, Any] = {"type": "class", "mode": "virtual"}
SCENARIOS: dict[str, Scenario] = {
    Reason.NOT_PAYABLE: about("cisco", type="travel"),
    Reason.NOT_ELIGIBLE: about("atlassian", type="course", eligible=False, mode="virtual"),
    Reason.ASSISTED_ONLY: about("salesforce", **WORKSHOP),
    Reason.SESSION_NEEDED: about("cisco"),
    Reason.SESSION_PAST: begun,
    Reason.SESSION_FULL: full,
    Reason.DELIVERY_COUNTRY: about("salesforce", type="class", mode="in_person", country="FR"),
    Reason.WRONG_PRODUCT: wrong_product,
    Reason.DEADLINE_MISSED: about("salesforce", X1, run={"mode": "virtual"}),
    Reason.PRICE_GIVEN: about("cisco", {"offering": "X-1", "credits": 1}, **VIRTUAL),
    Reason.PRICE_NEEDED: lambda case: by_the_advisor(case, {}),
    Reason.STATEMENT_OF_WORK_REQUIRED: lambda case: by_the_advisor(case, {"credits": 5}),
    Reason.TOO_MANY_INSTRUMENTS: too_many,
    Reason.TENDER_INCOMPLETE: incomplete,
    Reason.TOO_MANY_OPEN_REQUESTS: too_many_open,
    Reason.RESERVATIONS_NOT_OFFERED: no_reservations,
    Reason.NOT_RESERVED: not_reserved,
    Reason.REQUEST_LAPSED: lapsed,
}
