"""What a line costs in credits: list price, what is taken off by itself, one rounding."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.builders import refused
from training_credits.domain.errors import Reason
from training_credits.domain.model import (
    Agreement,
    Audience,
    Cost,
    Item,
    Mode,
    Off,
    Offering,
    Session,
)
from training_credits.domain.program import PlanDiscount, Program
from training_credits.domain.tariff import cost
from training_credits.programs import program_named

DAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, tzinfo=UTC)
PROGRAMS = {name: program_named(name, NOW) for name in ("atlassian", "cisco", "salesforce")}


def offered(type_: str, **facts: Any) -> Item:
    return Item(offering=Offering(offering_id="O1", type=type_, title="A course", **facts))


def virtual(**facts: Any) -> Item:
    run = Session(
        session_id="S1",
        offering_id="O1",
        starts_on=DAY,
        ends_on=DAY,
        mode=Mode.VIRTUAL,
        country="FR",
    )
    return replace(offered("class", **facts), session=run)


def agreed(**facts: Any) -> Agreement:
    known: dict[str, Any] = {
        "percent": 0,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "made_by": "olga@vendor.example",
        "approved_by": "olga@vendor.example",
    }
    return Agreement(**(known | facts))


def price(name: str, item: Item, agreement: Agreement | None = None, day: date = DAY) -> Cost:
    program: Program = PROGRAMS[name]
    return cost(program, program.products[0], item, day, agreement)


@pytest.mark.rule("AT-08")
def test_a_course_of_300_dollars_needs_300_credits() -> None:
    assert price("atlassian", offered("course", price_minor=30_000)).credits == 300


@pytest.mark.rule("CI-44")
@pytest.mark.parametrize(
    ("minor", "credits"), [(399_500, 40), (390_000, 39), (390_001, 40), (1, 1)]
)
def test_a_price_of_3995_dollars_is_40_credits(minor: int, credits: int) -> None:
    assert price("cisco", offered("class", price_minor=minor)).credits == credits


@pytest.mark.rule("SF-09")
def test_with_the_signature_plan_a_public_virtual_class_costs_nothing() -> None:
    signature = agreed(success_plan="signature")
    free = price("salesforce", virtual(credits=1_500), signature)
    assert free == Cost(
        list_credits=1_500, credits=0, percent=100, reason=Off.PLAN, reference="signature"
    )
    for other in (
        virtual(credits=1_500, audience=Audience.PRIVATE),
        offered("class", credits=1_500, mode=Mode.IN_PERSON),
        offered("event", credits=1_500, mode=Mode.VIRTUAL),
    ):
        assert price("salesforce", other, signature).credits == 1_500
    assert price("salesforce", virtual(credits=1_500)).credits == 1_500


@pytest.mark.rule("SF-30")
def test_the_premier_discount_comes_by_itself_and_the_rest_is_paid() -> None:
    net = price("salesforce", virtual(credits=1_600), agreed(success_plan="premier"))
    assert (net.list_credits, net.credits, net.percent) == (1_600, 1_200, 25)


def test_of_several_discounts_of_one_plan_the_largest_that_fits_counts() -> None:
    spending = PROGRAMS["salesforce"].spending
    rows = tuple(
        PlanDiscount(plan="gold", type="class", percent=percent, modes=modes)
        for percent, modes in ((10, ()), (40, (Mode.VIRTUAL,)), (25, ()))
    )
    several = replace(spending, discounts=(*spending.discounts, *rows))
    assert several.off("gold", virtual()) == 40
    assert several.off("gold", offered("class", mode=Mode.IN_PERSON)) == 25
    assert several.off("gold", offered("event")) == several.off(None, virtual()) == 0


@pytest.mark.rule("CI-30")
def test_an_agreement_of_10_percent_makes_a_class_of_40_cost_36_and_says_so() -> None:
    agreement = agreed(spending_percent=10, reference="A-7")
    item = offered("class", credits=40)
    assert price("cisco", item, agreement) == Cost(
        list_credits=40, credits=36, percent=10, reason=Off.AGREEMENT, reference="A-7"
    )
    assert price("cisco", item, agreement, date(2026, 12, 31)).credits == 36
    assert price("cisco", item, agreement, date(2027, 1, 1)) == Cost(list_credits=40, credits=40)
    assert price("cisco", item, replace(agreement, approved_by=None)).credits == 40


@pytest.mark.parametrize(
    ("percent", "reason"), [(24, Off.PLAN), (25, Off.PLAN), (26, Off.AGREEMENT)]
)
def test_discounts_never_add_up_the_larger_one_counts(percent: int, reason: Off) -> None:
    agreement = agreed(success_plan="premier", spending_percent=percent, reference="A-7")
    found = price("salesforce", virtual(credits=100), agreement)
    assert (found.percent, found.reason) == (max(percent, 25), reason)


def test_an_agreement_of_one_percent_is_one() -> None:
    found = price("cisco", offered("class", credits=100), agreed(spending_percent=1))
    assert (found.credits, found.percent, found.reason) == (99, 1, Off.AGREEMENT)


def test_a_line_is_rounded_once_after_its_quantity_and_its_discount() -> None:
    ten = agreed(spending_percent=10)
    exams = replace(offered("exam", price_minor=39_999), quantity=3)
    assert price("cisco", exams, ten).credits == 11  # 1,079.97 dollars, not three times 4
    assert price("cisco", offered("exam", credits=7), ten).credits == 7  # 6.3


def test_what_has_no_price_is_asked_for() -> None:
    assert refused(lambda: price("cisco", offered("custom"))).reason is Reason.PRICE_NEEDED
