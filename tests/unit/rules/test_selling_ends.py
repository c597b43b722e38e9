"""From the dates of an order to the end of its credits, worked out once, at activation."""

from datetime import timedelta
from functools import partial

import pytest

from tests.builders import refused
from tests.unit.rules.selling_tools import (
    booked,
    day,
    instant,
    lot_of_order,
    page,
    says,
    world_of,
)
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Approval, Balance, EntryKind, OrderState, Sale
from training_credits.domain.program import Expiry
from training_credits.use_cases.expire import sweep

APPROVED, INVOICED, ACTIVATED = OrderState.APPROVED, OrderState.INVOICED, OrderState.ACTIVATED


def of_cisco(world: World, credits: int, invoiced: str, number: str = "SO-5001") -> str:
    """Booked, approved and invoiced on one day, and activated now."""
    on = day(invoiced)
    order_id = booked(world, credits, number, booked_on=on)
    for to in (APPROVED, INVOICED):
        world.move(order_id, to, on=on)
    world.move(order_id, ACTIVATED)
    return order_id


def of_salesforce(start: str, issue: str, credits: int = 900) -> tuple[World, str]:
    """Entered with a start date, and issued by an operator on a day."""
    at = min(start, issue)
    world = world_of("salesforce", f"{at}T19:00")
    order_id = world.enter(credits, channel="assisted", sale=Sale(start_on=day(start)))
    world.clock.at = instant(f"{issue}T19:00")
    world.move(order_id, ACTIVATED)
    world.code = world.first_code(order_id)
    return world, order_id


@pytest.mark.rule("SF-15")
def test_of_an_order_that_starts_on_1_july_an_unused_900_expires_on_1_july() -> None:
    world, order_id = of_salesforce("2026-07-01", "2026-07-01")
    lot = lot_of_order(world, order_id)
    assert lot.expires_on == day("2027-07-01")
    world.clock.at = lot.expires_at
    assert sweep(world.ledger, world.clock, lambda: True).credits == 900
    assert [(e.kind, e.change) for e in world.entries()][1:] == [(EntryKind.EXPIRE, -900)]
    assert world.balance() == Balance(expired=900)


@pytest.mark.rule("SF-17")
@pytest.mark.parametrize(
    ("start", "issue", "ends"),
    [
        ("2026-07-01", "2026-07-03", "2027-07-01"),
        ("2026-07-03", "2026-07-01", "2027-07-01"),
        ("2028-02-29", "2028-03-02", "2029-02-28"),
    ],
)
def test_of_start_and_issue_the_earlier_one_counts_and_both_stay_on_the_order(
    start: str, issue: str, ends: str
) -> None:
    world, order_id = of_salesforce(start, issue)
    assert lot_of_order(world, order_id).expires_on == day(ends)
    order = world.order(order_id)
    issued = order.step(ACTIVATED)
    assert issued is not None
    assert (order.sale.start_on, issued.on) == (day(start), day(issue))


@pytest.mark.rule("SF-17")
@pytest.mark.parametrize(
    ("anchors", "ends"),
    [(("order_start",), "2027-07-01"), (("issue",), "2027-07-03")],
)
def test_which_date_counts_is_the_programs_to_say(
    monkeypatch: pytest.MonkeyPatch, anchors: tuple[str, ...], ends: str
) -> None:
    known = world_of("salesforce", "2026-07-01T19:00").rules.expiry
    by_value = {anchor.value: anchor for anchor in known.anchors}
    only = Expiry(anchors=tuple(by_value[name] for name in anchors), months=known.months)
    says(monkeypatch, "salesforce", expiry=only)
    world, order_id = of_salesforce("2026-07-01", "2026-07-03")
    assert lot_of_order(world, order_id).expires_on == day(ends)


@pytest.mark.rule("SF-17")
def test_the_last_day_is_usable_at_2359_and_at_midnight_it_is_over() -> None:
    world, _ = of_salesforce("2026-07-01", "2026-07-03")
    world.clock.at = instant("2027-07-01T23:59:00-07:00")
    world.redeem(1)
    world.clock.at = instant("2027-07-02T00:00:00-07:00")
    assert refused(lambda: world.redeem(1)).reason is Reason.CREDITS_EXPIRED


@pytest.mark.rule("SF-15")
@pytest.mark.parametrize(
    ("start", "ends"), [("2026-06-20", "2027-06-20"), ("2026-09-01", "2027-07-03")]
)
def test_an_order_starts_when_the_sales_system_says_and_not_when_it_was_booked(
    start: str, ends: str
) -> None:
    world = world_of("salesforce", "2026-07-03T19:00")
    sale = Sale(start_on=day(start))
    order_id = world.enter(900, channel="assisted", sale=sale, booked_on=day("2026-07-01"))
    world.move(order_id, ACTIVATED)
    assert lot_of_order(world, order_id).expires_on == day(ends)


def test_without_a_start_date_the_day_of_booking_starts_the_year() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    order_id = world.place(900, channel="assisted")
    world.clock.at = instant("2026-07-05T19:00")
    world.move(order_id, OrderState.BOOKED, on=day("2026-07-03"))
    world.move(order_id, ACTIVATED)
    assert lot_of_order(world, order_id).expires_on == day("2027-07-03")


@pytest.mark.rule("CI-20")
@pytest.mark.parametrize(
    ("invoiced", "ends"), [("2027-06-01", "2028-05-31"), ("2026-01-15", "2027-01-15")]
)
def test_365_days_run_from_the_invoice_and_not_from_booking_or_activation(
    invoiced: str, ends: str
) -> None:
    world = world_of("cisco", f"{invoiced}T20:00")
    world.clock.advance(timedelta(days=9))
    order_id = booked(world, 100, booked_on=day(invoiced) - timedelta(days=9))
    world.move(order_id, APPROVED, on=day(invoiced) - timedelta(days=3))
    world.move(order_id, INVOICED, on=day(invoiced))
    world.move(order_id, ACTIVATED)
    assert lot_of_order(world, order_id).expires_on == day(ends)


@pytest.mark.rule("CI-21")
def test_of_an_invoice_of_15_january_a_debit_passes_59_seconds_past_midnight_and_then_fails() -> (
    None
):
    world = world_of("cisco", "2026-01-20T20:00")
    of_cisco(world, 61, "2026-01-15")
    world.clock.at = instant("2027-01-15T00:00:59-08:00")
    world.redeem(1, "ann", sales_order="SO-5001")
    world.clock.at = instant("2027-01-15T00:01:00-08:00")
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-5001"))
    assert (no.reason, no.facts["expired_on"]) == (Reason.CREDITS_EXPIRED, "2027-01-15")


@pytest.mark.rule("AT-06")
@pytest.mark.parametrize(
    ("paid", "ends"), [("2026-02-10", "2027-02-10"), ("2028-02-29", "2029-02-28")]
)
def test_what_is_bought_by_invoice_ends_a_year_after_it_was_paid(paid: str, ends: str) -> None:
    world = world_of("atlassian", f"{paid}T09:00")
    world.clock.at -= timedelta(days=20)
    order_id = world.place(500, channel="invoice")
    for to, who in (("quoted", "olga"), ("accepted", "ann"), ("invoiced", "olga")):
        world.move(order_id, OrderState(to), who)
    world.clock.at = instant(f"{paid}T09:00") + timedelta(days=5)
    world.move(order_id, OrderState.PAID, on=day(paid))
    assert lot_of_order(world, order_id).expires_on == day(ends)


@pytest.mark.rule("CI-49")
@pytest.mark.parametrize("swept", [False, True])
def test_on_1_february_the_lot_shows_22_expired_and_until_when_they_may_come_back(
    *, swept: bool
) -> None:
    world = World(program="cisco")
    world.clock.at = instant("2026-01-20T20:00")
    world.open(Approval.AUTOMATIC)
    order_id = of_cisco(world, 61, "2026-01-15")
    world.redeem(39, "ann", sales_order="SO-5001")
    world.clock.at = instant("2027-02-01T20:00")
    if swept:
        sweep(world.ledger, world.clock, lambda: True)
    (lot,) = page(world).lots
    assert (lot.lot, lot.balance.expired, lot.balance.available) == (order_id, 22, 0)
    assert lot.reissue_until == day("2027-03-16")
    assert page(world).next_expiry is None
    world.clock.at = instant("2027-03-16T20:00")
    assert page(world).lots[0].reissue_until == day("2027-03-16")
    world.clock.at = instant("2027-03-17T20:00")
    assert page(world).lots[0].reissue_until is None


# Credits that would be dead when they come


@pytest.mark.parametrize(
    ("invoiced", "activated"), [("2025-03-05", "2026-03-05"), ("2024-03-05", "2026-03-05")]
)
def test_credits_that_would_be_dead_at_their_activation_are_not_made(
    invoiced: str, activated: str
) -> None:
    world = world_of("cisco", f"{activated}T20:00")
    order_id = booked(world, 100, booked_on=day(invoiced))
    for to in (APPROVED, INVOICED):
        world.move(order_id, to, on=day(invoiced))
    before = world.ledger.kept()
    no = refused(partial(world.move, order_id, ACTIVATED))
    ended = day(invoiced) + timedelta(days=365)
    assert (no.reason, no.facts) == (Reason.CREDITS_EXPIRED, {"expired_on": ended.isoformat()})
    assert world.ledger.kept() == before
    world.move(order_id, OrderState.CANCELLED, note="Too late.")


def test_credits_with_a_minute_left_are_made() -> None:
    world = world_of("cisco", "2026-03-04T20:00")
    order_id = booked(world, 100, booked_on=day("2025-03-05"))
    for to in (APPROVED, INVOICED):
        world.move(order_id, to, on=day("2025-03-05"))
    world.clock.at = instant("2026-03-05T00:00:59-08:00")
    world.move(order_id, ACTIVATED)
    assert world.balance() == Balance(available=100)
    world.clock.at = instant("2026-03-05T00:01:00-08:00")
    assert world.balance() == Balance(expired=100)
