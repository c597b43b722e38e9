"""What changes something and needs no key, sent twice at once: as much is added as by sending once.

Two companies are made alike; of one it is asked once, of the other twice at once, and then again
after the table was put back. tests/engine/test_double_submits.py doubles requests with a key.
"""

import copy
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from tests import engines
from tests.engine.crowd import Crowd
from tests.fakes.payments import FakePayments
from tests.http import hooks
from tests.http.audit import violations
from tests.http.casing import lot_of
from tests.http.people import Company, Reply, Who, company, someone
from tests.http.world import functions_on
from tests.integration.requests_of_cases import path as case_of
from tests.integration.requests_of_lines import EXAM, LEE, certified, imported
from tests.integration.requests_of_people import bob_of, named
from tests.proof.figures import Counts
from training_credits.edge import wiring
from training_credits.edge.routes import ROUTES

pytestmark = [pytest.mark.engine, pytest.mark.proves("E12", "F2")]
ALL = 200
ROUNDS = [2, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(7_200)])]
# The first changes nothing; of the second each call is a paper of its own, of fifty a day.
LEFT_OUT = {"priceCart", "makeDocument"}
TOO_LATE = {404, 409}
Call = Callable[[], Reply]


def signs_in(made: Company) -> Call:
    bob = someone(made.owner.wire, "bob")
    assert made.asks_in(bob, "finance").status == 201
    return partial(bob.post, "/v1/sign-ins", {})


def accepts(made: Company) -> Call:
    bob = someone(made.owner.wire, "bob", program="cisco")
    terms = bob.post("/v1/sign-ins", {}).json["terms"]
    return partial(bob.post, "/v1/terms", {"version": terms["version"]})


def agrees(made: Company) -> Call:
    said = {"percent": 5, "starts_on": "2026-01-01", "ends_on": "2099-12-31"}
    return partial(made.staff[0].put, f"{made.path}/agreement", said)


def plans(made: Company) -> Call:
    said = {"items": [{"title": "Jira", "month": "2099-12", "credits": 1}]}
    return partial(made.owner.put, f"{made.path}/lots/{lot_of(made)}/plan", said)


def names_contact(made: Company) -> Call:
    said = {"name": "New", "email": f"new@{made.program}.example"}
    return partial(made.staff[0].put, f"{made.path}/contacts/advisor", said)


def removes(made: Company) -> Call:
    return partial(made.removes, bob_of(made))


def names_deputy(made: Company) -> Call:
    return partial(named, made, bob_of(made))


def ends_deputy(made: Company) -> Call:
    bob = bob_of(made)
    assert named(made, bob).status == 200
    return partial(made.owner.delete, f"{made.path}/members/{bob.email}/deputy")


def revokes(made: Company) -> Call:
    lent = company(made.owner.wire, program="salesforce", credits=1)
    (code, *_) = lent.owner.get(f"{lent.path}/codes").json["codes"]
    return partial(lent.owner.delete, f"{lent.path}/codes/{code['code_id']}")


def caps(made: Company) -> Call:
    return partial(made.owner.patch, f"{made.path}/budgets/{made.budgets('Team', 1)}", {"limit": 2})


def redrafts(made: Company) -> Call:
    return partial(made.owner.put, case_of(made, draft=True), {"reason": "Other", "days": 7})


def voucher_of(made: Company) -> str:
    asked = certified(made)
    (found,) = made.learner.get(f"{asked}/vouchers").json["vouchers"]
    return f"{asked}/vouchers/{found['voucher']}/holder"


def hands_out(made: Company) -> Call:
    return partial(made.learner.put, voucher_of(made), LEE)


def takes_back(made: Company) -> Call:
    holder = voucher_of(made)
    assert made.learner.put(holder, LEE).status == 200
    return partial(made.learner.delete, holder)


def hears(made: Company) -> Call:
    return partial(made.pays, made.orders(5).json)


def pays(made: Company) -> Call:
    order = made.orders(5).json["order"]
    return partial(made.owner.post, f"{made.path}/orders/{order}/payment", {})


def of_webhook(made: Company) -> tuple[Who, str]:
    vendor = made.staff[0]
    return vendor, f"{hooks.PATH}/{hooks.hooked(vendor).json['webhook']}"


def edits_webhook(made: Company) -> Call:
    vendor, path = of_webhook(made)
    return partial(vendor.patch, path, {"name": "New"})


def disables_webhook(made: Company) -> Call:
    vendor, path = of_webhook(made)
    return partial(vendor.delete, path)


STAGED: dict[str, Callable[[Company], Call]] = {
    "signIn": signs_in,
    "acceptTerms": accepts,
    "setPreferences": lambda made: partial(made.owner.put, "/v1/preferences", {"off": ["members"]}),
    "editAccount": lambda made: partial(made.owner.patch, made.path, {"name": "New"}),
    "nameContact": names_contact,
    "setAgreement": agrees,
    "changePlan": plans,
    "removeMember": removes,
    "nameDeputy": names_deputy,
    "endDeputy": ends_deputy,
    "revokeCode": revokes,
    "editBudget": caps,
    "redraftCase": redrafts,
    "assignVoucher": hands_out,
    "unassignVoucher": takes_back,
    "importCatalogue": lambda made: partial(imported, made, EXAM | {"offering": made.account}),
    "hearPayment": hears,
    "payOrder": pays,
    "editWebhook": edits_webhook,
    "disableWebhook": disables_webhook,
}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_needs_no_key_has_one_effect_when_it_is_sent_twice_at_once(
    engine: str, crowd: Crowd, figure: Counts, monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    payments = FakePayments()
    monkeypatch.setattr(wiring, "payments", lambda: payments)
    table = f"{engine}-{uuid.uuid4().hex}"
    with functions_on(table) as wire:
        doubled, effects = Doubled(crowd, table, payments), dict[str, int]()
        alike = [company(wire, credits=10) for _ in range(2)]
        for operation, staged in STAGED.items():
            once, twice = (staged(made) for made in alike)
            effects[operation] = doubled.effects(operation, once, twice, rounds)
            assert violations(engines.dump(table)) == []
    changing = {r.operation for r in ROUTES if r.method != "GET" and not r.keyed}
    assert effects == dict.fromkeys(changing - LEFT_OUT, rounds)
    if rounds == ALL:
        fewest = min(effects.values())
        figure(f"E12 effects of {ALL} double submits without a key, the fewest", fewest, ALL)


@dataclass(frozen=True)
class Doubled:
    """Lets a thing be asked for, and looks at what that adds to a table."""

    crowd: Crowd
    table: str
    payments: FakePayments

    def adds(self, *calls: Call) -> tuple[int, list[Reply]]:
        """All but the lines of the history: two who say the same at once have both said it."""
        before = self._items()
        replies = self.crowd.answered(calls)
        return self._items() - before, replies

    def effects(self, operation: str, once: Call, twice: Call, rounds: int) -> int:
        """How many rounds of the second came to what the first has come to."""
        wanted, (alone,) = self.adds(once)
        assert alone.status < 300, (operation, alone)
        before, paid = engines.raw(self.table), copy.deepcopy(vars(self.payments))
        done = 0
        for number in range(rounds):
            if number:
                engines.put_back(self.table, before)
                vars(self.payments).update(copy.deepcopy(paid))
            added, (first, second) = self.adds(twice, twice)
            said = {first.status, second.status}
            assert alone.status in said <= {alone.status, *TOO_LATE}, (operation, said)
            assert added == wanted, (operation, added, wanted)
            done += 1
        return done

    def _items(self) -> int:
        return sum(item["kind"]["S"] != "happening" for item in engines.scanned(self.table))
