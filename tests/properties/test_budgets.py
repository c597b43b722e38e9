"""Whatever is bought, voided, capped, moved between budgets, asked for and given back: the books.

Caps and transfers change no lot and no entry, and the sum of the limits is never above what was
bought and not taken back. The law counts requests, and knows no rule by which they were decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World, ready
from training_credits.domain.errors import Problem
from training_credits.domain.model import Approval, OrderState, RedemptionState

TEAMS = ("Support", "Sales")
LEARNERS = ("lee", "mia")
NUMBERS = st.sampled_from([1, 2, 10, 11, 20])
COUNTED = {RedemptionState.PENDING, RedemptionState.APPROVED}

team, learner = st.sampled_from(TEAMS), st.sampled_from(LEARNERS)
who = st.sampled_from([(), ("lee",), ("mia",), LEARNERS])
STEPS = st.one_of(
    st.tuples(st.just("buys")),
    st.tuples(st.just("voids")),
    st.tuples(st.just("caps"), team, NUMBERS, who),
    st.tuples(st.just("recaps"), team, st.integers(0, 1) | NUMBERS, who),
    st.tuples(st.just("transfers"), team, team, NUMBERS),
    st.tuples(st.just("asks"), learner, NUMBERS),
    st.tuples(st.just("denies")),
    st.tuples(st.just("approves")),
)
CAPPING = {"caps", "recaps", "transfers"}


@dataclass
class Play:
    """Steps that a world takes or refuses."""

    world: World = field(default_factory=lambda: ready(Approval.MANUAL))
    lots: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def take(self, name: str, *said: Any) -> bool:
        """Whether it was a yes."""
        steps: Mapping[str, Callable[..., object]] = {
            "buys": self.buys,
            "voids": self.voids,
            "caps": lambda name, limit, learners: self.world.cap(name, limit, *learners),
            "recaps": lambda name, limit, who: self.world.recap(name, limit=limit, learners=who),
            "transfers": self.world.transfer,
            "asks": lambda who, n: self.asked.append(self.world.redeem(n, who)),
            "denies": lambda: self.world.deny(self.asked.pop()),
            "approves": lambda: self.world.approve(self.asked.pop()),
        }
        try:
            steps[name](*said)
        except (Problem, IndexError, StopIteration):  # refused, or there is none
            return False
        return True

    def buys(self) -> None:
        order = self.world.place(10, channel="invoice")
        for to in ("quoted", "accepted", "invoiced", "paid"):
            self.world.move(order, OrderState(to), "ann" if to == "accepted" else "olga")
        self.lots.append(order)

    def voids(self) -> None:
        self.world.move(self.lots.pop(), OrderState.CANCELLED, "otto", note="A typing error.")


def lots_and_entries(world: World) -> object:
    return world.ledger.lots(world.program, world.account), world.entries()


def assert_lawful(world: World) -> None:
    book = world.book()
    bought = sum(
        lot.credits - lot.balance.voided for lot in world.ledger.lots(world.program, world.account)
    )
    limits = sum(budget.limit for budget in book.budgets)
    assert limits == book.account.budgeted <= bought
    requests = world.ledger.rows(world.program, world.account).asked.redemptions.values()
    for budget in book.budgets:
        counted = sum(
            request.credits
            for request in requests
            if budget.budget_id in request.budgets and request.state in COUNTED
        )
        assert 0 <= budget.left == budget.limit - counted


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEPS, max_size=25))
def test_caps_and_transfers_move_no_credits_and_allow_no_more_than_was_bought(
    steps: list[tuple[Any, ...]],
) -> None:
    play = Play()
    play.buys()
    for step in steps:
        before = lots_and_entries(play.world)
        play.take(*step)
        assert_lawful(play.world)
        if step[0] in CAPPING:
            assert lots_and_entries(play.world) == before


def test_each_step_can_be_a_yes() -> None:
    """Or else the law would be kept by doing nothing."""
    play = Play()
    play.buys()
    steps: tuple[tuple[Any, ...], ...] = (
        ("buys",),
        ("caps", "Support", 10, LEARNERS),
        ("caps", "Sales", 1, ()),
        ("transfers", "Support", "Sales", 2),
        ("asks", "lee", 2),
        ("approves",),
        ("asks", "mia", 2),
        ("denies",),
        ("recaps", "Sales", 0, ("mia",)),
        ("voids",),
    )
    assert [play.take(*step) for step in steps] == [True] * len(steps)
