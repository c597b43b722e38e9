"""What DynamoDB may do on a bad day: nobody loses a credit, and nobody gets one twice."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import WRITE, Crowd
from tests.engine.faults import crashing, times
from tests.http.people import company, someone
from tests.http.wire import Crash, Request, Wire, answer_lost, conflict, crash_after, no_answer
from tests.http.wire import refused_by_dynamodb as refused
from training_credits.domain.errors import Reason
from training_credits.dynamodb import transaction

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("conflicts", [1, 2, 3, 4])
def test_a_conflict_is_tried_again(wire: Wire, conflicts: int) -> None:
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = times(conflicts, WRITE, conflict)
    reply = acme.wants(3)
    assert reply.status == 201
    assert sum(request.operation == WRITE for request in reply.heard) == conflicts + 1
    assert acme.balance()["available"] == 7


def test_after_five_conflicts_the_account_is_busy_and_nothing_is_written(
    wire: Wire, dump: Dumps
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    before = dump()
    wire.fault = times(99, WRITE, conflict)
    reply = acme.wants(3, "a-busy-key")
    assert (reply.code, reply.status) == (Reason.BUSY, 503)
    assert reply.headers["retry-after"] == "1"
    tries = sum(request.operation == WRITE for request in reply.heard)
    assert tries == transaction.TRIES_MAX == 5
    assert dump() == before
    wire.fault = None
    assert acme.wants(3, "a-busy-key").status == 201


def test_pauses_between_tries_grow_and_are_drawn_by_lot(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = times(150, WRITE, conflict)
    for _ in range(30):
        acme.wants(1)
    assert len(pauses) == 30 * 4
    for attempt in range(4):
        drawn = pauses[attempt::4]
        most = transaction.FIRST_PAUSE * 2**attempt
        assert 0 <= min(drawn) < most / 2 < max(drawn) <= most
    monkeypatch.undo()


@pytest.mark.parametrize(
    "code",
    ["ProvisionedThroughputExceededException", "ThrottlingException", "InternalServerError"],
)
@pytest.mark.parametrize("operation", ["BatchGetItem", "Query", WRITE])
def test_a_table_that_refuses_everything_is_busy_and_unchanged(
    wire: Wire, dump: Dumps, code: str, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    acme = company(wire, approval="automatic", credits=10)
    before = dump()
    answer = partial(refused, code, 500 if code.startswith("Internal") else 400)
    wire.fault = lambda request: answer() if request.operation == operation else None
    reply = acme.wants(3)
    assert (reply.code, reply.status) == (Reason.BUSY, 503)
    assert len(reply.heard) <= 25
    wire.fault = None
    assert dump() == before


@pytest.mark.parametrize("operation", ["BatchGetItem", "Query", WRITE])
def test_a_table_that_does_not_answer_is_busy(
    wire: Wire, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    monkeypatch.setattr("time.sleep", lambda _: None)
    wire.fault = lambda request: no_answer if request.operation == operation else None
    reply = acme.wants(3, "no-answer-key")
    assert (reply.code, reply.status) == (Reason.BUSY, 503)
    wire.fault = None
    assert acme.wants(3, "no-answer-key").status == 201
    assert acme.balance()["available"] == 7


@pytest.mark.parametrize("credits", [3, 10])
def test_when_the_answer_to_a_commit_is_lost_the_caller_still_gets_it(
    wire: Wire, credits: int
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = times(1, WRITE, answer_lost)
    first = acme.wants(credits, "a-lost-answer")
    wire.fault = None
    assert first.status == 201
    assert acme.wants(credits, "a-lost-answer").body == first.body
    assert acme.balance()["redeemed"] == credits


@pytest.mark.parametrize("credits", [3, 10])
def test_who_asks_again_after_a_crash_gets_the_recorded_answer(
    wire: Wire, dump: Dumps, credits: int
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = times(1, WRITE, crash_after)
    with pytest.raises(Crash):
        acme.wants(credits, "a-crash-key")
    wire.fault = None
    after = dump()
    recorded = [i["answer"] for i in after.values() if i.get("key") == "a-crash-key"]
    reply = acme.wants(credits, "a-crash-key")
    assert [reply.body.decode()] == recorded
    assert dump() == after
    assert acme.balance()["redeemed"] == credits


@pytest.mark.parametrize("before", [True, False], ids=["before it", "after it"])
@pytest.mark.parametrize("at", range(4))
def test_a_crash_at_any_request_leaves_one_effect(wire: Wire, at: int, *, before: bool) -> None:
    acme = company(wire, credits=10)

    def crash_and_repeat(call: Callable[[], Any]) -> Any:
        return crashing(wire, at, call, before=before)

    for _ in range(3):
        crash_and_repeat(partial(acme.buys, 5, "order-key"))
        asked = crash_and_repeat(partial(acme.wants, 4, "wish-key")).json["redemption"]
        crash_and_repeat(partial(acme.decides, "approve", asked, key="yes-key-1"))
    balance = acme.balance()
    assert (balance["available"], balance["redeemed"]) == (11, 4)


def test_under_many_conflicts_nearly_all_get_through_and_the_rest_may_ask_again(
    wire: Wire, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    acme = company(wire, approval="automatic", credits=200)
    count = [0]
    lock = threading.Lock()

    def fault(request: Request) -> Any:
        if request.operation != WRITE:
            return None
        with lock:
            count[0] += 1
            hit = count[0] * 7 % 10 < 7
        return conflict(request) if hit else None

    wire.fault = fault
    learners = [someone(wire, "lee") for _ in range(200)]
    wishes = [partial(acme.wants, 1, "my-only-key", who) for who in learners]
    first = crowd.all(wishes)
    assert {reply.code or reply.status for reply in first} <= {201, Reason.BUSY}
    served = sum(reply.status == 201 for reply in first)
    assert acme.balance()["redeemed"] == served < 200
    wire.fault = None
    assert {reply.status for reply in crowd.all(wishes)} == {201}
    assert acme.balance()["available"] == 0
