import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_credits.domain.pricing import cheaper, price
from training_credits.programs import program_named

CREDITS = st.integers(1, 1_000_000) | st.sampled_from([15_999, 16_000, 16_001, 19_999, 20_000])


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
@given(credits=CREDITS)
def test_an_order_costs_its_list_value_less_a_discount_of_at_most_all(
    program: str, credits: int
) -> None:
    cost = price(program_named(program), credits)
    assert 0 <= cost.discount_minor < cost.list_minor
    assert cost.total_minor + cost.discount_minor == cost.list_minor


@given(credits=CREDITS)
def test_the_discount_is_a_fifth_from_the_threshold_and_nothing_below(credits: int) -> None:
    cost = price(program_named("atlassian"), credits)
    assert cost.discount_minor * 5 == (cost.list_minor if credits >= 20_000 else 0)


@given(credits=CREDITS)
def test_the_hint_is_given_exactly_when_it_saves_money(credits: int) -> None:
    atlassian = program_named("atlassian")
    cost = price(atlassian, credits)
    more = price(atlassian, 20_000)
    saves = credits < 20_000 and more.total_minor < cost.total_minor
    assert cheaper(atlassian, credits) == (20_000 if saves else None)


@given(one=CREDITS, other=CREDITS)
def test_two_orders_never_cost_less_than_one_of_both(one: int, other: int) -> None:
    atlassian = program_named("atlassian")
    apart = price(atlassian, one).total_minor + price(atlassian, other).total_minor
    assert apart >= price(atlassian, one + other).total_minor
