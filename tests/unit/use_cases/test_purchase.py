from datetime import UTC, date, datetime

import pytest

from tests.builders import intent
from tests.fakes.clock import StoppedClock
from tests.fakes.outside import RecordedPayments
from tests.world import World, ready
from training_credits.domain.errors import (
    Conflict,
    Forbidden,
    NotFound,
    Reason,
    Refused,
    Unavailable,
)
from training_credits.domain.model import Balance, EntryKind, OrderState
from training_credits.use_cases import purchase


@pytest.mark.rule("AT-13")
def test_20000_credits_for_16000_dollars_are_usable_at_once() -> None:
    world = ready()
    order_id = world.buy(20_000, promo="twentyoffTC")
    order, lot = purchase.read_order(world.ledger, world.caller("ann"), world.account, order_id)
    assert (order.state, order.credits, order.paid_minor) == (
        OrderState.ACTIVATED,
        20_000,
        1_600_000,
    )
    assert (lot.credits, lot.paid_minor, lot.currency) == (20_000, 1_600_000, "USD")
    assert world.payments.charges == {order_id: (1_600_000, "USD")}
    assert world.balance() == Balance(available=20_000)


@pytest.mark.rule("AT-10")
@pytest.mark.rule("AT-11")
def test_a_refill_is_a_second_lot_and_the_first_keeps_its_date() -> None:
    world = ready(clock=StoppedClock(datetime(2026, 2, 10, 9, tzinfo=UTC)))
    world.buy(500)
    world.clock.at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    world.buy(1_000)
    assert [(lot.credits, lot.expires_on) for lot in world.book().lots] == [
        (500, date(2027, 2, 10)),
        (1_000, date(2027, 6, 1)),
    ]
    assert [entry.kind for entry in world.entries()] == [EntryKind.PURCHASE] * 2


@pytest.mark.rule("AT-06")
@pytest.mark.parametrize(
    ("bought", "ends"),
    [
        ("2026-02-10T00:00:00", "2027-02-11T00:00:00"),
        ("2026-02-10T23:59:59", "2027-02-11T00:00:00"),
        ("2028-02-29T12:00:00", "2029-03-01T00:00:00"),
    ],
)
def test_the_end_of_a_lot_is_worked_out_once(bought: str, ends: str) -> None:
    world = ready(clock=StoppedClock(datetime.fromisoformat(bought).replace(tzinfo=UTC)))
    world.buy(500)
    (lot,) = world.book().lots
    assert lot.expires_at == datetime.fromisoformat(ends).replace(tzinfo=UTC)


@pytest.mark.rule("AT-09")
def test_a_request_sent_three_times_is_one_payment_and_one_lot() -> None:
    world = ready()
    asking = world.intent("ann", "purchase")
    assert len({world.buy(500, asking=asking) for _ in range(3)}) == 1
    assert world.balance() == Balance(available=500)
    assert len(world.payments.charges) == 1


def test_two_at_once_under_one_key_are_one_payment_and_one_lot() -> None:
    world = ready()
    asking = world.intent("ann", "purchase")
    world.ledger.meanwhile.append(lambda: world.buy(500, asking=asking))
    world.buy(500, asking=asking)
    assert world.balance() == Balance(available=500)
    assert len(world.payments.charges) == 1


def test_a_key_that_was_used_for_another_order_is_refused_before_any_payment() -> None:
    world = ready()
    world.buy(500, asking=intent("ann", "purchase", "key-1", "500"))
    with pytest.raises(Conflict) as no:
        world.buy(600, asking=intent("ann", "purchase", "key-1", "600"))
    assert no.value.reason is Reason.KEY_REUSED
    assert len(world.payments.charges) == 1


@pytest.mark.rule("AT-07")
def test_a_refused_promotion_code_costs_nothing() -> None:
    world = ready()
    with pytest.raises(Refused) as no:
        world.buy(19_999, promo="twentyoffTC")
    assert no.value.reason is Reason.BELOW_THRESHOLD
    assert world.payments.charges == {}
    assert world.entries() == ()


@pytest.mark.rule("AT-44")
def test_two_orders_of_10000_cost_20000() -> None:
    world = ready()
    world.buy(10_000)
    world.buy(10_000)
    assert sorted(world.payments.charges.values()) == [(1_000_000, "USD")] * 2


@pytest.mark.parametrize(
    "refusal",
    [
        Refused(Reason.PAYMENT_DECLINED, "No."),
        Unavailable(Reason.PAYMENTS_UNAVAILABLE, "Later."),
    ],
)
def test_without_a_payment_nothing_is_booked_and_a_retry_may_succeed(
    refusal: Refused | Unavailable,
) -> None:
    world = ready()
    asking = world.intent("ann", "purchase")
    with pytest.raises(type(refusal)):
        world.buy(500, asking=asking, payments=RecordedPayments(refusal=refusal))
    assert world.entries() == ()
    world.buy(500, asking=asking)
    assert world.balance() == Balance(available=500)


@pytest.mark.parametrize("who", ["eve", "lee"])
def test_only_owners_buy_and_nobody_else_is_charged(who: str) -> None:
    world = ready()
    with pytest.raises(NotFound) as no:
        world.buy(500, who)
    assert no.value.reason is Reason.ACCOUNT_NOT_FOUND
    assert world.payments.charges == {}


def test_an_operator_sees_an_account_and_cannot_buy_for_it() -> None:
    world = ready()
    asking = intent(world.caller("olga", "operator"), "purchase", "key-0001")
    with pytest.raises(Forbidden) as no:
        world.buy(500, asking=asking)
    assert no.value.reason is Reason.OWNER_ONLY
    assert world.payments.charges == {}


def test_an_owner_who_operates_too_buys_as_an_owner() -> None:
    world = ready()
    world.buy(500, asking=intent(world.caller("ann", "operator"), "purchase", "key-0001"))
    assert world.balance() == Balance(available=500)


@pytest.mark.rule("CI-05")
@pytest.mark.rule("SF-10")
@pytest.mark.parametrize(
    ("program", "offered"), [("cisco", ["direct", "reseller"]), ("salesforce", ["assisted"])]
)
def test_a_program_that_does_not_sell_by_card_says_how_it_sells(
    program: str, offered: list[str]
) -> None:
    world = World(program=program)
    world.open()
    with pytest.raises(Refused) as no:
        world.buy(500)
    assert no.value.reason is Reason.CHANNEL_NOT_OFFERED
    assert no.value.facts == {"offered": offered}
    assert world.payments.charges == {}


def test_an_order_is_seen_by_owners_and_operators_and_by_nobody_else() -> None:
    world = ready()
    order_id = world.buy(500)

    def read(who: str, *groups: str, order: str = order_id) -> str:
        caller = world.caller(who, *groups)
        return purchase.read_order(world.ledger, caller, world.account, order)[0].order_id

    assert read("ann") == read("olga", "operator") == order_id
    with pytest.raises(NotFound) as no:
        read("eve")
    assert no.value.reason is Reason.ACCOUNT_NOT_FOUND
    with pytest.raises(NotFound) as no:
        read("ann", order="O-unknown")
    assert no.value.reason is Reason.ORDER_NOT_FOUND
    world.account = "A-unknown"
    for who, groups in (("ann", ()), ("olga", ("operator",))):
        with pytest.raises(NotFound) as no:
            read(who, *groups)
        assert no.value.reason is Reason.ACCOUNT_NOT_FOUND
