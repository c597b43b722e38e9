"""What credits cost, and what was paid for any part of them, to the cent."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.builders import lot_of
from training_credits.domain.errors import Refused
from training_credits.domain.model import Agreement, DiscountKind
from training_credits.domain.pricing import Price, cheaper, price, quoted
from training_credits.domain.program import Program
from training_credits.programs import program_named

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
DAY = date(2026, 2, 10)
CREDITS = st.integers(1, 1_000_000) | st.sampled_from([15_999, 16_000, 16_001, 19_999, 20_000])
PERCENT = st.sampled_from([0, 1, 19, 20, 21, 99])
ATLASSIAN = program_named("atlassian", NOW)


def costs(program: Program, credits: int, percent: int = 0) -> Price:
    agreement = Agreement(
        percent=percent, starts_on=DAY, ends_on=DAY, made_by="olga", approved_by="otto"
    )
    return price(program, program.products[0], credits, DAY, agreement=agreement)


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
@given(credits=CREDITS, percent=PERCENT)
def test_an_order_costs_its_list_value_less_a_discount_of_at_most_all(
    program: str, credits: int, percent: int
) -> None:
    cost = costs(program_named(program, NOW), credits, percent)
    assert 0 <= cost.discount_minor < cost.list_minor
    assert cost.total_minor + cost.discount_minor == cost.list_minor
    assert (cost.discount is None) == (cost.discount_minor == 0)


@given(credits=CREDITS)
def test_the_discount_is_a_fifth_from_the_threshold_and_nothing_below(credits: int) -> None:
    cost = costs(ATLASSIAN, credits)
    assert cost.discount_minor * 5 == (cost.list_minor if credits >= 20_000 else 0)


@given(credits=CREDITS, percent=PERCENT)
def test_two_discounts_never_add_up_the_larger_one_counts(credits: int, percent: int) -> None:
    cost = costs(ATLASSIAN, credits, percent)
    volume = 20 if credits >= 20_000 else 0
    assert cost.discount_minor == cost.list_minor * max(volume, percent) // 100
    if percent > volume:
        assert cost.discount is DiscountKind.AGREEMENT


@given(credits=CREDITS)
def test_the_hint_is_given_exactly_when_it_saves_money(credits: int) -> None:
    more = costs(ATLASSIAN, 20_000)
    saves = credits < 20_000 and more.total_minor < costs(ATLASSIAN, credits).total_minor
    hint = cheaper(ATLASSIAN, ATLASSIAN.products[0], credits, DAY)
    assert hint == ((20_000, more.total_minor) if saves else None)


@given(one=CREDITS, other=CREDITS)
def test_two_orders_never_cost_less_than_one_of_both(one: int, other: int) -> None:
    apart = costs(ATLASSIAN, one).total_minor + costs(ATLASSIAN, other).total_minor
    assert apart >= costs(ATLASSIAN, one + other).total_minor


@given(credits=CREDITS, total=st.integers(-1, 200_000_000))
def test_a_quote_is_more_than_nothing_and_at_most_the_list(credits: int, total: int) -> None:
    listed = costs(ATLASSIAN, credits)
    if 0 < total <= listed.list_minor:
        assert quoted(listed, total).total_minor == total
    else:
        with pytest.raises(Refused):
            quoted(listed, total)


@given(
    credits=st.sampled_from([1, 2, 3, 7, 500, 20_000]),
    paid=st.sampled_from([1, 2, 99, 100, 101, 1_600_000, 1_600_001]),
    parts=st.lists(st.integers(1, 7_000), max_size=8),
)
def test_what_was_paid_is_split_over_any_parts_without_a_cent_lost(
    credits: int, paid: int, parts: list[int]
) -> None:
    assume(sum(parts) <= credits)
    lot = lot_of("L1", credits, NOW, paid_minor=paid)
    left, shares = credits, []
    for part in parts:
        shares.append(lot.paid_for(left) - lot.paid_for(left - part))
        left -= part
    assert sum(shares) + lot.paid_for(left) == paid
    assert all(abs(s * credits - p * paid) < credits for s, p in zip(shares, parts, strict=True))
    assert lot.paid_for(0) == 0
