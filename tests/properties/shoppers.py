"""Buying, in the machine: how an order becomes a lot, and how each step of it must come out."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.properties.actors import NOT_YOURS, OWNERS, Actors, reason_of
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import DiscountKind, Order, OrderState, Permission, Sale
from training_credits.domain.program import PERCENT

CARD = "card"
BY_CUSTOMERS = (OrderState.REQUESTED, OrderState.ACCEPTED)
A_YEAR = timedelta(days=365)
Due = tuple[StrEnum | None, ...]


class Shoppers(Actors):
    """Credits are bought, from order to lot."""

    def __init__(self) -> None:
        super().__init__()
        self.paid: set[str] = set()
        self.voidable: set[str] = set()
        self.numbered = self.told = 0

    @property
    def orders(self) -> list[Order]:
        return list(self.rows.orders.values())

    @property
    def by_card(self) -> list[Order]:
        return [order for order in self.orders if order.channel == CARD]

    @property
    def on_their_way(self) -> list[Order]:
        return [order for order in self.orders if order.channel != CARD and order.open]

    @rule(credits=st.sampled_from([60, 500]), who=OWNERS, days_ago=st.sampled_from([0, 364]))
    def buys(self, credits: int, who: str, days_ago: int) -> None:
        """From order to lot: by card, or as sold these days ago, so that it may end first."""
        if CARD in self.policy.purchase.channels:
            answer = self.orders_something(credits, who, CARD)
            if isinstance(answer, str):
                self.hears(self.world.order(answer), "paid")
            return
        order_id = self.sells(credits, "olga", days_ago, fresh=True)
        while (order := self.world.order(order_id)).open:
            self.steps(order, "otto", on=order.trail[0].on)
            assert self.world.order(order_id) != order, "step: it stands still"

    def orders_something(self, credits: int, who: str, channel: str) -> Any:
        answer = self.attempt(
            who,
            "purchase",
            lambda asking: self.world.place(credits, channel=channel, asking=asking),
        )
        due = () if self.may(who, Permission.BUY) else NOT_YOURS
        assert reason_of(answer) in (due or (None,)), f"purchase: {answer}"
        return answer

    def sells(self, credits: int, who: str, days_ago: int, *, fresh: bool) -> str:
        """An order the vendor enters; under a number of its own, or one that was used before."""
        self.numbered += fresh
        number = f"SO-{self.numbered if fresh else 1}"
        taken = any(
            order.sale.sales_order == number and order.state is not OrderState.CANCELLED
            for order in self.orders
        )
        day = self.policy.today(self.clock()) - timedelta(days=days_ago)
        answer = self.attempt(
            who,
            "enter",
            lambda asking: self.world.enter(
                credits,
                channel=next(iter(self.policy.purchase.channels)),
                sale=Sale(sales_order=number),
                booked_on=day,
                asking=asking,
            ),
        )
        due = Reason.SALES_ORDER_TAKEN if taken else None
        assert reason_of(answer) is due, f"number: {number} was taken: {taken}, {answer}"
        return "" if isinstance(answer, Problem) else str(answer)

    def hears(self, order: Order, event: str) -> None:
        """The provider tells of a payment; what is paid for once is there, once."""
        self.told += 1
        facts: dict[str, dict[str, Any]] = {
            "failed": {"succeeded": False, "problem": "card_declined"},
            "other": {"payment_id": "pi-other"},
            "wrong": {"amount_minor": 1},
        }
        if event in facts:
            facts[event]["event_id"] = f"evt-{self.told}"
        due = order.credits if event in ("paid", "again", "other") else 0
        if order.step(OrderState.ACTIVATED):
            due = 0
        raced = bool(self.ledger.meanwhile)
        booked = self.world.settle(order.order_id, **facts.get(event, {}))
        self.ledger.meanwhile.clear()
        if event in ("paid", "again", "other"):
            self.paid.add(order.order_id)
        assert raced or booked.credits == due, f"webhook: {booked} of {event}, due {due}"
        assert booked.problem is None or booked.problem.reason is not Reason.BUSY

    def too_late(self, order: Order) -> bool:
        until = order.valid_until
        return until is not None and self.policy.today(self.clock()) > until

    def following(self, order: Order) -> OrderState | None:
        return self.policy.purchase.channels[order.channel].next(order.state)

    def steps(self, order: Order, who: str, to: OrderState | None = None, **said: Any) -> None:
        """One step on, or another quote."""
        raced, to = bool(self.ledger.meanwhile), to or self.following(order)
        assert to is not None
        due = self.due_of_step(order, to, who)
        answer = self.attempt(
            who,
            "move",
            lambda asking: self.world.move(order.order_id, to, asking=asking, **said),
        )
        assert raced or reason_of(answer) in due, f"step: {to} by {who}: {answer}, due {due}"

    def due_of_step(self, order: Order, to: OrderState, who: str) -> Due:
        accepting = to is OrderState.ACCEPTED
        if not self.may(who, Permission.BUY if accepting else Permission.SELL):
            return NOT_YOURS
        if accepting and self.too_late(order):
            return (Reason.QUOTE_EXPIRED,)
        if accepting and self.deep(order) and len(self.quoted_by(order)) == 1:
            return (Reason.SECOND_OPERATOR_NEEDED,)
        making = to in (OrderState.PAID, OrderState.ACTIVATED)
        hands = {step.by for step in order.trail if step.state not in BY_CUSTOMERS}
        alone = hands <= {self.world.caller(who).person.email}
        if making and alone and (self.too_much(order) or self.too_much_in_parts(order, who)):
            return (Reason.SECOND_OPERATOR_NEEDED,)
        old = self.policy.today(self.clock()) - order.trail[0].on >= A_YEAR
        return (None, Reason.CREDITS_EXPIRED) if making and old else (None,)

    def too_much_in_parts(self, order: Order, who: str) -> bool:
        """With what this operator has made alone today."""
        today = self.policy.today(self.clock())
        place = self.world.caller(who).person.subject, today
        made = self.ledger.place(self.program).made[place]
        return made + order.list_minor >= self.policy.purchase.second_operator_from_minor

    def too_much(self, order: Order) -> bool:
        """For one operator: so much money, or a price so far below the list."""
        least = self.policy.purchase.second_operator_from_minor
        return self.deep(order) or order.list_minor >= least

    def deep(self, order: Order) -> bool:
        """Quoted too far below the list."""
        allowed = order.list_minor * self.policy.purchase.agreement_percent_max
        quoted = order.discount is DiscountKind.QUOTE
        return quoted and order.discount_minor * PERCENT > allowed

    def quoted_by(self, order: Order) -> set[str]:
        """Who has quoted the price it has now."""
        return {step.by for step in order.trail if step.total_minor == order.total_minor}
