"""Many accounts at once, on each of which many do different things: the books of all balance."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd
from tests.http import casing
from tests.http.people import BILLING, Company, Reply, company, operator, someone
from tests.http.wire import Wire
from tests.proof.figures import Counts

pytestmark = [pytest.mark.engine, pytest.mark.proves("E5", "I1", "I2", "I3", "I5", "I7")]
ALL = 200
MANY = [4, pytest.param(ALL, marks=[pytest.mark.proof, pytest.mark.timeout(3_600)])]
BOUGHT, EACH = 100, 10
Call = Callable[[], Reply]


def ready(wire: Wire) -> tuple[Company, list[str]]:
    """With credits, and four requests: two that wait, and two that are booked."""
    acme = company(wire, credits=BOUGHT)
    asked = [acme.wants(number).json["redemption"] for number in (1, 2, 3, 4)]
    assert acme.decides("approve", *asked[2:]).status == 200
    return acme, asked


def ten(acme: Company, asked: list[str], number: int) -> Iterator[Call]:
    """What ten people do at once; some of it cannot all be had. Each has a key, to come again."""
    one, two, _, _ = asked
    first, _, third, fourth = (f"/v1/redemptions/{each}" for each in asked)
    key = f"key-of-account-{number}"
    eve = someone(acme.owner.wire, "eve")
    yield partial(acme.wants, BOUGHT // 2, key)
    yield partial(acme.wants, BOUGHT // 2, key, eve)
    yield partial(acme.decides, "approve", one, two, key=f"{key}-yes")
    yield partial(acme.decides, "deny", two, key=f"{key}-no")
    yield partial(acme.learner.post, f"{first}/cancellation", {}, key)
    yield partial(acme.learner.post, f"{third}/returns", {"line": 1}, key)
    yield partial(acme.owner.post, f"{third}/returns", {"line": 1}, key)
    vendor = operator(acme.owner.wire)
    yield partial(vendor.post, f"{fourth}/fulfilments", {"line": 1, "completed": True}, key)
    said = {"kind": "extension", "lot": casing.lot_of(acme), "days": 30, "reason": "Later."}
    yield partial(acme.owner.post, f"{acme.path}/cases", said, key)
    order = {"credits": 5, "billing": BILLING, "channel": "invoice"}
    yield partial(acme.owner.post, f"{acme.path}/orders", order, key)


@pytest.mark.parametrize("many", MANY)
def test_on_many_accounts_ten_things_at_once_leave_books_that_balance(
    wire: Wire, crowd: Crowd, dump: Dumps, figure: Counts, many: int
) -> None:
    accounts = [ready(wire) for _ in range(many)]
    calls = [call for n, (acme, asked) in enumerate(accounts) for call in ten(acme, asked, n)]
    assert len(calls) == many * EACH
    random.Random(many).shuffle(calls)  # noqa: S311 - an order, not a secret
    replies = crowd.answered(calls)
    statuses = Counter(reply.status // 100 for reply in replies)
    if many == ALL:
        well = statuses[2] + statuses[4]
        figure(f"E5 answers of {ALL * EACH:,} that are no 5xx", well, ALL * EACH)
    assert set(statuses) == {2, 4}, statuses
    assert statuses[2] > statuses[4]
    states = ("available", "held", "redeemed", "delivered", "expired", "voided", "reissued")
    lots = [item for item in dump().values() if item["kind"] == "lot"]
    assert [sum(lot[state] for state in states) for lot in lots] == [BOUGHT] * many
    # That all else holds is what `wire` looks at when the test has ended.
