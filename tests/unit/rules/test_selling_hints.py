"""That more credits would cost less: shown with its price, while the order can still be changed."""

import pytest

from tests.unit.rules.selling_tools import says, shown, world_of
from training_credits.domain.model import OrderState
from training_credits.edge import schemas

BEGIN = "2026-02-10T09:00"


def hint_of(order: schemas.OrderAnswer) -> tuple[int | None, int | None]:
    return order.cheaper_credits, order.cheaper_total_minor


@pytest.mark.rule("AT-43")
def test_whoever_asks_for_18000_is_shown_that_20000_cost_16000() -> None:
    world = world_of("atlassian", BEGIN)
    answer = shown(world, world.place(18_000, channel="invoice"))
    assert answer.total_minor == 1_800_000
    assert hint_of(answer) == (20_000, 1_600_000)
    other = shown(world, world.place(20_000, channel="invoice"))
    assert other.total_minor == 1_600_000
    assert hint_of(other) == (None, None)


@pytest.mark.rule("AT-43")
@pytest.mark.parametrize("channel", ["card", "invoice"])
def test_of_what_is_bought_or_withdrawn_nobody_is_shown_what_would_have_cost_less(
    channel: str,
) -> None:
    world = world_of("atlassian", BEGIN)
    bought, withdrawn = (world.place(18_000, channel=channel) for _ in range(2))
    assert hint_of(shown(world, bought)) == hint_of(shown(world, withdrawn)) == (20_000, 1_600_000)
    if channel == "card":
        world.settle(bought)
    else:
        for to, who in (("quoted", "olga"), ("accepted", "ann"), ("invoiced", "olga")):
            world.move(bought, OrderState(to), who)
            assert hint_of(shown(world, bought)) == (20_000, 1_600_000)
        world.move(bought, OrderState.PAID)
    world.move(withdrawn, OrderState.CANCELLED, "ann")
    for order_id in (bought, withdrawn):
        assert hint_of(shown(world, order_id)) == (None, None)


@pytest.mark.rule("AT-43")
@pytest.mark.parametrize(
    ("credits_max", "hint"), [(20_000, (20_000, 1_600_000)), (19_999, (None, None))]
)
def test_more_than_one_order_may_buy_is_no_hint(
    monkeypatch: pytest.MonkeyPatch, credits_max: int, hint: tuple[int | None, int | None]
) -> None:
    world = world_of("atlassian", BEGIN)
    order_id = world.place(18_000)
    says(monkeypatch, "atlassian", purchase={"credits_max": credits_max})
    assert hint_of(shown(world, order_id)) == hint
