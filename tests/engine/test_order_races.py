"""Orders, payments and operators at once: what is paid for is there, once, and nothing else is."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

import pytest

from tests.engine.conftest import Dumps
from tests.engine.crowd import Crowd, meanwhile, tally
from tests.fakes.payments import GOOD, FakePayments
from tests.http.people import Company, Reply, company
from tests.http.wire import Wire
from training_credits.domain.errors import Reason
from training_credits.edge import observability, wiring
from training_credits.ports import PaymentState

pytestmark = pytest.mark.engine
ROUNDS = 6
Order = dict[str, Any]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the functions count."""
    counts: Counter[str] = Counter()

    def count(name: str, value: int = 1) -> None:
        counts[name] += value

    monkeypatch.setattr(observability, "count", count)
    return counts


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> FakePayments:
    """A payment provider that is asked, in place of one that only sends webhooks."""
    fake = FakePayments()
    monkeypatch.setattr(wiring, "payments", lambda: fake)
    return fake


def placed(acme: Company, credits: int = 10) -> Order:
    order: Order = acme.orders(credits).json
    return order


def withdraws(acme: Company, order: Order) -> Reply:
    return acme.moves(order["order"], "cancelled", acme.owner)


def state_of(acme: Company, order: Order) -> Any:
    return acme.owner.get(f"{acme.path}/orders/{order['order']}").json["state"]


@pytest.mark.proves("T9")
def test_one_webhook_delivered_ten_times_at_once_makes_one_lot(
    wire: Wire, crowd: Crowd, counted: Counter[str]
) -> None:
    acme = company(wire)
    order = placed(acme)
    replies = crowd.all([partial(acme.pays, order)] * 10)
    assert tally(replies) == {200: 10}
    assert [reply.json["booked"] for reply in replies].count(True) == 1
    assert acme.balance()["available"] == 10
    assert counted["CreditsPurchased"] == 10
    assert counted["PaymentsUnmatched"] == 0


@pytest.mark.parametrize(("payments", "unmatched"), [(1, 0), (10, 9)])
def test_ten_events_of_one_order_make_one_lot_and_other_payments_are_counted(
    wire: Wire, crowd: Crowd, counted: Counter[str], payments: int, unmatched: int
) -> None:
    acme = company(wire)
    order = placed(acme)
    events = [
        partial(acme.pays, order, event_id=f"evt_{n}", payment_id=f"pi_{n % payments}")
        for n in range(10)
    ]
    replies = crowd.all(events)
    assert tally(replies) == {200: 10}
    assert [reply.json["booked"] for reply in replies].count(True) == 1
    assert acme.balance()["available"] == 10
    assert counted["CreditsPurchased"] == 10
    assert counted["PaymentsUnmatched"] == unmatched


def test_a_card_that_failed_and_then_paid_may_be_heard_of_in_any_order(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        order = placed(acme)
        bad = {"kind": "payment_intent.payment_failed", "problem": "card_declined"}
        failed: Callable[[], Reply] = partial(acme.pays, order, **bad)
        paid: Callable[[], Reply] = partial(acme.pays, order)
        calls = [failed, paid, failed]
        assert tally(crowd.all(calls)) == {200: 3}
        assert state_of(acme, order) == "activated"
        found = acme.owner.get(f"{acme.path}/orders/{order['order']}").json
        assert "payment_problem" not in found
        assert acme.balance()["available"] == 10


def test_a_withdrawal_and_a_payment_at_once_never_leave_money_without_credits(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        order = placed(acme)
        paid = partial(acme.pays, order)
        calls: list[Callable[[], Reply]] = [partial(withdraws, acme, order), paid]
        replies = crowd.all(calls)
        assert replies[0].code in {None, Reason.ORDER_MOVED, Reason.NOT_REFUNDABLE}
        assert replies[1].json == {"booked": True}
        assert state_of(acme, order) == "activated"
        assert acme.balance()["available"] == 10


@pytest.mark.parametrize("first", ["the money", "the withdrawal"])
def test_whichever_of_withdrawal_and_payment_is_written_first_the_credits_are_there(
    wire: Wire, first: str
) -> None:
    acme = company(wire)
    order = placed(acme)
    back, paid = partial(withdraws, acme, order), partial(acme.pays, order)
    inner, outer = (paid, back) if first == "the money" else (back, paid)
    happened = meanwhile(wire, inner)
    reply = outer()
    assert happened[0].status == 200
    assert reply.code == (Reason.ORDER_MOVED if first == "the money" else None)
    assert state_of(acme, order) == "activated"
    assert acme.balance()["available"] == 10


def test_an_operator_who_withdraws_what_is_being_paid_takes_no_credits_away(wire: Wire) -> None:
    acme = company(wire)
    order = placed(acme)
    happened = meanwhile(wire, partial(acme.pays, order))
    reply = acme.moves(order["order"], "cancelled", note="Never paid.")
    assert happened[0].json == {"booked": True}
    assert reply.code == Reason.ORDER_MOVED
    assert state_of(acme, order) == "activated"
    assert acme.balance()["available"] == 10


def test_who_pays_while_another_withdraws_has_either_paid_for_credits_or_not_paid(
    wire: Wire, crowd: Crowd, provider: FakePayments
) -> None:
    for opened in [True, False] * 3:
        acme = company(wire)
        order = placed(acme)
        path = f"{acme.path}/orders/{order['order']}/payment"
        if opened:
            assert acme.owner.post(path, {}).status == 200
        pay = partial(acme.owner.post, path, {"method": GOOD})
        replies = crowd.all([pay, partial(withdraws, acme, order), pay])
        assert all(reply.status in {200, 409} for reply in replies)
        for payment_id, request in list(provider.requests.items()):
            if request.order_id == order["order"]:
                _told(acme, order, provider, payment_id)
        taken = [p for p in provider.payments.values() if p.state is PaymentState.SUCCEEDED]
        ends = {True: ("activated", 10), False: ("cancelled", 0)}
        end = state_of(acme, order), acme.balance()["available"]
        assert end == ends[bool(taken)]
        assert len(taken) < 2
        provider.payments.clear()


def _told(acme: Company, order: Order, provider: FakePayments, payment_id: str) -> None:
    """The provider tells us of every payment that was made."""
    if provider.payments[payment_id].state is PaymentState.SUCCEEDED:
        assert acme.pays(order, payment_id=payment_id).json == {"booked": True}


def test_a_payment_opened_ten_times_at_once_is_one_payment(
    wire: Wire, crowd: Crowd, provider: FakePayments, dump: Dumps
) -> None:
    acme = company(wire)
    order = placed(acme)
    path = f"{acme.path}/orders/{order['order']}/payment"
    replies = crowd.all([partial(acme.owner.post, path, {})] * 10)
    assert tally(replies) == {200: 10}
    assert len({reply.body for reply in replies}) == 1
    kept = [item["payment_id"] for item in dump().values() if item["kind"] == "order"]
    assert kept == list(provider.payments)


@pytest.mark.parametrize("step", ["approved", "activated", "cancelled"])
def test_two_operators_who_move_an_order_at_once_move_it_once(
    wire: Wire, crowd: Crowd, dump: Dumps, step: str
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire, program="cisco")
        order = acme.sells(10).json["order"]
        if step == "activated":
            assert acme.moves(order, "approved").status == acme.moves(order, "invoiced").status
        moves = [partial(acme.moves, order, step, who, note="n") for who in acme.staff]
        assert tally(crowd.all(moves)) == {200: 1, Reason.STEP_NOT_NEXT: 1}
        assert acme.balance()["available"] == (10 if step == "activated" else 0)
    trails = [json.loads(i["trail"]) for i in dump().values() if i["kind"] == "order"]
    assert all([each["state"] for each in trail].count(step) == 1 for trail in trails)


def test_quoted_by_one_and_cancelled_by_another_an_order_has_one_end(
    wire: Wire, crowd: Crowd
) -> None:
    for _ in range(ROUNDS):
        acme = company(wire)
        order = acme.orders(10, channel="invoice").json
        quote = partial(acme.moves, order["order"], "quoted", total_minor=900)
        replies = crowd.all([quote, partial(withdraws, acme, order)])
        assert replies[1].status == 200
        assert replies[0].code in {None, Reason.STEP_NOT_NEXT}
        assert state_of(acme, order) == "cancelled"


def test_a_sales_order_number_taken_by_two_at_once_is_the_number_of_one(
    wire: Wire, crowd: Crowd, dump: Dumps
) -> None:
    numbers = count(1)
    for _ in range(ROUNDS):
        acme, other = company(wire, program="cisco"), company(wire, program="cisco")
        sale = {"sales_order": f"TWICE-{next(numbers)}"}
        sells = [partial(each.sells, 10, sale=sale) for each in (acme, other, acme)]
        assert tally(crowd.all(sells)) == {201: 1, Reason.SALES_ORDER_TAKEN: 2}
    orders = [item for item in dump().values() if item["kind"] == "order"]
    assert len(orders) == ROUNDS


def test_two_steps_that_name_one_number_at_once_book_one_order(wire: Wire, crowd: Crowd) -> None:
    for number in range(ROUNDS):
        acme, other = company(wire, program="salesforce"), company(wire, program="salesforce")
        sale = {"sales_order": f"STEP-{number}"}
        booked = [
            partial(each.moves, each.orders(10, channel="assisted").json["order"], "booked")
            for each in (acme, other)
        ]
        moves = [partial(move, sale=sale) for move in booked]
        assert tally(crowd.all(moves)) == {200: 1, Reason.SALES_ORDER_TAKEN: 1}
