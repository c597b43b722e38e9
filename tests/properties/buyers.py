"""Buying, in the machine: paid late, never, or twice; quoted, moved on, and taken back."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests.fakes.payments import DECLINED, GOOD
from tests.properties.actors import ENDS, NOT_YOURS, OWNERS, reason_of
from tests.properties.shoppers import CARD, Shoppers
from training_credits.domain.errors import Problem, Reason
from training_credits.domain.model import Order, OrderState, Permission
from training_credits.ports import PaymentState
from training_credits.use_cases.payments import Means

EVENTS = ["paid", "paid", "again", "failed", "other", "wrong"]
VENDOR = st.sampled_from(["olga", "otto"])
RACES = st.sampled_from(["nothing", "nothing", "paid", "withdrawn", "moved"])
OPEN = (OrderState.REQUESTED, OrderState.QUOTED, OrderState.ACCEPTED)


class Buyers(Shoppers):
    """Customers order, the provider tells of payments, operators move orders along."""

    @rule(
        credits=st.sampled_from([60, 20_000]),
        who=OWNERS,
        place=st.integers(0, 1),
        fresh=st.booleans(),
    )
    def begins_an_order(self, credits: int, who: str, place: int, *, fresh: bool) -> None:
        """Where customers cannot, the vendor enters what was sold, maybe under a known number."""
        channels = self.policy.purchase.channels
        names = [name for name, channel in channels.items() if channel.by_customer]
        if names:
            self.orders_something(credits, who, names[place])
        else:
            self.sells(credits // 8 + 1, "olga" if who == "ann" else "otto", 0, fresh=fresh)

    @precondition(lambda self: self.by_card)
    @rule(place=ENDS, event=st.sampled_from(EVENTS), meanwhile=RACES)
    def is_told(self, place: int, event: str, meanwhile: str) -> None:
        order = self.undecided(self.by_card, place)
        self.interrupt(meanwhile, **self.other_hands(order))
        self.hears(order, event)

    @precondition(lambda self: self.by_card)
    @rule(place=ENDS, who=OWNERS, method=st.sampled_from([None, GOOD, DECLINED]), meanwhile=RACES)
    def pays(self, place: int, who: str, method: str | None, meanwhile: str) -> None:
        """Opens the payment, or has a card charged; nothing is booked before it is heard of."""
        order = self.undecided(self.by_card, place)
        lots = len(self.rows.lots)
        raced = self.interrupt(meanwhile, **self.other_hands(order))
        means = Means(method_id=method)
        answer: Any = None
        try:
            self.world.pay(order.order_id, who, means)
        except Problem as problem:
            answer = problem
        finally:
            self.ledger.meanwhile.clear()
        due = self.due_of_paying(order, who)
        declined = (*due, Reason.PAYMENT_DECLINED) if method == DECLINED else due
        assert raced or reason_of(answer) in declined, f"paying: {answer}, due {due}"
        assert raced or len(self.rows.lots) == lots, "paying: booked before it was heard of"

    @precondition(lambda self: self.on_their_way)
    @rule(
        place=ENDS,
        who=st.sampled_from(["", "", "", "ann", "olga", "otto"]),
        total_minor=st.sampled_from([None, 4_999]),
        meanwhile=RACES,
    )
    def moves_on(self, place: int, who: str, total_minor: int | None, meanwhile: str) -> None:
        """One step, by whoever should take it, or by somebody else."""
        order = self.on_their_way[place]
        accepting = self.following(order) is OrderState.ACCEPTED
        by = who or (self.an_owner if accepting else "otto")
        self.interrupt(meanwhile, **self.other_hands(order))
        self.steps(order, by, None, **self.priced(order, total_minor))

    @precondition(lambda self: self.on_their_way)
    @rule(place=ENDS, who=VENDOR, total_minor=st.sampled_from([None, 4_999]))
    def comes_to_its_end(self, place: int, who: str, total_minor: int | None) -> None:
        """All steps that are left, each of the vendor's by the same operator."""
        self.goes_on(self.on_their_way[place], who, total_minor)

    @precondition(lambda self: self.quotes)
    @rule(place=ENDS, who=VENDOR, total_minor=st.sampled_from([None, 4_999, 5_000]))
    def quotes_another_price(self, place: int, who: str, total_minor: int | None) -> None:
        self.quotes_again(self.quotes[place], who, total_minor)

    @property
    def quotes(self) -> list[Order]:
        """Quoted, and not yet accepted."""
        return [order for order in self.orders if order.state is OrderState.QUOTED]

    def quotes_again(self, order: Order, who: str, total_minor: int | None) -> None:
        """Until somebody accepts it a quote can be corrected, or said by a second one."""
        price = {} if total_minor is None else {"total_minor": total_minor}
        self.steps(order, who, OrderState.QUOTED, **price)

    @precondition(lambda self: self.orders)
    @rule(place=ENDS, who=st.sampled_from(["ann", "bob", "olga", "otto"]), meanwhile=RACES)
    def takes_an_order_back(self, place: int, who: str, meanwhile: str) -> None:
        """Before it is paid for; after that only an operator can, and only what is unused."""
        order = self.undecided(self.orders, place)
        raced = self.interrupt(meanwhile, **self.other_hands(order))
        self.withdraws(order, who, raced=raced)

    def goes_on(self, order: Order, who: str, total_minor: int | None = None) -> None:
        """As far as one operator can bring it."""
        before: OrderState | None = None
        while order.open and order.state is not before:
            before = order.state
            accepting = self.following(order) is OrderState.ACCEPTED
            if accepting and self.deep(order):
                self.quotes_again(order, "otto" if who == "olga" else "olga", order.total_minor)
                order = self.world.order(order.order_id)
            by = self.an_owner if accepting else who
            self.steps(order, by, None, **self.priced(order, total_minor))
            order = self.world.order(order.order_id)

    def undecided(self, orders: list[Order], place: int) -> Order:
        """The last one that may still go either way, or the last one."""
        unpaid = [order for order in orders if order.step(OrderState.ACTIVATED) is None]
        return (unpaid if unpaid and place == 0 else orders)[-1]

    def priced(self, order: Order, total_minor: int | None) -> dict[str, int]:
        """A quote may name a price."""
        quoting = self.following(order) is OrderState.QUOTED
        return {"total_minor": total_minor} if quoting and total_minor else {}

    def due_of_paying(self, order: Order, who: str) -> tuple[StrEnum | None, ...]:
        if not self.may(who, Permission.BUY):
            return NOT_YOURS
        if order.state is not OrderState.ACCEPTED:
            return (Reason.ORDER_MOVED,)
        return (Reason.QUOTE_EXPIRED,) if self.too_late(order) else (None,)

    def withdraws(self, order: Order, who: str, *, raced: bool = False) -> None:
        self.tick()
        if order.state is OrderState.ACTIVATED:
            self.voidable.add(order.order_id)
        due = self.due_of_withdrawal(order, who)
        answer = self.attempt(
            who,
            "move",
            lambda asking: self.world.move(
                order.order_id, OrderState.CANCELLED, asking=asking, note="taken back"
            ),
        )
        assert raced or reason_of(answer) in due, f"void: by {who}: {answer}, due {due}"

    def due_of_withdrawal(self, order: Order, who: str) -> tuple[StrEnum | None, ...]:
        if not self.may(who, Permission.BUY) and not self.may(who, Permission.SELL):
            return NOT_YOURS
        if order.state is OrderState.CANCELLED:
            return (Reason.STEP_NOT_NEXT,)
        if order.state is OrderState.ACTIVATED and order.channel == CARD:
            return (Reason.NOT_REFUNDABLE,)
        if order.state is OrderState.ACTIVATED and self.may(who, Permission.SELL):
            lot = self.rows.lots[order.lot_id]
            whole = self.payable(lot.lot_id) == lot.credits and not lot.closed
            return (None if whole else Reason.CREDITS_IN_USE, Reason.SECOND_OPERATOR_NEEDED)
        withdrawable = order.state in OPEN[:2] or (order.state, order.channel) == (OPEN[2], CARD)
        if not withdrawable and not self.may(who, Permission.SELL):
            return (Reason.NOT_REFUNDABLE,)
        payment = self.world.payments.payments.get(order.payment_id or "")
        taken = payment is not None and payment.state is PaymentState.SUCCEEDED
        return (Reason.PAYMENT_UNDER_WAY,) if taken else (None,)

    def other_hands(self, order: Order) -> dict[str, Callable[[], object]]:
        """What may happen to an order between somebody's read and their write."""
        actions: dict[str, Callable[[], object]] = {
            "withdrawn": lambda: self.withdraws(self.world.order(order.order_id), "otto")
        }
        if order.channel == CARD:
            actions["paid"] = lambda: self.hears(self.world.order(order.order_id), "paid")
        elif order.open:
            actions["moved"] = lambda: self.goes_on(self.world.order(order.order_id), "olga")
        return actions

    @invariant()
    def credits_are_there_for_money_and_for_nothing_else(self) -> None:
        """Whoever has paid has the credits; an operator voids them on purpose, or not at all."""
        for order in self.by_card:
            paid, lot = order.order_id in self.paid, order.lot_id in self.rows.lots
            assert paid is lot, f"money: paid is {paid}, and {order.state} the order"
            kept = order.state is OrderState.ACTIVATED
            assert kept or not paid, f"money: it was paid for, and is {order.state}"
        for lot_id, one in self.rows.lots.items():
            wanted = not one.balance.voided or lot_id in self.voidable
            assert wanted, f"void: nobody asked to void {lot_id}"
