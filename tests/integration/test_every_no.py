"""Every code of every no, reached through the API; none of them writes anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.http.people import JSON, V1, Company, Reply, assert_is_problem, company, someone
from tests.http.wire import Wire
from tests.integration.bad_requests import BAD
from tests.integration.conftest import Dumps
from training_credits.domain.decisions import accounts
from training_credits.domain.errors import Reason, Refused, Stale
from training_credits.edge import wiring
from training_credits.edge.problems import BadInput
from training_credits.programs import program_named
from training_credits.use_cases import purchase, statements

YEAR = timedelta(days=366)


class Declined:
    """A payment provider that says no."""

    def charge(self, *_: object) -> Any:
        raise Refused(Reason.PAYMENT_DECLINED, "The card was declined.")


class Case:
    """What a no needs: a company, the wire, and a way to change the setting for one request."""

    def __init__(self, wire: Wire, patch: pytest.MonkeyPatch) -> None:
        self.wire = wire
        self.patch = patch
        self.acme: Company = company(wire)
        self.path = self.acme.path

    def order(self, credits: int = 1, **more: Any) -> Callable[[], Reply]:
        return lambda: self.acme.owner.post(f"{self.path}/orders", {"credits": credits, **more})

    def foreign(self, program: str, **facts: Any) -> Any:
        """An account of a program whose vendor opens accounts; its owner and its path."""
        staff = someone(self.wire, "op", program=program, groups=("operator",))
        owner = someone(self.wire, "carl", program=program)
        opened = staff.post(V1, {"owner": owner.email, **facts})
        return staff, owner, f"{V1}/{opened.json.get('account')}"


Scenario = Callable[[Case], Callable[[], Reply]]


def owner_only(case: Case) -> Callable[[], Reply]:
    staff = someone(case.wire, "op", groups=("operator",))
    return lambda: staff.post(f"{case.path}/codes", {})


def operator_only(case: Case) -> Callable[[], Reply]:
    return lambda: someone(case.wire, "dan").post(V1, {"owner": "else@acme.example"})


def owner_required(case: Case) -> Callable[[], Reply]:
    staff = someone(case.wire, "op", groups=("operator",))
    return lambda: staff.post(V1, {})


def role_conflict(case: Case) -> Callable[[], Reply]:
    staff = someone(case.wire, "op", groups=("operator",))
    return lambda: staff.post(V1, {"owner": staff.email})


def too_many_owners(case: Case) -> Callable[[], Reply]:
    case.patch.setattr(accounts, "OWNERS_MAX", 1)
    return lambda: case.acme.owner.post(f"{case.path}/owners", {"email": "bob@acme.example"})


def already_owner(case: Case) -> Callable[[], Reply]:
    return lambda: case.acme.owner.post(V1, {})


def last_owner(case: Case) -> Callable[[], Reply]:
    owner = case.acme.owner
    return lambda: owner.send("DELETE", f"{case.path}/owners/{owner.email}")


def approval_not_offered(case: Case) -> Callable[[], Reply]:
    staff = someone(case.wire, "op", program="salesforce", groups=("operator",))
    return lambda: staff.post(V1, {"owner": "carl@acme.example", "approval": "manual"})


def code_exists(case: Case) -> Callable[[], Reply]:
    return lambda: case.acme.owner.post(f"{case.path}/codes", {})


def code_not_offered(case: Case) -> Callable[[], Reply]:
    _, owner, path = case.foreign("cisco")
    return lambda: owner.post(f"{path}/codes", {})


def lot_not_found(case: Case) -> Callable[[], Reply]:
    _, owner, path = case.foreign("salesforce")
    return lambda: owner.post(f"{path}/codes", {"lot": "no-such-lot"})


def channel_not_offered(case: Case) -> Callable[[], Reply]:
    _, owner, path = case.foreign("cisco")
    return lambda: owner.post(f"{path}/orders", {"credits": 1})


def order_too_large(case: Case) -> Callable[[], Reply]:
    program = program_named("atlassian")
    small = replace(program, purchase=replace(program.purchase, credits_max=10))
    case.patch.setattr(purchase, "program_named", lambda _: small)
    return case.order(11)


def payment_declined(case: Case) -> Callable[[], Reply]:
    case.patch.setitem(wiring.PROVIDERS, "stand-in", Declined)
    return case.order()


def payments_unavailable(case: Case) -> Callable[[], Reply]:
    case.patch.setenv("PAYMENTS", "none")
    return case.order()


def credits_expired(case: Case) -> Callable[[], Reply]:
    case.acme.buys(5)
    case.patch.setenv("CLOCK_OFFSET_SECONDS", str(YEAR.total_seconds()))
    return case.acme.wants


def insufficient(case: Case) -> Callable[[], Reply]:
    case.acme.buys(5)
    return lambda: case.acme.wants(6)


def too_many_lots(case: Case) -> Callable[[], Reply]:
    for _ in range(21):
        case.acme.buys(1)
    return lambda: case.acme.wants(21)


def already_decided(case: Case) -> Callable[[], Reply]:
    case.acme.buys(5)
    asked = case.acme.wants().json["redemption"]
    assert case.acme.decides("deny", asked).status == 200
    return lambda: case.acme.decides("approve", asked)


def period_too_long(case: Case) -> Callable[[], Reply]:
    case.acme.buys(5)
    case.patch.setattr(statements, "PAGE", 1)
    case.patch.setattr(statements, "PAGES_MAX", 0)
    now = wiring.clock()
    return lambda: case.acme.owner.get(f"{case.path}/statements/{now:%Y-%m}")


def key_reused(case: Case) -> Callable[[], Reply]:
    case.acme.buys(5)
    assert case.acme.wants(1, "a-key-of-mine").status == 201
    return lambda: case.acme.wants(2, "a-key-of-mine")


def busy(case: Case) -> Callable[[], Reply]:
    """moto cannot be busy: the ledger finds everything stale."""

    def stale(*_: object) -> None:
        raise Stale(None)

    case.acme.buys(5)
    case.patch.setattr(type(wiring.ledger()), "commit", stale)
    return case.acme.wants


SCENARIOS: dict[str, Scenario] = {
    Reason.OWNER_ONLY: owner_only,
    Reason.OPERATOR_ONLY: operator_only,
    Reason.OWNER_REQUIRED: owner_required,
    Reason.ROLE_CONFLICT: role_conflict,
    Reason.TOO_MANY_OWNERS: too_many_owners,
    Reason.ALREADY_OWNER: already_owner,
    Reason.LAST_OWNER: last_owner,
    Reason.APPROVAL_NOT_OFFERED: approval_not_offered,
    Reason.CODE_EXISTS: code_exists,
    Reason.CODE_NOT_OFFERED: code_not_offered,
    Reason.LOT_NOT_FOUND: lot_not_found,
    Reason.CHANNEL_NOT_OFFERED: channel_not_offered,
    Reason.ORDER_TOO_LARGE: order_too_large,
    Reason.PROMO_UNKNOWN: lambda case: case.order(20_000, promo_code="halfoff"),
    Reason.BELOW_THRESHOLD: lambda case: case.order(19_999, promo_code="twentyoffTC"),
    Reason.PAYMENT_DECLINED: payment_declined,
    Reason.PAYMENTS_UNAVAILABLE: payments_unavailable,
    Reason.NO_CREDITS: lambda case: case.acme.wants,
    Reason.CREDITS_EXPIRED: credits_expired,
    Reason.INSUFFICIENT_CREDITS: insufficient,
    Reason.TOO_MANY_LOTS: too_many_lots,
    Reason.ALREADY_DECIDED: already_decided,
    Reason.PERIOD_TOO_LONG: period_too_long,
    Reason.KEY_REUSED: key_reused,
    Reason.BUSY: busy,
    BadInput.ROUTE_UNKNOWN: lambda case: (
        lambda: case.acme.owner.send("PUT", case.path, "{}", headers=(JSON,))
    ),
}


@pytest.mark.parametrize("code", SCENARIOS)
def test_a_no_has_its_code_and_writes_nothing(
    wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    ask = SCENARIOS[code](Case(wire, monkeypatch))
    before = dump()
    reply = ask()
    assert reply.code == code
    assert 400 <= reply.status < 500 or code in {Reason.BUSY, Reason.PAYMENTS_UNAVAILABLE}
    assert_is_problem(reply)
    assert dump() == before


def test_every_code_of_the_product_is_reached() -> None:
    reached = SCENARIOS.keys() | {bad.code for bad in BAD}
    assert {*Reason, *BadInput} - reached == set()
