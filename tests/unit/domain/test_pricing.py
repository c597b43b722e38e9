from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Agreement, DiscountKind
from training_credits.domain.pricing import Price, cheaper, price, quoted
from training_credits.domain.program import Program, VolumeDiscount
from training_credits.programs import program_named

DAY = date(2026, 2, 10)
ATLASSIAN = program_named("atlassian", datetime(2026, 2, 10, tzinfo=UTC))
CISCO = program_named("cisco", datetime(2026, 2, 10, tzinfo=UTC))
TWENTY = VolumeDiscount(from_minor=2_000_000, percent=20, promo_code="twentyoffTC")


def cost(program: Program, credits: int, promo: str | None = None, **more: Any) -> Price:
    return price(program, program.products[0], credits, DAY, promo=promo, **more)


def hint(program: Program, credits: int) -> tuple[int, int] | None:
    return cheaper(program, program.products[0], credits, DAY)


def agreed(percent: int, **more: Any) -> Agreement:
    facts: dict[str, Any] = {
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "made_by": "olga",
        "approved_by": "olga",
    }
    return Agreement(percent=percent, **(facts | more))


def selling(volume: VolumeDiscount, value_minor: int = 100) -> Program:
    """Atlassian with another discount, or with credits of another value."""
    unit = replace(ATLASSIAN.products[0].unit, value_minor=value_minor)
    return replace(
        ATLASSIAN,
        products=(replace(ATLASSIAN.products[0], unit=unit),),
        purchase=replace(ATLASSIAN.purchase, volume_discount=volume),
    )


@pytest.mark.rule("AT-07")
@pytest.mark.parametrize(
    ("credits", "dollars"), [(19_999, 19_999), (20_000, 16_000), (20_001, 16_000.80)]
)
def test_from_20000_dollars_an_order_costs_20_percent_less(credits: int, dollars: float) -> None:
    assert cost(ATLASSIAN, credits).total_minor == round(dollars * 100)


@pytest.mark.rule("AT-07")
def test_the_promotion_code_is_refused_below_the_threshold() -> None:
    with pytest.raises(Refused) as refused:
        cost(ATLASSIAN, 19_999, "twentyoffTC")
    assert refused.value.reason is Reason.BELOW_THRESHOLD
    assert refused.value.facts == {
        "list_minor": 1_999_900,
        "from_minor": 2_000_000,
        "currency": "USD",
    }


@pytest.mark.rule("AT-07")
@pytest.mark.parametrize("promo", [None, "twentyoffTC", "TWENTYOFFTC", "twentyofftc"])
def test_the_promotion_code_may_be_typed_and_need_not_be(promo: str | None) -> None:
    assert cost(ATLASSIAN, 20_000, promo).total_minor == 1_600_000


@pytest.mark.rule("AT-07")
@pytest.mark.parametrize(
    ("automatic", "promo", "dollars"),
    [
        (True, None, 16_000),
        (True, "twentyoffTC", 16_000),
        (False, None, 20_000),
        (False, "twentyoffTC", 16_000),
        (False, "TWENTYOFFTC", 16_000),
    ],
)
def test_where_the_policy_wants_the_code_typed_the_discount_waits_for_it(
    promo: str | None, dollars: int, *, automatic: bool
) -> None:
    assert ATLASSIAN.purchase.volume_discount == replace(TWENTY, automatic=True)
    program = selling(replace(TWENTY, automatic=automatic))
    found = cost(program, 20_000, promo)
    due = DiscountKind.VOLUME if dollars < 20_000 else None
    assert (found.total_minor, found.discount) == (dollars * 100, due)
    assert hint(program, 18_000) == (20_000, 1_600_000)


def test_where_it_must_be_typed_an_agreement_counts_without_it() -> None:
    program = selling(replace(TWENTY, automatic=False))
    found = cost(program, 20_000, agreement=agreed(10))
    assert (found.total_minor, found.discount) == (1_800_000, DiscountKind.AGREEMENT)
    found = cost(program, 20_000, "twentyoffTC", agreement=agreed(10))
    assert (found.total_minor, found.discount) == (1_600_000, DiscountKind.VOLUME)


@pytest.mark.parametrize("program", [ATLASSIAN, CISCO], ids=lambda program: program.id)
def test_an_unknown_promotion_code_is_refused(program: Program) -> None:
    with pytest.raises(Refused) as refused:
        cost(program, 20_000, "tenoff")
    assert refused.value.reason is Reason.PROMO_UNKNOWN


@pytest.mark.rule("AT-08")
def test_300_credits_are_300_dollars() -> None:
    found = cost(ATLASSIAN, 300)
    assert (found.total_minor, found.currency, found.discount) == (30_000, "USD", None)


@pytest.mark.rule("AT-13")
def test_20000_credits_have_a_face_and_a_paid_value() -> None:
    assert cost(ATLASSIAN, 20_000) == Price(
        list_minor=2_000_000,
        discount_minor=400_000,
        currency="USD",
        discount=DiscountKind.VOLUME,
    )


@pytest.mark.rule("AT-43")
@pytest.mark.parametrize(
    ("credits", "more"),
    [
        (18_000, 20_000),
        (16_001, 20_000),
        (16_000, None),
        (19_999, 20_000),
        (20_000, None),
        (1, None),
    ],
)
def test_whoever_asks_for_18000_learns_that_20000_cost_less(credits: int, more: int | None) -> None:
    assert hint(ATLASSIAN, credits) == ((more, 1_600_000) if more else None)


@pytest.mark.rule("AT-44")
def test_two_orders_of_10000_have_no_discount() -> None:
    assert [cost(ATLASSIAN, 10_000).discount_minor for _ in range(2)] == [0, 0]


@pytest.mark.rule("CI-02")
def test_250_credits_are_25000_dollars_and_have_no_discount() -> None:
    found = cost(CISCO, 250)
    assert (found.list_minor, found.discount_minor) == (2_500_000, 0)
    assert hint(CISCO, 250) is None


@pytest.mark.rule("CI-02")
def test_a_class_of_3900_dollars_needs_39_credits() -> None:
    assert cost(CISCO, 39).list_minor == 390_000


def test_a_threshold_between_two_credits_is_reached_by_the_next_whole_one() -> None:
    program = selling(VolumeDiscount(from_minor=2_000_050, percent=20, promo_code="x"))
    assert hint(program, 18_000) == (20_001, 1_600_080)
    assert cost(program, 20_000).discount_minor == 0
    assert cost(program, 20_001).discount_minor == 400_020


def test_a_discount_is_rounded_down_to_the_cent() -> None:
    program = selling(VolumeDiscount(from_minor=1, percent=33, promo_code="x"), value_minor=1)
    assert cost(program, 10).discount_minor == 3


@pytest.mark.parametrize(("program", "most"), [(ATLASSIAN, 10_000_000), (CISCO, 1_000_000)])
def test_an_order_beyond_the_most_a_program_sells_is_refused(program: Program, most: int) -> None:
    assert cost(program, most).list_minor == most * program.products[0].unit.value_minor
    with pytest.raises(Refused) as refused:
        cost(program, most + 1)
    assert refused.value.reason is Reason.ORDER_TOO_LARGE
    assert refused.value.facts == {"credits_max": most}


# What was negotiated


@pytest.mark.rule("CI-30")
@pytest.mark.parametrize(
    ("day", "paid"), [(date(2026, 12, 31), 360_000), (date(2027, 1, 1), 400_000)]
)
def test_under_an_agreement_of_10_percent_40_credits_cost_what_36_do_until_its_last_day(
    day: date, paid: int
) -> None:
    found = price(CISCO, CISCO.products[0], 40, day, agreement=agreed(10))
    assert found.total_minor == paid
    assert found.discount is (DiscountKind.AGREEMENT if paid < 400_000 else None)


@pytest.mark.parametrize(
    ("credits", "percent", "off", "why"),
    [
        (20_000, 20, 400_000, DiscountKind.VOLUME),
        (20_000, 21, 420_000, DiscountKind.AGREEMENT),
        (20_000, 19, 400_000, DiscountKind.VOLUME),
        (19_999, 19, 379_981, DiscountKind.AGREEMENT),
        (19_999, 0, 0, None),
    ],
)
def test_discounts_never_add_up_and_the_larger_one_counts(
    credits: int, percent: int, off: int, why: DiscountKind | None
) -> None:
    found = cost(ATLASSIAN, credits, agreement=agreed(percent))
    assert (found.discount_minor, found.discount) == (off, why)


def test_an_agreement_that_waits_for_a_second_operator_gives_nothing() -> None:
    assert cost(CISCO, 40, agreement=agreed(30, approved_by=None)).discount is None


# What an operator quotes

LISTED = Price(
    list_minor=2_000_000, discount_minor=400_000, currency="USD", discount=DiscountKind.VOLUME
)


@pytest.mark.rule("AT-12")
def test_a_quote_of_the_price_there_is_changes_nothing() -> None:
    assert quoted(LISTED, 1_600_000) == LISTED


@pytest.mark.parametrize(
    ("total", "off", "why"),
    [
        (1_500_000, 500_000, DiscountKind.QUOTE),
        (1_999_999, 1, DiscountKind.QUOTE),
        (2_000_000, 0, None),
        (1, 1_999_999, DiscountKind.QUOTE),
    ],
)
def test_a_quote_replaces_every_other_discount(
    total: int, off: int, why: DiscountKind | None
) -> None:
    found = quoted(LISTED, total)
    assert (found.total_minor, found.discount_minor, found.discount) == (total, off, why)


@pytest.mark.parametrize("total", [0, -1, 2_000_001])
def test_a_quote_is_more_than_nothing_and_at_most_the_list_value(total: int) -> None:
    with pytest.raises(Refused) as refused:
        quoted(LISTED, total)
    assert refused.value.reason is Reason.PRICE_NOT_POSSIBLE
    assert refused.value.facts == {"list_minor": 2_000_000, "currency": "USD"}
