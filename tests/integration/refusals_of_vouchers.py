"""How to come by each no that has to do with vouchers."""

from functools import partial

from tests.http.people import Company
from tests.integration.refusals import Ask, Case, Scenario
from tests.integration.refusals_of_spending import listing
from training_credits.domain.errors import Reason

YEARS = 3 * 366 * 86_400
LEE, LOU = ({"email": f"{name}@acme.example", "name": name.title()} for name in ("lee", "lou"))


def asks(made: Company, quantity: int = 1) -> Ask:
    """Exams of a credit each."""
    listing(made, type="exam")
    lines = [{"offering": "X-1", "quantity": quantity}]
    return partial(made.learner.post, "/v1/redemptions", {"lines": lines} | made.pays_with)


def bought(case: Case) -> tuple[Company, str]:
    """One exam, and the path of its request."""
    made = case.rich("cisco")
    asked = asks(made)().json["redemption"]
    assert made.decides("approve", asked).json["decided_credits"] == 1
    return made, f"/v1/redemptions/{asked}"


def voucher(made: Company, path: str) -> str:
    """Its path."""
    (found,) = made.learner.get(f"{path}/vouchers").json["vouchers"]
    return f"{path}/vouchers/{found['voucher']}"


def not_found(case: Case) -> Ask:
    made, path = bought(case)
    return partial(made.learner.delete, f"{path}/vouchers/{'0' * 16}/holder")


def taken(case: Case) -> Ask:
    made, path = bought(case)
    place = voucher(made, path)
    assert made.learner.put(f"{place}/holder", LEE).status == 200
    return partial(made.learner.put, f"{place}/holder", LOU)


def done(case: Case) -> Ask:
    made, path = bought(case)
    place = voucher(made, path)
    case.later(YEARS)
    return partial(made.learner.put, f"{place}/holder", LOU)


def exported(case: Case) -> Ask:
    made, path = bought(case)
    assert made.learner.post(f"{path}/voucher-exports", {}).status == 200
    return partial(made.owner.post, f"{path}/voucher-exports", {})


SCENARIOS: dict[str, Scenario] = {
    Reason.TOO_MANY_VOUCHERS: lambda case: asks(case.rich("cisco", 30), 26),
    Reason.VOUCHER_NOT_FOUND: not_found,
    Reason.VOUCHER_TAKEN: taken,
    Reason.VOUCHER_DONE: done,
    Reason.VOUCHERS_EXPORTED: exported,
}
