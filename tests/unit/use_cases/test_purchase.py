from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.builders import intent, refused
from tests.fakes.clock import StoppedClock
from tests.fakes.payments import GOOD
from tests.world import World, ready
from training_credits.domain.errors import (
    Conflict,
    Forbidden,
    NotFound,
    Problem,
    Reason,
    Refused,
    Unavailable,
)
from training_credits.domain.model import Balance, EntryKind, Lot, Order, OrderState, Role
from training_credits.use_cases import purchase
from training_credits.use_cases.payments import Means


def read(world: World, order_id: str, who: str = "ann") -> tuple[Order, Lot | None]:
    asking = world.caller(who)
    return purchase.read_order(world.ledger, world.clock, asking, world.account, order_id)


def orders(world: World) -> list[Order]:
    return list(world.ledger.rows(world.program, world.account).orders.values())


@pytest.mark.rule("AT-13")
def test_20000_credits_for_16000_dollars_are_usable_at_once() -> None:
    world = ready()
    order, lot = read(world, world.buy(20_000, promo="twentyoffTC"))
    assert (order.state, order.credits, order.total_minor) == (
        OrderState.ACTIVATED,
        20_000,
        1_600_000,
    )
    assert lot is not None
    assert (lot.credits, lot.face_minor, lot.paid_minor) == (20_000, 2_000_000, 1_600_000)
    assert lot.currency == "USD"
    assert world.balance() == Balance(available=20_000)


@pytest.mark.rule("AT-05")
def test_an_order_that_waits_for_its_card_gives_no_credits() -> None:
    world = ready()
    order, lot = read(world, world.place(500))
    assert (order.state, lot) == (OrderState.ACCEPTED, None)
    assert world.balance() == Balance()
    assert world.entries() == ()


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
def test_a_request_sent_three_times_is_one_order_and_one_lot() -> None:
    world = ready()
    asking = world.intent("ann", "purchase")
    assert len({world.buy(500, asking=asking) for _ in range(3)}) == 1
    assert world.balance() == Balance(available=500)
    assert len(orders(world)) == 1


def test_two_at_once_under_one_key_are_one_order_and_one_lot() -> None:
    world = ready()
    asking = world.intent("ann", "purchase")
    world.ledger.meanwhile.append(lambda: world.buy(500, asking=asking))
    world.buy(500, asking=asking)
    assert world.balance() == Balance(available=500)
    assert len(orders(world)) == 1


def test_a_key_that_was_used_for_another_order_is_refused() -> None:
    world = ready()
    world.buy(500, asking=intent("ann", "purchase", "key-1", "500"))
    no = refused(
        lambda: world.place(600, asking=intent("ann", "purchase", "key-1", "600")), Conflict
    )
    assert no.reason is Reason.KEY_REUSED
    assert [order.credits for order in orders(world)] == [500]


@pytest.mark.rule("AT-07")
def test_a_refused_promotion_code_leaves_no_order() -> None:
    world = ready()
    no = refused(lambda: world.place(19_999, promo="twentyoffTC"))
    assert no.reason is Reason.BELOW_THRESHOLD
    assert orders(world) == []


@pytest.mark.rule("AT-44")
def test_two_orders_of_10000_cost_20000() -> None:
    world = ready()
    world.buy(10_000)
    world.buy(10_000)
    assert [order.total_minor for order in orders(world)] == [1_000_000] * 2


def test_a_card_that_is_refused_books_nothing_and_another_may_pay() -> None:
    world = ready()
    order_id = world.place(500)
    failed = world.settle(order_id, event_id="evt-1", succeeded=False, problem="card_declined")
    assert (failed.credits, failed.problem) == (0, None)
    assert world.order(order_id).payment_problem == "card_declined"
    assert world.entries() == ()
    assert world.settle(order_id, event_id="evt-2").credits == 500
    assert world.order(order_id).payment_problem is None
    assert world.balance() == Balance(available=500)


@pytest.mark.parametrize(
    "refusal",
    [Refused(Reason.PAYMENT_DECLINED, "No."), Unavailable(Reason.BUSY, "Later.")],
)
def test_without_the_provider_nothing_is_booked_and_a_retry_may_succeed(
    refusal: Refused | Unavailable,
) -> None:
    world = ready()
    order_id = world.place(500)
    before = world.order(order_id)
    world.payments.refusal = refusal
    refused(lambda: world.pay(order_id, means=Means(method_id=GOOD)), type(refusal))
    assert world.order(order_id) == before
    world.payments.refusal = None
    world.pay(order_id, means=Means(method_id=GOOD))
    world.settle(order_id)
    assert world.balance() == Balance(available=500)


@pytest.mark.parametrize("who", ["eve", "lee"])
def test_only_members_buy(who: str) -> None:
    world = ready()
    assert refused(lambda: world.place(500, who), NotFound).reason is Reason.ACCOUNT_NOT_FOUND
    assert orders(world) == []


@pytest.mark.parametrize(
    ("role", "buys"), [(Role.OWNER, True), (Role.BUYER, True), (Role.FINANCE, False)]
)
def test_only_members_whose_role_is_to_buy_do(role: Role, *, buys: bool) -> None:
    world = ready()
    world.add("bob", role)
    if buys:
        world.buy(500, "bob")
    else:
        no = refused(lambda: world.place(500, "bob"), Forbidden)
        assert no.reason is Reason.NOT_PERMITTED
        assert no.facts == {"needed": "buy", "roles": ["owner", "buyer"]}
    assert len(orders(world)) == buys


def test_an_operator_sees_an_account_and_cannot_buy_for_it() -> None:
    world = ready()
    assert refused(lambda: world.place(500, "olga"), Forbidden).reason is Reason.NOT_PERMITTED
    assert orders(world) == []


def test_who_operates_buys_nothing_though_once_a_member() -> None:
    world = ready()
    asking = intent(world.caller("ann", "operator"), "purchase", "key-0001")
    no = refused(lambda: world.buy(500, asking=asking), Forbidden)
    assert no.reason is Reason.NOT_PERMITTED


@pytest.mark.rule("CI-05")
@pytest.mark.rule("SF-10")
@pytest.mark.parametrize(
    ("program", "offered"), [("cisco", []), ("salesforce", ["assisted", "quote"])]
)
def test_a_program_that_does_not_sell_by_card_says_how_it_sells(
    program: str, offered: list[str]
) -> None:
    world = World(program=program)
    world.open()
    no = refused(lambda: world.place(500))
    assert no.reason is Reason.CHANNEL_NOT_OFFERED
    assert no.facts == {"offered": offered, "ask": {}}
    assert orders(world) == []


def test_an_order_is_seen_by_members_and_operators_and_by_nobody_else() -> None:
    world = ready()
    order_id = world.buy(500)
    assert read(world, order_id) == read(world, order_id, "olga")
    assert read(world, order_id)[0].order_id == order_id

    def no(act: Callable[[], object], kind: type[Problem] = NotFound) -> object:
        return refused(act, kind).reason

    assert no(lambda: read(world, order_id, "eve")) is Reason.ACCOUNT_NOT_FOUND
    assert no(lambda: read(world, "O-unknown")) is Reason.ORDER_NOT_FOUND
    world.account = "A-unknown"
    for who in ("ann", "olga"):
        asking = world.caller(who)
        with pytest.raises(NotFound) as refusal:
            purchase.read_order(world.ledger, world.clock, asking, world.account, order_id)
        assert refusal.value.reason is Reason.ACCOUNT_NOT_FOUND


def test_orders_are_listed_oldest_first_to_whoever_may_read() -> None:
    world = ready()
    bought = [world.buy(credits) for credits in (1, 2, 3)]
    page = purchase.list_orders(
        world.ledger, world.clock, world.caller("ann"), world.account, cursor=None, limit=100
    )
    assert [order.order_id for order in page.items] == sorted(bought)
    no = refused(
        lambda: purchase.list_orders(
            world.ledger, world.clock, world.caller("eve"), world.account, cursor=None, limit=1
        ),
        NotFound,
    )
    assert no.reason is Reason.ACCOUNT_NOT_FOUND
