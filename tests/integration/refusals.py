"""How to come by each no that has to do with accounts, people, codes and spending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import Any

import pytest

from tests.fakes.payments import FakePayments
from tests.http.people import JSON, V1, Company, Reply, Who, company, operator, someone
from tests.http.wire import Wire
from training_credits.domain import drawing
from training_credits.domain.decisions import people
from training_credits.domain.errors import Reason, Stale
from training_credits.domain.program import Countries
from training_credits.edge import wiring
from training_credits.edge.problems import BadInput
from training_credits.programs import program_named
from training_credits.use_cases import entries, guessing, redeem

YEAR = 366 * 86_400
Ask = Callable[[], Reply]


class Case:
    """What a no needs: a company in any program, and ways to change the setting for one request."""

    def __init__(self, wire: Wire, patch: pytest.MonkeyPatch) -> None:
        self.wire = wire
        self.patch = patch
        self.payments = FakePayments()
        patch.setattr(wiring, "payments", lambda: self.payments)

    @cached_property
    def acme(self) -> Company:
        """Of the first program, without credits."""
        return company(self.wire)

    def rich(self, program: str, credits: int = 10) -> Company:
        return company(self.wire, program=program, credits=credits)

    def staff(self, program: str = "atlassian") -> Who:
        return operator(self.wire, program=program)

    def later(self, seconds: int) -> None:
        self.patch.setenv("CLOCK_OFFSET_SECONDS", str(seconds))


Scenario = Callable[[Case], Ask]


def terms_required(case: Case) -> Ask:
    made = company(case.wire, program="cisco")
    bob = someone(case.wire, "bob", program="cisco")
    assert made.asks_in(bob).status == 201
    assert bob.post("/v1/sign-ins", {}).json["terms"]["version"] == "2021-06"
    return lambda: bob.get(made.path)


def operator_only(case: Case) -> Ask:
    return partial(someone(case.wire, "dan").post, V1, {"owner": "else@acme.example"})


def role_conflict(case: Case) -> Ask:
    staff = case.staff()
    return lambda: staff.post(V1, {"owner": staff.email})


def individual(case: Case) -> Ask:
    ida = someone(case.wire, "ida")
    opened = ida.post(V1, {"kind": "individual"}).json["account"]
    return lambda: ida.post(f"{V1}/{opened}/members", {"email": "bob@acme.example"})


def too_many_members(case: Case) -> Ask:
    made = case.acme
    case.patch.setattr(people, "MEMBERS_MAX", 1)
    return partial(made.asks_in, someone(case.wire, "bob"))


def already_member(case: Case) -> Ask:
    """Or asked to be one."""
    bob = someone(case.wire, "bob")
    assert case.acme.asks_in(bob).status == 201
    return partial(case.acme.asks_in, bob)


def approval_not_offered(case: Case) -> Ask:
    body = {"owner": "carl@acme.example", "approval": "manual"}
    return partial(case.staff("salesforce").post, V1, body)


def codes(case: Case, who: Who, **conditions: Any) -> Ask:
    return partial(who.post, f"{case.acme.path}/codes", conditions)


def code_not_replaceable(case: Case) -> Ask:
    made = case.acme
    (code,) = made.owner.get(f"{made.path}/codes").json["codes"]
    return lambda: made.owner.delete(f"{made.path}/codes/{code['code_id']}")


def code_limit_reached(case: Case) -> Ask:
    made = case.rich("salesforce")
    lot = made.owner.get(made.path).json["lots"][0]["lot"]
    code = made.issues(lot=lot, limit=5)["code"]
    return lambda: made.wants(6, code=code)


def too_many_tries(case: Case) -> Ask:
    made = case.acme
    case.patch.setattr(guessing, "TRIES_MAX", 0)
    return made.wants


def plan_too_large(case: Case) -> Ask:
    made = case.rich("cisco", 10)
    lot = made.owner.get(made.path).json["lots"][0]["lot"]
    items = [{"title": "CCNA", "month": "2026-12", "credits": 11}]
    return lambda: made.owner.put(f"{made.path}/lots/{lot}/plan", {"items": items})


def agreed(case: Case, **wrong: Any) -> Ask:
    said = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2026-12-31", **wrong}
    return partial(case.acme.staff[0].put, f"{case.acme.path}/agreement", said)


def credits_expired(case: Case) -> Ask:
    made = case.rich("atlassian")
    case.later(YEAR)
    return made.wants


def too_many_lots(case: Case) -> Ask:
    made = case.rich("atlassian", 1)
    made.buys(1)
    case.patch.setattr(drawing, "LOTS_PER_DRAW_MAX", 1)
    return lambda: made.wants(2)


def redeemed_in(case: Case, **said: Any) -> Ask:
    """No program of today says where credits are used."""
    made = case.rich("atlassian")
    today = program_named("atlassian", wiring.clock())
    lists = (Countries(effective_from=date(2020, 1, 1), allow=frozenset({"US"})),)
    strict = replace(today, redeeming=replace(today.redeeming, countries=lists))
    case.patch.setattr(redeem, "program_named", lambda *_: strict)
    return lambda: made.wants(**said)


def own_request(case: Case) -> Ask:
    made = case.rich("atlassian")
    assert made.owner.send("PATCH", made.path, '{"four_eyes": true}', headers=(JSON,)).status == 200
    asked = made.wants(who=made.owner).json["redemption"]
    return lambda: made.decides("approve", asked)


def already_decided(case: Case) -> Ask:
    made = case.rich("atlassian")
    asked = made.wants().json["redemption"]
    assert made.decides("deny", asked).status == 200
    return lambda: made.decides("approve", asked)


def period_too_long(case: Case) -> Ask:
    made = case.rich("atlassian")
    case.patch.setattr(entries, "PAGE", 1)
    case.patch.setattr(entries, "PAGES_MAX", 0)
    return lambda: made.owner.get(f"{made.path}/statements/{wiring.clock():%Y-%m}")


def key_reused(case: Case) -> Ask:
    made = case.rich("atlassian")
    assert made.wants(1, "a-key-of-mine").status == 201
    return lambda: made.wants(2, "a-key-of-mine")


def busy(case: Case) -> Ask:
    """moto cannot be busy: the ledger finds everything stale."""

    def stale(*_: object) -> None:
        raise Stale(None)

    made = case.rich("atlassian")
    case.patch.setattr(type(wiring.ledger()), "commit", stale)
    return made.wants


SCENARIOS: dict[str, Scenario] = {
    Reason.TERMS_REQUIRED: terms_required,
    Reason.NOT_PERMITTED: lambda case: codes(case, case.staff()),
    Reason.OPERATOR_ONLY: operator_only,
    Reason.OWNER_REQUIRED: lambda case: partial(case.staff().post, V1, {}),
    Reason.ROLE_CONFLICT: role_conflict,
    Reason.INDIVIDUAL_ACCOUNT: individual,
    Reason.TOO_MANY_MEMBERS: too_many_members,
    Reason.ALREADY_OWNER: lambda case: partial(case.acme.owner.post, V1, {}),
    Reason.ALREADY_MEMBER: already_member,
    Reason.LAST_OWNER: lambda case: partial(case.acme.removes, case.acme.owner),
    Reason.TERMS_UNKNOWN: lambda c: partial(c.acme.owner.post, "/v1/terms", {"version": "1"}),
    Reason.TERMS_NOT_TICKED: lambda case: partial(case.rich("salesforce").wants, terms="2020-01"),
    Reason.APPROVAL_NOT_OFFERED: approval_not_offered,
    Reason.SUCCESS_PLAN_UNKNOWN: lambda case: agreed(case, success_plan="premier"),
    Reason.CODE_EXISTS: lambda case: codes(case, case.acme.owner),
    Reason.CODE_NOT_OFFERED: lambda case: codes(case, case.acme.owner, lot="0" * 16),
    Reason.CONDITIONS_NOT_OFFERED: lambda case: codes(case, case.acme.owner, limit=5),
    Reason.CODE_NOT_REPLACEABLE: code_not_replaceable,
    Reason.CODE_LIMIT_REACHED: code_limit_reached,
    Reason.TOO_MANY_TRIES: too_many_tries,
    Reason.PLAN_TOO_LARGE: plan_too_large,
    Reason.NO_CREDITS: lambda case: case.acme.wants,
    Reason.CREDITS_EXPIRED: credits_expired,
    Reason.INSUFFICIENT_CREDITS: lambda case: partial(case.rich("atlassian").wants, 11),
    Reason.TOO_MANY_LOTS: too_many_lots,
    Reason.COUNTRY_REQUIRED: redeemed_in,
    Reason.COUNTRY_NOT_REDEEMABLE: lambda case: redeemed_in(case, country="FR"),
    Reason.PARTNERS_NOT_ACCEPTED: lambda case: partial(case.rich("cisco").wants, partner=True),
    Reason.OWN_REQUEST: own_request,
    Reason.ALREADY_DECIDED: already_decided,
    Reason.PERIOD_TOO_LONG: period_too_long,
    Reason.KEY_REUSED: key_reused,
    Reason.BUSY: busy,
    BadInput.ROUTE_UNKNOWN: lambda case: partial(case.acme.owner.put, case.acme.path, {}),
}
