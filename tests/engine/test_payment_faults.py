"""A webhook on DynamoDB's bad days: told again, it is booked once; and never by halves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, tally
from tests.engine.faults import crashing
from tests.fakes.payments import GOOD, FakePayments
from tests.http.people import Company, Reply, company
from tests.http.wire import (
    WRITE,
    Crash,
    Fault,
    Request,
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
from training_credits.edge import wiring
from training_credits.ports import PaymentState

pytestmark = pytest.mark.engine
ALWAYS = 99


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between tries."""
    monkeypatch.setattr("time.sleep", lambda _: None)


def ordered(wire: Wire) -> tuple[Company, Callable[[], Reply]]:
    """An order that waits for its card, and the webhook that says it was paid."""
    acme = company(wire)
    return acme, partial(acme.pays, acme.orders(10).json)


@pytest.mark.proves("F5")
@pytest.mark.parametrize("conflicts", [1, 4])
def test_a_webhook_that_meets_conflicts_is_booked_all_the_same(wire: Wire, conflicts: int) -> None:
    acme, pays = ordered(wire)
    wire.fault = struck(conflict, operation=WRITE, times=conflicts)
    assert pays().json == {"booked": True}
    assert pays().json == {"booked": False}
    assert acme.balance()["available"] == 10


@pytest.mark.proves("F4", "F5")
@pytest.mark.parametrize(
    "answer",
    [
        conflict,
        always(no_answer),
        always(refused("ProvisionedThroughputExceededException")),
        always(refused("InternalServerError", 500)),
    ],
    ids=["conflict", "no answer", "throttled", "broken"],
)
def test_a_webhook_that_cannot_be_booked_is_asked_for_again_and_nothing_is_half_written(
    wire: Wire, dump: Dumps, answer: Fault
) -> None:
    acme, pays = ordered(wire)
    before = dump()
    wire.fault = struck(answer, operation=WRITE, times=ALWAYS)
    reply = pays()
    assert (reply.status, reply.code) == (503, Reason.BUSY)
    assert dump() == before
    wire.fault = None
    assert pays().json == {"booked": True}
    assert pays().json == {"booked": False}
    assert acme.balance()["available"] == 10


@pytest.mark.proves("F1", "F2")
@pytest.mark.parametrize("lost", [1, ALWAYS])
def test_a_webhook_whose_booking_was_not_confirmed_is_booked_once(
    wire: Wire, dump: Dumps, lost: int
) -> None:
    acme, pays = ordered(wire)
    wire.fault = struck(always(answer_lost), operation=WRITE, times=lost)
    assert pays().status == (200 if lost == 1 else 503)
    wire.fault = None
    after = dump()
    assert pays().json == {"booked": False}
    assert dump() == after
    assert acme.balance()["available"] == 10


@pytest.mark.parametrize("before", [True, False], ids=["before it", "after it"])
@pytest.mark.parametrize("at", range(2))
def test_a_crash_at_any_request_of_a_webhook_books_it_once(
    wire: Wire, at: int, *, before: bool
) -> None:
    acme, pays = ordered(wire)
    assert crashing(wire, at, pays, before=before).status == 200
    assert pays().json == {"booked": False}
    assert acme.balance()["available"] == 10


@pytest.mark.proves("F2", "F5")
def test_a_webhook_told_by_many_under_conflicts_is_booked_once(wire: Wire, crowd: Crowd) -> None:
    acme, pays = ordered(wire)
    wire.fault = struck(conflict, operation=WRITE, times=30)
    first = crowd.all([pays] * 10)
    assert {reply.status for reply in first} <= {200, 503}
    wire.fault = None
    again = crowd.all([pays] * 10)
    assert tally(again) == {200: 10}
    assert [reply.json == {"booked": True} for reply in (*first, *again)].count(True) == 1
    assert acme.balance()["available"] == 10


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
@pytest.mark.parametrize("before", [True, False], ids=["before it", "after it"])
@pytest.mark.parametrize("at", range(4))
def test_a_crash_at_any_request_of_any_purchase_leaves_one_lot(
    wire: Wire, program: str, at: int, *, before: bool
) -> None:
    acme = company(wire, program=program)
    begin, steps = _way(acme, program)
    order = crashing(wire, at, begin, before=before).json
    for step in steps:
        assert crashing(wire, at, partial(step, order), before=before).status == 200
    assert acme.balance()["available"] == 10


def _way(acme: Company, program: str) -> tuple[Callable[[], Reply], list[Callable[[Any], Reply]]]:
    """How an order of the program begins and goes on, each step under a key of its own."""
    if program == "atlassian":
        return partial(acme.orders, 10, "order-key"), [acme.pays]

    def step(to: str) -> Callable[[Any], Reply]:
        def move(order: Any) -> Reply:
            path = f"{acme.path}/orders/{order['order']}/moves"
            return acme.staff[1].post(path, {"to": to}, f"key-of-{to}")

        return move

    if program == "cisco":
        sale = {"sales_order": f"SO-{acme.account}"}
        steps = [step(to) for to in ("approved", "invoiced", "activated")]
        return partial(acme.sells, 10, "order-key", sale=sale), steps
    begin = partial(acme.orders, 10, "order-key", channel="assisted")
    return begin, [step("booked"), step("activated")]


@pytest.mark.parametrize("before", [True, False], ids=["before it", "after it"])
def test_a_crash_while_a_payment_is_opened_leaves_one_payment(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, *, before: bool
) -> None:
    provider = FakePayments()
    monkeypatch.setattr(wiring, "payments", lambda: provider)
    acme = company(wire)
    path = f"{acme.path}/orders/{acme.orders(10).json['order']}/payment"
    wire.fault = struck(_crash(before=before), operation=WRITE)
    with pytest.raises(Crash):
        acme.owner.post(path, {"method": GOOD})
    wire.fault = None
    assert acme.owner.post(path, {"method": GOOD}).json["state"] == PaymentState.SUCCEEDED
    assert len(provider.payments) == 1


def _crash(*, before: bool) -> Fault:
    def fault(_: Request) -> Any:
        if before:
            raise Crash
        return crash_after

    return fault
