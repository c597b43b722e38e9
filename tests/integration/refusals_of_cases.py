"""How to come by each no that has to do with the end of credits, and with disputes."""

from functools import partial
from typing import Any

from tests.http import casing
from tests.http.people import Company, Who, someone
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.errors import Reason


def near_the_end(case: Case, credits: int = 10, program: str = "cisco") -> Company:
    """Less than 60 days are left."""
    made = case.rich(program, credits)
    case.later(casing.WINDOW)
    return made


def reissue(made: Company, credits: int = 10, who: Who | None = None) -> Ask:
    said: dict[str, Any] = {"lot": casing.lot_of(made), "plan": casing.plan(credits)}
    return partial(casing.opens, made, who, kind="reissue", **said)


def extension(made: Company, days: int = 30) -> Ask:
    lot = casing.lot_of(made)
    return partial(casing.opens, made, kind="extension", lot=lot, days=days)


def dispute(made: Company, **said: Any) -> Ask:
    return partial(casing.opens, made, kind="dispute", **(casing.spends(made) | said))


def not_found(case: Case) -> Ask:
    made = case.rich("cisco")
    return partial(casing.takes, made, "0" * 16, "in_review")


def entry_not_found(case: Case) -> Ask:
    return dispute(case.rich("cisco"), entry="redeem-nothing")


def not_disputable(case: Case) -> Ask:
    made = case.rich("cisco")
    bought = casing.transaction(made, f"purchase-{casing.lot_of(made)}")
    return partial(casing.opens, made, kind="dispute", **bought)


def already_disputed(case: Case) -> Ask:
    asks = dispute(case.rich("cisco"))
    assert asks().status == 201
    return asks


def already_asked(case: Case) -> Ask:
    """A draft is enough: it has to be withdrawn first."""
    made = case.rich("atlassian")
    asks = extension(made)
    casing.opens(made, kind="extension", lot=casing.lot_of(made), draft=True)
    return asks


def moved(case: Case) -> Ask:
    made = case.rich("cisco")
    opened = dispute(made)().json["case"]
    assert casing.takes(made, opened, "withdrawn", made.owner).status == 200
    return partial(casing.takes, made, opened, "in_review")


def customer_only(case: Case) -> Ask:
    """The account's own advisor may draft it, and not submit it."""
    made = near_the_end(case)
    kim = someone(case.wire, "kim", program="cisco", groups=("advisor",))
    named = {"name": "Kim", "email": kim.email}
    assert made.staff[0].put(f"{made.path}/contacts/advisor", named).status == 200
    return reissue(made, who=kim)


def limit(case: Case) -> Ask:
    made = near_the_end(case)
    asks = reissue(made)
    casing.grants(made, asks().json["case"])
    return asks


def nothing_left(case: Case) -> Ask:
    made = case.rich("cisco")
    casing.spends(made, 10)
    case.later(casing.WINDOW)
    return reissue(made)


SCENARIOS: dict[str, Scenario] = {
    Reason.CASE_NOT_FOUND: not_found,
    Reason.CASE_MOVED: moved,
    Reason.CUSTOMER_ONLY: customer_only,
    Reason.REISSUE_NOT_ALLOWED: lambda case: reissue(case.rich("salesforce")),
    Reason.REISSUE_LIMIT: limit,
    Reason.OUTSIDE_WINDOW: lambda case: reissue(case.rich("cisco")),
    Reason.PLAN_INCOMPLETE: lambda case: reissue(near_the_end(case), 9),
    Reason.EXTENSION_NOT_ALLOWED: lambda case: extension(case.rich("salesforce")),
    Reason.EXTENSION_TOO_LONG: lambda case: extension(case.rich("atlassian"), 366),
    Reason.TRANSFER_NOT_ALLOWED: lambda case: partial(
        casing.opens, case.rich("atlassian"), kind="transfer"
    ),
    Reason.NOTHING_LEFT: nothing_left,
    Reason.ENTRY_NOT_FOUND: entry_not_found,
    Reason.NOT_DISPUTABLE: not_disputable,
    Reason.ALREADY_DISPUTED: already_disputed,
    Reason.ALREADY_ASKED: already_asked,
}
