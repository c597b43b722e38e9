from dataclasses import replace

import pytest

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.pricing import cheaper, price
from training_credits.domain.program import Program
from training_credits.programs import program_named

ATLASSIAN = program_named("atlassian")
CISCO = program_named("cisco")


@pytest.mark.rule("AT-07")
@pytest.mark.parametrize(
    ("credits", "dollars"), [(19_999, 19_999), (20_000, 16_000), (20_001, 16_000.80)]
)
def test_from_20000_dollars_an_order_costs_20_percent_less(credits: int, dollars: float) -> None:
    assert price(ATLASSIAN, credits).total_minor == round(dollars * 100)


@pytest.mark.rule("AT-07")
def test_the_promotion_code_is_refused_below_the_threshold() -> None:
    with pytest.raises(Refused) as refused:
        price(ATLASSIAN, 19_999, "twentyoffTC")
    assert refused.value.reason is Reason.BELOW_THRESHOLD
    assert refused.value.facts == {
        "list_minor": 1_999_900,
        "from_minor": 2_000_000,
        "currency": "USD",
    }


@pytest.mark.rule("AT-07")
@pytest.mark.parametrize("promo", [None, "twentyoffTC", "TWENTYOFFTC", "twentyofftc"])
def test_the_promotion_code_may_be_typed_and_need_not_be(promo: str | None) -> None:
    assert price(ATLASSIAN, 20_000, promo).total_minor == 1_600_000


@pytest.mark.parametrize("program", [ATLASSIAN, CISCO], ids=lambda program: program.id)
def test_an_unknown_promotion_code_is_refused(program: Program) -> None:
    with pytest.raises(Refused) as refused:
        price(program, 20_000, "tenoff")
    assert refused.value.reason is Reason.PROMO_UNKNOWN


@pytest.mark.rule("AT-08")
def test_300_credits_are_300_dollars() -> None:
    cost = price(ATLASSIAN, 300)
    assert (cost.total_minor, cost.currency) == (30_000, "USD")


@pytest.mark.rule("AT-13")
def test_20000_credits_have_a_face_and_a_paid_value() -> None:
    cost = price(ATLASSIAN, 20_000)
    assert (cost.list_minor, cost.discount_minor, cost.total_minor) == (
        2_000_000,
        400_000,
        1_600_000,
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
    assert cheaper(ATLASSIAN, credits) == more


@pytest.mark.rule("AT-44")
def test_two_orders_of_10000_have_no_discount() -> None:
    assert [price(ATLASSIAN, 10_000).discount_minor for _ in range(2)] == [0, 0]


@pytest.mark.rule("CI-02")
def test_250_credits_are_25000_dollars_and_have_no_discount() -> None:
    cost = price(CISCO, 250)
    assert (cost.list_minor, cost.discount_minor) == (2_500_000, 0)
    assert cheaper(CISCO, 250) is None


@pytest.mark.rule("CI-02")
def test_a_class_of_3900_dollars_needs_39_credits() -> None:
    assert price(CISCO, 39).list_minor == 390_000


def test_a_threshold_between_two_credits_is_reached_by_the_next_whole_one() -> None:
    volume = ATLASSIAN.purchase.volume_discount
    assert volume is not None
    odd = replace(volume, from_minor=2_000_050)
    program = replace(ATLASSIAN, purchase=replace(ATLASSIAN.purchase, volume_discount=odd))
    assert cheaper(program, 18_000) == 20_001
    assert price(program, 20_000).discount_minor == 0
    assert price(program, 20_001).discount_minor == 400_020


def test_a_discount_is_rounded_down_to_the_cent() -> None:
    volume = ATLASSIAN.purchase.volume_discount
    assert volume is not None
    third = replace(volume, percent=33, from_minor=1)
    unit = replace(ATLASSIAN.unit, value_minor=1)
    purchase = replace(ATLASSIAN.purchase, volume_discount=third)
    assert price(replace(ATLASSIAN, unit=unit, purchase=purchase), 10).discount_minor == 3


@pytest.mark.parametrize(("program", "most"), [(ATLASSIAN, 10_000_000), (CISCO, 1_000_000)])
def test_an_order_beyond_the_most_a_program_sells_is_refused(program: Program, most: int) -> None:
    assert price(program, most).list_minor == most * program.unit.value_minor
    with pytest.raises(Refused) as refused:
        price(program, most + 1)
    assert refused.value.reason is Reason.ORDER_TOO_LARGE
    assert refused.value.facts == {"credits_max": most}
