"""What DynamoDB may do on a bad day: nobody loses a credit, and nobody gets one twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from local.runtime import Context
from tests.engine.conftest import Dumps
from tests.engine.faults import crashing
from tests.http.people import company
from tests.http.wire import (
    WRITE,
    Crash,
    Wire,
    always,
    answer_lost,
    conflict,
    crash_after,
    no_answer,
    struck,
)
from tests.http.wire import refused_by_dynamodb as refused
from training_credits.domain.errors import Reason
from training_credits.dynamodb import transaction

pytestmark = pytest.mark.engine
LATE = 900  # milliseconds that are left


@pytest.mark.proves("F5")
@pytest.mark.parametrize("conflicts", [1, 2, 3, 4])
def test_a_conflict_is_tried_again(wire: Wire, conflicts: int) -> None:
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = struck(conflict, operation=WRITE, times=conflicts)
    reply = acme.wants(3)
    assert reply.status == 201
    assert sum(request.operation == WRITE for request in reply.heard) == conflicts + 1
    assert acme.balance()["available"] == 7


@pytest.mark.proves("F5", "G18")
def test_after_five_conflicts_the_account_is_busy_and_nothing_is_written(
    wire: Wire, dump: Dumps
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    before = dump()
    wire.fault = struck(conflict, operation=WRITE, times=99)
    reply = acme.wants(3, "a-busy-key")
    assert (reply.code, reply.status) == (Reason.BUSY, 503)
    assert reply.headers["retry-after"] == "1"
    tries = sum(request.operation == WRITE for request in reply.heard)
    assert tries == transaction.TRIES_MAX == 5
    assert dump() == before
    wire.fault = None
    assert acme.wants(3, "a-busy-key").status == 201


@pytest.mark.proves("F9")
def test_who_has_no_time_left_tries_no_second_time(
    wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    before = dump()
    wire.fault = struck(conflict, operation=WRITE)
    with monkeypatch.context() as patch:
        patch.setattr(Context, "get_remaining_time_in_millis", lambda _: LATE)
        reply = acme.wants(3, "a-late-key")
    assert (reply.code, reply.status) == (Reason.BUSY, 503)
    assert sum(request.operation == WRITE for request in reply.heard) == 1
    assert dump() == before
    assert acme.wants(3, "a-late-key").status == 201


@pytest.mark.proves("F5", "I19")
def test_pauses_between_tries_grow_and_are_drawn_by_lot(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = struck(conflict, operation=WRITE, times=150)
    for _ in range(30):
        acme.wants(1)
    assert len(pauses) == 30 * 4
    for attempt in range(4):
        drawn = pauses[attempt::4]
        most = transaction.FIRST_PAUSE * 2**attempt
        assert 0 <= min(drawn) < most / 2 < max(drawn) <= most
    monkeypatch.undo()


@pytest.mark.proves("F4")
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


@pytest.mark.proves("F4")
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


@pytest.mark.proves("F1")
@pytest.mark.parametrize("credits", [3, 10])
def test_when_the_answer_to_a_commit_is_lost_the_caller_still_gets_it(
    wire: Wire, credits: int
) -> None:
    acme = company(wire, approval="automatic", credits=10)
    wire.fault = struck(always(answer_lost), operation=WRITE)
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
    wire.fault = struck(always(crash_after), operation=WRITE)
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
