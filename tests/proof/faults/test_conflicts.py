"""F5: an account at which many write at once, of which DynamoDB Local knows nothing."""

from functools import partial

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd
from tests.http.people import company, someone
from tests.http.wire import Wire, conflict
from tests.proof.faults.planting import Lottery
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason
from training_credits.dynamodb.transaction import TRIES_MAX

pytestmark = [pytest.mark.engine, pytest.mark.proves("F5", "E7"), pytest.mark.timeout(3_000)]
SEED = 4
FEW = 8  # at once: each waits for the others, and has no more than its seconds
CROWDS = [
    (0.3, 80),
    (0.7, 40),
    pytest.param(0.3, 2_000, marks=pytest.mark.proof),
    pytest.param(0.7, 400, marks=pytest.mark.proof),
]


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize(("p", "count"), CROWDS)
def test_whoever_meets_fewer_than_five_conflicts_is_served_and_all_others_may_ask_again(
    wire: Wire, crowd: Crowd, dump: Dumps, p: float, count: int, figure: Counts
) -> None:
    acme = company(wire, approval="automatic", credits=count)
    learners = [someone(wire, "lee") for _ in range(count)]
    wishes = [partial(acme.wants, 1, "my-only-key", who) for who in learners]
    wire.fault = lots = Lottery(p, SEED, conflict)
    lots.number = {who.name: number for number, who in enumerate(learners)}
    replies = crowd.all(wishes, FEW)
    wire.fault = None
    served = {number for number, reply in enumerate(replies) if reply.status == 201}
    assert served == lots.lucky(TRIES_MAX)
    refused = [reply for number, reply in enumerate(replies) if number not in served]
    assert {(reply.status, reply.code) for reply in refused} <= {(503, Reason.BUSY)}
    assert all(reply.headers["retry-after"] == "1" for reply in refused)
    assert lots.most <= TRIES_MAX == 5
    kinds = [item["kind"] for item in dump().values()]
    written = {kind: kinds.count(kind) for kind in ("entry", "redemption")}
    assert written == {"entry": 1 + len(served), "redemption": len(served)}
    assert acme.balance()["redeemed"] == len(served)
    again = [reply.status for reply in crowd.all(wishes, FEW)].count(201)
    assert again == count
    assert acme.balance()["available"] == 0
    if p < 0.5:
        assert len(served) / count >= 0.995
        figure(f"served under conflicts, p = {p}", round(len(served) / count, 4), "≥ 0.995")
    else:
        assert 0 < len(served) < count
    figure("served at the second submit", again / count, "≥ 1.0")
