"""An order and what was agreed about its price, by themselves."""

from datetime import date

import pytest

from tests.builders import order_of, step_of
from training_credits.domain.model import Agreement, OrderState


def agreed(approved_by: str | None = "olga@cisco.example") -> Agreement:
    return Agreement(
        percent=10,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        made_by="olga@cisco.example",
        approved_by=approved_by,
    )


def test_an_order_costs_its_list_value_less_the_discount() -> None:
    assert order_of(20_000, discount_minor=400_000).total_minor == 1_600_000


def test_one_order_is_one_lot_under_the_same_id() -> None:
    assert order_of(order_id="O7").lot_id == "O7"


@pytest.mark.parametrize("state", OrderState)
def test_an_order_is_open_until_it_is_activated_or_cancelled(state: OrderState) -> None:
    finished = (OrderState.ACTIVATED, OrderState.CANCELLED)
    assert order_of(state=state).open is (state not in finished)


def test_a_step_is_found_if_it_was_made() -> None:
    order = order_of(trail=(step_of(OrderState.ACCEPTED), step_of(OrderState.PAID, by="bob")))
    assert order.step(OrderState.PAID) == step_of(OrderState.PAID, by="bob")
    assert order.step(OrderState.ACTIVATED) is None


@pytest.mark.rule("CI-30")
@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 10),
        (date(2026, 12, 31), 10),
        (date(2027, 1, 1), 0),
    ],
)
def test_an_agreement_of_10_percent_until_31_december_is_in_force_on_that_day(
    day: date, percent: int
) -> None:
    assert agreed().percent_on(day) == percent


def test_an_agreement_that_nobody_approved_is_not_in_force() -> None:
    assert agreed(approved_by=None).percent_on(date(2026, 6, 1)) == 0
