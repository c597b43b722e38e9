"""Every keyed request, sent twice at once: one effect, one answer, however often it comes again."""

import uuid
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests import engines
from tests.engine.crowd import Crowd
from tests.http import casing, hooks
from tests.http.audit import violations
from tests.http.people import V1, Company, Reply, Who, company, operator, someone
from tests.http.wire import Wire
from tests.http.world import functions_on
from tests.proof.figures import Counts
from training_credits.edge.routes import ROUTES

pytestmark = [pytest.mark.engine, pytest.mark.proves("G7")]
ALL = 200
ROUNDS = [2, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(7_200)])]
# How many items one effect adds, its submission included.
ITEMS = {
    "openAccount": 5,
    "inviteMember": 4,
    "issueCode": 4,
    "rotateCode": 3,
    "purchase": 2,
    "enterOrder": 3,
    "moveOrder": 6,
    "redeem": 4,
    "decide": 2,
    "cancelRedemption": 2,
    "confirmRedemption": 2,
    "moveLine": 2,
    "returnLine": 2,
    "fulfilLine": 2,
    "exportVouchers": 2,
    "useVoucher": 1,
    "addBudget": 3,
    "transferBudget": 2,
    "openCase": 4,
    "moveCase": 4,
    "addWebhook": 2,
    "rotateWebhookSecret": 1,
    "testWebhook": 2,
    "redeliver": 1,
}
CLASS = {"kind": "offering", "offering": "C", "type": "class", "title": "Class", "credits": 1}
EXAM = CLASS | {"offering": "E", "type": "exam", "title": "Exam"}
DAYS = {"S1": "2199-03-04", "S2": "2199-04-04"}
RUNS = [
    {"kind": "session", "offering": "C", "session": name, "starts_on": day, "ends_on": day}
    | {"mode": "virtual", "country": "US"}
    for name, day in DAYS.items()
]


class Twice:
    """Sends a request twice at once and looks at what was added; then the table is put back, and
    both come again, so many rounds. After the last of them what was done stays done.
    """

    def __init__(self, crowd: Crowd, table: str, rounds: int) -> None:
        self.crowd, self.table, self.rounds = crowd, table, rounds
        self.effects = Counter[str]()

    def both(self, operation: str, call: Callable[[], Reply]) -> Reply:
        before = engines.raw(self.table)
        first, after = self._round(operation, call, before)
        for _ in range(self.rounds - 1):
            engines.put_back(self.table, before)
            first, after = self._round(operation, call, before)
        assert violations(engines.dump(self.table)) == []
        assert call().body == first.body
        assert engines.raw(self.table) == after or operation == "decide"
        return first

    def _round(
        self, operation: str, call: Callable[[], Reply], before: engines.Dump
    ) -> tuple[Reply, engines.Dump]:
        first, second = self.crowd.answered([call, call])
        assert first.status in {200, 201, 202}, (operation, first)
        assert (first.status, first.body) == (second.status, second.body), operation
        after = engines.raw(self.table)
        assert len(after) - len(before) == ITEMS[operation], operation
        self.effects[operation] += 1
        return first, after


@pytest.mark.proves("E12", "I13")
@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_double_submit_of_any_keyed_request_has_one_effect(
    engine: str, crowd: Crowd, figure: Counts, rounds: int
) -> None:
    """On a table of its own: what is compared is all that is in it."""
    table = f"{engine}-{uuid.uuid4().hex}"
    with functions_on(table) as wire:
        twice = Twice(crowd, table, rounds)
        _everything(wire, twice, "double-submit")
        assert violations(engines.dump(table)) == []
    effects = twice.effects
    keyed = {route.operation for route in ROUTES if route.keyed}
    assert effects == dict.fromkeys(keyed, rounds)
    assert ITEMS.keys() == keyed
    if rounds == ALL:
        figure(f"E12 effects of {ALL} double submits, the fewest", min(effects.values()), ALL)


def _everything(wire: Wire, twice: Twice, key: str) -> None:
    _spending(wire, twice, key)
    acme = company(wire, program="salesforce")
    lot = _selling(acme, twice, key)
    _sharing(acme, twice, lot, key)
    _claiming(wire, twice, key)
    _hooking(operator(wire), twice, key)


def _spending(wire: Wire, twice: Twice, key: str) -> None:
    """Open, ask in, ask for credits, decide, take back; in a program where owners decide."""
    vendor = operator(wire, program="cisco")
    ann, bob = (someone(wire, name, program="cisco") for name in ("ann", "bob"))
    said = {"owner": ann.email, "approval": "manual"}
    opened = twice.both("openAccount", partial(vendor.post, V1, said, key)).json
    ann.arrives()
    path = f"{V1}/{opened['account']}"
    asks = partial(ann.post, f"{path}/members", {"email": bob.email, "role": "player"}, key)
    twice.both("inviteMember", asks)
    bob.arrives()
    acme = Company(owner=ann, learner=bob, account=opened["account"], path=path)
    acme.buys(10)
    asked = twice.both("redeem", partial(acme.wants, 1, key)).json["redemption"]
    twice.both("decide", partial(acme.decides, "approve", asked, key=key))
    other = acme.wants(1).json["redemption"]
    back = partial(bob.post, f"/v1/redemptions/{other}/cancellation", {}, key)
    twice.both("cancelRedemption", back)
    listed = vendor.post("/v1/catalogue/imports", {"format": "json", "rows": [CLASS, EXAM, *RUNS]})
    assert listed.status == 200, listed
    _booking(acme, vendor, twice, key)
    _examining(acme, vendor, twice, key)
    _capping(acme, twice, key)


def _booked(acme: Company, *lines: dict[str, Any], **more: Any) -> str:
    """Asked for, and approved; where it is."""
    body = {"lines": lines} | acme.pays_with | more
    asked = acme.learner.post("/v1/redemptions", body).json["redemption"]
    assert acme.decides("approve", asked).status == 200
    return f"/v1/redemptions/{asked}"


def _booking(acme: Company, vendor: Who, twice: Twice, key: str) -> None:
    """Confirm, move, give back, report."""
    seat = {"offering": "C", "session": "S1"}
    kept = _booked(acme, seat, reserve=True)
    bob = acme.learner
    twice.both("confirmRedemption", partial(bob.post, f"{kept}/confirmation", {}, key))
    moves = partial(bob.post, f"{kept}/moves", {"line": 1, "session": "S2"}, key)
    twice.both("moveLine", moves)
    twice.both("returnLine", partial(bob.post, f"{kept}/returns", {"line": 1}, key))
    done = {"line": 1, "completed": True}
    twice.both("fulfilLine", partial(vendor.post, f"{_booked(acme, seat)}/fulfilments", done, key))


def _examining(acme: Company, vendor: Who, twice: Twice, key: str) -> None:
    """Whoever asks for the texts again with the same key sees them again."""
    path = _booked(acme, {"offering": "E"})
    exports = partial(acme.learner.post, f"{path}/voucher-exports", {}, key)
    (voucher,) = twice.both("exportVouchers", exports).json["vouchers"]
    taken = {"holder": {"email": acme.learner.email, "name": "Bob"}}
    uses = partial(vendor.post, f"{path}/vouchers/{voucher['voucher']}/use", taken, key)
    twice.both("useVoucher", uses)


def _claiming(wire: Wire, twice: Twice, key: str) -> None:
    """Ask for more time, and get it: step, lot, entry and line of history, once."""
    acme = company(wire, program="atlassian", credits=10)
    said: dict[str, Any] = {"kind": "extension", "lot": casing.lot_of(acme), "days": 30}
    opened = twice.both("openCase", partial(casing.opens, acme, key=key, **said)).json["case"]
    assert casing.takes(acme, opened, "in_review").status == 200
    grants = partial(casing.takes, acme, opened, "approved", key=key, note="Once.")
    twice.both("moveCase", grants)


def _capping(acme: Company, twice: Twice, key: str) -> None:
    adds = partial(acme.owner.post, f"{acme.path}/budgets", {"name": "Team", "limit": 3}, key)
    team = twice.both("addBudget", adds).json["budget"]
    said = {"from": team, "to": acme.budgets("Later", 1), "credits": 2}
    gives = partial(acme.owner.post, f"{acme.path}/budget-transfers", said, key)
    twice.both("transferBudget", gives)


def _selling(acme: Company, twice: Twice, key: str) -> str:
    """Order, enter what was sold, and move it on until it is a lot."""
    twice.both("purchase", partial(acme.orders, 10, key, channel="assisted"))
    sale = {"sales_order": f"TWICE-{key}"}
    sells = partial(acme.sells, 10, key, channel="assisted", sale=sale)
    order: str = twice.both("enterOrder", sells).json["order"]
    path = f"{acme.path}/orders/{order}/moves"
    moves = partial(acme.staff[1].post, path, {"to": "activated"}, key)
    lot: str = twice.both("moveOrder", moves).json["lot"]
    return lot


def _sharing(acme: Company, twice: Twice, lot: str, key: str) -> None:
    """Make a code and replace it; whoever asks again sees the same text again."""
    codes = f"{acme.path}/codes"
    issues = partial(acme.owner.post, codes, {"lot": lot}, key)
    made = twice.both("issueCode", issues).json
    again = partial(acme.owner.post, f"{codes}/{made['code_id']}/rotations", {}, key)
    twice.both("rotateCode", again)


def _hooking(vendor: Who, twice: Twice, key: str) -> None:
    """Whoever asks again sees the same secret again, and is sent nothing twice."""
    made = twice.both("addWebhook", partial(hooks.hooked, vendor, key=key)).json
    path = f"{hooks.PATH}/{made['webhook']}"
    rotates = partial(vendor.post, f"{path}/secret-rotations", {}, key)
    assert twice.both("rotateWebhookSecret", rotates).json["secret"] != made["secret"]
    sent = twice.both("testWebhook", partial(vendor.post, f"{path}/tests", {}, key)).json
    again = f"{path}/deliveries/{sent['delivery']}/redeliveries"
    twice.both("redeliver", partial(vendor.post, again, {}, key))
