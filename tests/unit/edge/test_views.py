import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.clock import StoppedClock
from tests.world import World, ready
from training_credits.domain.model import Approval, Lot, Order, RedemptionState
from training_credits.edge import schemas, views
from training_credits.ports import Depth, Page
from training_credits.programs import program_named
from training_credits.use_cases import approve, purchase, statements
from training_credits.use_cases.expire import sweep

ATLASSIAN = program_named("atlassian", datetime(2026, 2, 10, tzinfo=UTC))
CASE = ATLASSIAN.help["case"]
MOMENT = timedelta(microseconds=1)


def _read(world: World, order_id: str) -> tuple[Order, Lot | None]:
    asking = world.caller("ann")
    return purchase.read_order(world.ledger, world.clock, asking, world.account, order_id)


def page_of(world: World) -> schemas.AccountPage:
    return views.account_page(world.rules, world.book(Depth.PAST), world.clock())


@pytest.fixture
def world() -> World:
    """500 bought on 2026-02-10 and a refill of 1,000 on 2026-06-01."""
    world = ready(clock=StoppedClock(datetime(2026, 2, 10, 9, tzinfo=UTC)))
    world.buy(500)
    world.clock.at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    world.buy(1_000)
    return world


@pytest.mark.rule("AT-33")
def test_the_header_says_what_ends_next(world: World) -> None:
    page = page_of(world)
    assert page.next_expiry is not None
    assert (page.next_expiry.credits, page.next_expiry.expires_on) == (500, date(2027, 2, 10))
    assert page.next_expiry.days_left == 254


def test_what_ends_on_the_same_date_ends_together(world: World) -> None:
    world.buy(250)
    world.clock.at = datetime(2027, 3, 1, tzinfo=UTC)
    page = page_of(world)
    assert page.next_expiry is not None
    assert page.next_expiry.credits == 1_250


@pytest.mark.rule("AT-11")
def test_each_purchase_is_shown_with_its_own_end(world: World) -> None:
    page = page_of(world)
    assert [(lot.balance.available, lot.expires_on) for lot in page.lots] == [
        (500, date(2027, 2, 10)),
        (1_000, date(2027, 6, 1)),
    ]
    assert [member.email for member in page.members] == ["ann@acme.example"]


@pytest.mark.parametrize("swept", [False, True])
def test_what_has_ended_is_shown_as_expired_swept_or_not(world: World, *, swept: bool) -> None:
    end = world.book().lots[0].expires_at
    world.clock.at = end - MOMENT
    before = page_of(world)
    assert (before.balances["TC"].available, before.balances["TC"].expired) == (1_500, 0)
    world.clock.at = end
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    after = page_of(world)
    assert (after.balances["TC"].available, after.balances["TC"].expired) == (1_000, 500)
    assert [(lot.balance.available, lot.days_left) for lot in after.lots] == [(0, 0), (1_000, 110)]


def test_an_account_with_nothing_left_has_no_next_expiry() -> None:
    world = ready(Approval.AUTOMATIC)
    empty = page_of(world)
    assert empty.next_expiry is None
    world.buy(500)
    world.redeem(500)
    assert page_of(world).next_expiry is None


@pytest.mark.rule("AT-14")
def test_of_the_code_only_its_end_is_shown(world: World) -> None:
    answer = views.encoded(page_of(world))
    assert json.loads(answer)["code_hints"] == [world.code[-4:]]
    assert world.code not in answer
    assert world.code.replace("-", "") not in answer


@pytest.mark.rule("AT-43")
def test_an_order_of_18000_says_that_20000_cost_16000_until_it_is_paid(world: World) -> None:
    order_id = world.place(18_000)
    asked = json.loads(views.order_of(ATLASSIAN, world.clock())(_read(world, order_id)))
    assert (asked["total_minor"], asked["cheaper_credits"]) == (1_800_000, 20_000)
    assert (asked["cheaper_total_minor"], "lot" in asked) == (1_600_000, False)
    world.settle(order_id)
    bought = json.loads(views.order_of(ATLASSIAN, world.clock())(_read(world, order_id)))
    assert bought["lot"] == order_id
    assert {name for name in bought if name.startswith("cheaper")} == set()


def test_a_learner_sees_neither_lots_nor_balance(world: World) -> None:
    asked = world.redeem(300)
    world.approve(asked)
    answer = json.loads(views.encoded(views.redemption(world.redemption(asked))))
    assert set(answer) == {
        "redemption",
        "state",
        "title",
        "credits",
        "lines",
        "requested_at",
        "decided_at",
        "policy",
    }
    (line,) = answer["lines"]
    assert set(line) == {"title", "credits", "state"}


@pytest.mark.rule("AT-29")
def test_a_list_of_requests_adds_them_up(world: World) -> None:
    for credits in (300, 200, 450):
        world.redeem(credits)
    page = approve.list_requests(
        world.ledger,
        world.clock,
        world.caller("ann"),
        world.account,
        state=RedemptionState.PENDING,
        cursor=None,
        limit=100,
    )
    listed = views.requests(page)
    assert listed.total_credits == 950
    assert {request.learner for request in listed.requests} == {"Lee"}
    left = 1_500 - 950
    assert (listed.available_credits, listed.left_credits) == (1_500, left)
    nothing = approve.Requests(page=Page(items=()), available=0)
    assert views.requests(nothing).total_credits == 0


def test_a_batch_is_answered_outcome_by_outcome_and_a_refusal_keeps_all_its_facts() -> None:
    world = ready()
    world.buy(500)
    ids = [world.redeem(300), world.redeem(200)]
    spender = world.redeem(100, "kim")
    world.ledger.meanwhile.append(lambda: world.approve(spender))
    answer = views.decisions(ATLASSIAN, world.approve(*ids))
    assert answer.decided_credits == 300
    fine, short = answer.outcomes
    lot = world.book().lots[0].lot_id
    assert fine.request is not None
    assert [(draw.lot, draw.credits) for draw in fine.request.lots] == [(lot, 300)]
    assert fine.request.decided_by == "ann@acme.example"
    assert fine.problem is None
    assert (short.redemption, short.request) == (ids[1], None)
    assert json.loads(views.encoded(short))["problem"] == {
        "type": "urn:training-credits:problem:insufficient_credits",
        "title": "Refused",
        "status": 422,
        "code": "insufficient_credits",
        "detail": "100 credits are missing.",
        "rule": "AT-39",
        "case_link": f"{CASE}?code=insufficient_credits&rule=AT-39",
        "credits": 200,
        "missing": 100,
        "lots": [
            {"lot": lot, "expires_on": "2027-02-10", "available": 100, "why": "not_enough"},
        ],
    }


@pytest.mark.rule("AT-17")
def test_an_outcome_says_who_decided_before(world: World) -> None:
    first, second = world.redeem(100), world.redeem(200)
    world.deny(first)
    gone, fine = views.decisions(ATLASSIAN, world.approve(first, second)).outcomes
    assert fine.problem is None
    assert gone.problem is not None
    told = {name: gone.problem[name] for name in ("code", "status", "rule", "state", "decided_by")}
    assert told == {
        "code": "already_decided",
        "status": 409,
        "rule": "AT-17",
        "state": "denied",
        "decided_by": "ann@acme.example",
    }


def test_an_old_order_larger_than_one_may_be_today_is_still_shown(world: World) -> None:
    placed = _read(world, world.place(18_000))
    smaller = replace(ATLASSIAN, purchase=replace(ATLASSIAN.purchase, credits_max=1))
    shown = views.order(smaller, *placed, world.clock())
    assert (shown.credits, shown.cheaper_credits) == (18_000, None)


def test_a_transaction_names_each_movement(world: World) -> None:
    world.approve(world.redeem(600))
    page = statements.transactions(
        world.ledger,
        world.clock,
        world.caller("ann"),
        world.account,
        start=datetime(2026, 1, 1, tzinfo=UTC),
        end=datetime(2027, 1, 1, tzinfo=UTC),
        cursor=None,
        limit=100,
    )
    last = views.transactions(page).entries[-1]
    assert (last.change, last.learner) == (-600, "lee@acme.example")
    assert [(m.source, m.target, m.credits) for m in last.movements] == [
        ("available", "redeemed", 500),
        ("available", "redeemed", 100),
    ]
