"""What an order costs: the price it began with, a quote, an agreement; and what is billed."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.builders import refused, staff
from tests.unit.rules.selling_tools import (
    booked,
    day,
    lot_of_order,
    page,
    says,
    shown,
    world_of,
)
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Agreement, Billing, DiscountKind, OrderState
from training_credits.domain.program import VolumeDiscount
from training_credits.edge import bodies, decoding, schemas
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases import accounts

QUOTED, ACCEPTED = OrderState.QUOTED, OrderState.ACCEPTED
BEGIN = "2026-02-10T09:00"


def agree(world: World, percent: int, starts: str, ends: str, who: str = "olga") -> None:
    accounts.set_agreement(
        world.ledger,
        world.clock,
        staff(who, world.program),
        world.account,
        Agreement(
            percent=percent,
            starts_on=day(starts),
            ends_on=day(ends),
            made_by=staff(who, world.program).person.email,
        ),
    )


@pytest.mark.rule("AT-13")
def test_a_lot_of_20000_was_paid_16000_for_and_carries_80_cents_a_credit() -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.buy(20_000)
    lot = lot_of_order(world, order_id)
    assert (lot.face_minor, lot.paid_minor, lot.paid_for(1)) == (2_000_000, 1_600_000, 80)
    (line,) = page(world).lots
    assert (line.face_minor, line.unspent_paid_minor) == (2_000_000, 1_600_000)


@pytest.mark.rule("AT-44")
def test_of_two_orders_of_10000_neither_costs_less() -> None:
    world = world_of("atlassian", BEGIN)
    orders = [world.order(world.buy(10_000)) for _ in range(2)]
    assert [(order.total_minor, order.discount) for order in orders] == [(1_000_000, None)] * 2


@pytest.mark.rule("CI-02")
def test_250_credits_are_shown_as_25000_dollars() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    answer = shown(world, booked(world, 250))
    assert (answer.list_minor, answer.total_minor, answer.currency) == (2_500_000, 2_500_000, "USD")


@pytest.mark.rule("AT-46")
def test_billing_is_entered_with_the_purchase_and_the_receipt_shows_it() -> None:
    world = world_of("atlassian", BEGIN)
    billing = Billing(company="Acme GmbH", country="DE", tax_id="DE123", address="1 Main Street")
    shows = shown(world, world.buy(500, billing=billing)).billing
    assert (shows.company, shows.country, shows.tax_id, shows.address) == (
        "Acme GmbH",
        "DE",
        "DE123",
        "1 Main Street",
    )


@pytest.mark.rule("AT-46")
@pytest.mark.parametrize(
    ("billing", "code"),
    [
        ({"company": "Acme"}, BadInput.MISSING_FIELD),
        ({"country": "US"}, BadInput.MISSING_FIELD),
        ({"company": "Acme", "country": "us"}, BadInput.NOT_ALLOWED),
        (None, BadInput.MISSING_FIELD),
    ],
)
def test_a_purchase_without_a_country_is_refused(
    billing: dict[str, str] | None, code: BadInput
) -> None:
    body: dict[str, Any] = {"credits": 500} | ({"billing": billing} if billing else {})
    with pytest.raises(BadRequest) as no:
        decoding.decoded({"body": json.dumps(body)}, schemas.NewOrder)
    assert no.value.reason is code


def test_a_complete_purchase_is_read_as_it_was_written() -> None:
    written = {"credits": 500, "billing": {"company": "Acme", "country": "US", "tax_id": "T-1"}}
    read, _ = decoding.decoded({"body": json.dumps(written)}, schemas.NewOrder)
    basket = bodies.basket(read)
    assert basket.billing == Billing(company="Acme", country="US", tax_id="T-1")
    assert (basket.credits, basket.channel, basket.promo) == (500, "card", None)


# The price an order began with


@pytest.mark.rule("AT-12")
def test_the_price_of_an_order_is_kept_whatever_the_program_says_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = world_of("atlassian", BEGIN)
    asked, by_card = world.place(20_000, channel="invoice"), world.place(20_000)
    deeper = VolumeDiscount(from_minor=1, percent=50, promo_code="half")
    says(monkeypatch, "atlassian", purchase={"volume_discount": deeper, "credits_max": 10})
    for to, who in (
        ("quoted", "olga"),
        ("accepted", "ann"),
        ("invoiced", "olga"),
        ("paid", "olga"),
    ):
        world.move(asked, OrderState(to), who)
    assert world.settle(by_card).credits == 20_000
    for order_id in (asked, by_card):
        assert shown(world, order_id).total_minor == 1_600_000
        assert lot_of_order(world, order_id).paid_minor == 1_600_000


def test_an_agreement_lowers_orders_that_begin_while_it_is_in_force() -> None:
    world = world_of("atlassian", BEGIN)
    before = world.place(500, channel="invoice")
    agree(world, 10, "2026-02-10", "2026-02-28")
    within = world.place(500, channel="invoice")
    world.clock.advance(timedelta(days=19))
    after = world.place(500, channel="invoice")
    for order_id in (before, within, after):
        world.move(order_id, QUOTED)
    seen = [(o.total_minor, o.discount) for o in map(world.order, (before, within, after))]
    assert seen == [(50_000, None), (45_000, DiscountKind.AGREEMENT), (50_000, None)]


def test_what_the_vendor_enters_is_priced_as_of_the_day_it_was_booked() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    agree(world, 10, "2026-02-01", "2026-02-28")
    late = booked(world, 40, "SO-1", booked_on=day("2026-02-28"))
    now = booked(world, 40, "SO-2")
    assert [world.order(o).total_minor for o in (late, now)] == [360_000, 400_000]


def test_an_agreement_above_the_limit_counts_once_a_second_operator_says_the_same() -> None:
    world = world_of("atlassian", BEGIN)
    asked = []
    for who in ("olga", "olga", "otto"):
        world.clock.advance(timedelta(seconds=1))
        agree(world, 25, "2026-02-10", "2026-12-31", who)
        asked.append(world.order(world.place(500)).total_minor)
    assert asked == [50_000, 50_000, 37_500]


# What an operator quotes


@pytest.mark.parametrize("total", [-1, 0, 2_000_001])
def test_no_quote_is_nothing_or_above_the_list(total: int) -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(20_000, channel="invoice")
    acts = (
        partial(world.move, order_id, QUOTED, total_minor=total),
        partial(world.enter, 20_000, channel="invoice", total_minor=total),
    )
    for act in acts:
        no = refused(act)
        assert no.reason is Reason.PRICE_NOT_POSSIBLE
        assert no.facts == {"list_minor": 2_000_000, "currency": "USD"}
    assert world.order(order_id).state is OrderState.REQUESTED


@pytest.mark.parametrize(
    ("total", "due", "why"),
    [
        (None, 1_600_000, DiscountKind.VOLUME),
        (1_600_000, 1_600_000, DiscountKind.VOLUME),
        (1_500_000, 1_500_000, DiscountKind.QUOTE),
        (2_000_000, 2_000_000, None),
        (1, 1, DiscountKind.QUOTE),
    ],
)
def test_a_quote_replaces_every_other_discount(
    total: int | None, due: int, why: DiscountKind | None
) -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(20_000, channel="invoice")
    world.move(order_id, QUOTED, total_minor=total)
    order = world.order(order_id)
    assert (order.total_minor, order.discount, order.list_minor) == (due, why, 2_000_000)


def test_an_order_has_no_more_credits_than_the_program_sells_at_once() -> None:
    world = world_of("cisco", "2026-03-05T20:00")
    no = refused(lambda: booked(world, 1_000_001))
    assert (no.reason, no.facts) == (Reason.ORDER_TOO_LARGE, {"credits_max": 1_000_000})
    assert world.order(booked(world, 1_000_000)).list_minor == 10_000_000_000


def test_a_price_goes_with_a_quote_and_with_no_other_step() -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(500, channel="invoice")
    world.move(order_id, OrderState.QUOTED, total_minor=45_000)
    world.move(order_id, OrderState.ACCEPTED, "ann")
    no = refused(lambda: world.move(order_id, OrderState.INVOICED, total_minor=1))
    assert no.reason is Reason.PRICE_NOT_POSSIBLE
    assert world.order(order_id).total_minor == 45_000


def test_an_order_that_is_dated_far_back_gets_no_agreement_that_ended_long_ago() -> None:
    world = world_of("cisco", "2026-06-05T20:00")
    agree(world, 10, "2026-02-01", "2026-02-28")
    order_id = booked(world, 40, "SO-1", booked_on=day("2026-02-28"))
    assert world.order(order_id).total_minor == 400_000
