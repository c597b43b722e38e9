"""Where credits are sold, bought and redeemed, and by which version of a program's text."""

from functools import partial
from typing import Any

import pytest

from tests.builders import refused, staff
from tests.unit.rules.selling_tools import booked, day, instant, only_in, says, world_of
from tests.world import World
from training_credits.domain.errors import Reason
from training_credits.domain.model import Billing, OrderState, Role, Sale
from training_credits.domain.program import Redeeming, allowed
from training_credits.edge import views

TWELVE = {"AU", "CA", "FR", "DE", "IN", "IE", "IT", "JP", "SG", "ES", "GB", "US"}
LEAVES = only_in(_2026_01_01="US ZZ", _2026_09_01="US")


def billed(country: str) -> Billing:
    return Billing(company="Acme", country=country)


@pytest.mark.rule("SF-05")
def test_an_order_from_brazil_is_refused_and_one_from_japan_accepted() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    before = world.ledger.kept()
    for begin in (world.place, world.enter):
        no = refused(partial(begin, 100, channel="assisted", billing=billed("BR")))
        assert (no.reason, no.facts) == (Reason.COUNTRY_NOT_SALEABLE, {"country": "BR"})
    assert world.ledger.kept() == before
    for begin in (world.place, world.enter):
        assert world.order(begin(100, channel="assisted", billing=billed("JP"))).open


@pytest.mark.rule("SF-05")
def test_credits_are_sold_in_twelve_countries_and_the_program_says_in_which() -> None:
    world = world_of("salesforce", "2026-07-01T19:00")
    shown = views.program(world.rules, world.caller("ann"), world.clock())
    assert set(shown.countries) == TWELVE
    for country in TWELVE:
        world.place(100, channel="quote", billing=billed(country))


def test_before_the_first_list_credits_are_sold_everywhere() -> None:
    assert allowed(LEAVES, "BR", day("2025-12-31"))
    assert not allowed(LEAVES, "BR", day("2026-01-01"))
    assert allowed((), "BR", day("2026-01-01"))


@pytest.mark.rule("CI-19")
@pytest.mark.parametrize("name", ["sell_countries", "countries"])
def test_the_lists_of_selling_and_buying_have_dates(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    says(monkeypatch, "cisco", purchase={name: LEAVES})
    world = world_of("cisco", "2026-09-01T06:59:59")
    booked(world, 100, "SO-1", billing=billed("ZZ"))
    world.clock.at = instant("2026-09-01T07:00:00")
    no = refused(lambda: booked(world, 100, "SO-2", billing=billed("ZZ")))
    assert (no.reason, no.facts) == (Reason.COUNTRY_NOT_SALEABLE, {"country": "ZZ"})
    booked(world, 100, "SO-3", billing=billed("ZZ"), booked_on=day("2026-08-31"))
    booked(world, 100, "SO-4", billing=billed("US"))


@pytest.mark.rule("CI-19")
def test_both_lists_must_name_a_country(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"sell_countries": only_in(_2026_01_01="US"), "countries": only_in(_2026_01_01="ZZ US")}
    says(monkeypatch, "cisco", purchase=lists)
    world = world_of("cisco", "2026-03-05T20:00")
    assert refused(lambda: booked(world, 1, billing=billed("ZZ"))).facts == {"country": "ZZ"}
    booked(world, 1)


def activated(world: World, invoiced: str) -> None:
    """A lot of 100 of the order SO-5001."""
    order_id = booked(world, 100, booked_on=day(invoiced))
    for to in (OrderState.APPROVED, OrderState.INVOICED):
        world.move(order_id, to, on=day(invoiced))
    world.move(order_id, OrderState.ACTIVATED)


@pytest.mark.rule("CI-19")
def test_country_z_leaves_the_redeem_list_so_a_debit_on_31_august_passes_and_on_1_september_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    redeeming = Redeeming(sales_orders=True, countries=LEAVES)
    says(monkeypatch, "cisco", redeeming=redeeming)
    world = world_of("cisco", "2026-03-05T20:00")
    activated(world, "2026-03-05")
    spend = partial(world.redeem, 1, "ann", sales_order="SO-5001")
    world.clock.at = instant("2026-08-31T23:59:59-07:00")
    spend(country="ZZ")
    assert refused(spend).reason is Reason.COUNTRY_REQUIRED
    world.clock.at = instant("2026-09-01T00:00:00-07:00")
    no = refused(lambda: spend(country="ZZ"))
    assert (no.reason, no.facts) == (Reason.COUNTRY_NOT_REDEEMABLE, {"country": "ZZ"})
    kept = world.redemption(spend(country="US"))
    assert kept.country == views.request(kept).country == "US"
    assert (world.balance().available, world.balance().held) == (98, 2)


@pytest.mark.rule("CI-26")
@pytest.mark.parametrize(
    ("at", "partner", "version"),
    [
        ("2021-06-13T23:59:59-07:00", True, "2013-01-01"),
        ("2021-06-13T23:59:59-07:00", False, "2013-01-01"),
        ("2021-06-14T00:00:00-07:00", False, "2021-06-14"),
    ],
)
def test_what_is_redeemed_keeps_the_version_of_its_day(
    at: str, version: str, *, partner: bool
) -> None:
    world = world_of("cisco", "2021-06-01T20:00")
    activated(world, "2021-06-01")
    world.clock.at = instant(at)
    world.accept_terms("ann")
    asked = world.redeem(1, "ann", sales_order="SO-5001", partner=partner)
    kept = world.redemption(asked)
    assert (kept.policy, kept.partner) == (version, partner)
    assert views.request(kept).partner is partner


@pytest.mark.rule("CI-26")
def test_from_14_june_2021_on_nothing_is_redeemed_with_a_partner() -> None:
    world = world_of("cisco", "2021-06-01T20:00")
    activated(world, "2021-06-01")
    world.clock.at = instant("2021-06-14T00:00:00-07:00")
    world.accept_terms("ann")
    no = refused(lambda: world.redeem(1, "ann", sales_order="SO-5001", partner=True))
    assert no.reason is Reason.PARTNERS_NOT_ACCEPTED
    assert world.balance().available == 100


@pytest.mark.rule("CI-26")
def test_an_order_keeps_the_version_that_priced_it_and_its_lot_the_one_that_gave_it_its_end() -> (
    None
):
    world = world_of("cisco", "2021-06-13T20:00")
    order_id = world.enter(100, sale=Sale(sales_order="SO-1"))
    for to in (OrderState.APPROVED, OrderState.INVOICED):
        world.move(order_id, to)
    world.clock.at = instant("2021-06-14T20:00")
    world.move(order_id, OrderState.ACTIVATED)
    assert world.order(order_id).policy == "2013-01-01"
    assert [lot.policy for lot in world.book().lots] == ["2021-06-14"]


@pytest.mark.rule("SF-34")
@pytest.mark.parametrize(("today", "overdue"), [("2025-09-30", False), ("2025-10-01", True)])
def test_from_1_october_2025_on_the_vendors_staff_see_that_the_text_is_overdue(
    today: str, *, overdue: bool
) -> None:
    world = world_of("salesforce", f"{today}T19:00")

    def seen(who: Any) -> bool | None:
        return views.program(world.rules, who, world.clock()).review_overdue

    assert seen(staff("olga", "salesforce")) is overdue
    assert seen(staff("kim", "salesforce", Role.ADVISOR)) is overdue
    assert seen(world.caller("ann")) is None
    shown = views.program(world.rules, world.caller("ann"), world.clock())
    assert (shown.reviewed_on, shown.next_review_on) == (day("2024-09-30"), day("2025-09-30"))
    assert shown.policy == "2024-09-30"
