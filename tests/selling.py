"""A world in which credits are bought and sold."""

from datetime import date
from typing import Any

from tests.belonging import Belonging
from tests.builders import SECRET, US, issued, person
from training_credits.domain.change import GrantLot, PlaceOrder, Record, TakeSalesOrder
from training_credits.domain.decisions import orders as order_decisions
from training_credits.domain.decisions.filing import begun
from training_credits.domain.decisions.lots import grant
from training_credits.domain.model import (
    Billing,
    Entry,
    EntryKind,
    Lot,
    Order,
    OrderState,
    Sale,
    Step,
)
from training_credits.domain.program import Anchor
from training_credits.ports import PaymentNews
from training_credits.use_cases import orders, payments, purchase
from training_credits.use_cases.payments import Booked, Means
from training_credits.use_cases.purchase import Basket
from training_credits.use_cases.submit import Intent

STEP_OF = {
    Anchor.ORDER_START: OrderState.BOOKED,
    Anchor.INVOICE: OrderState.INVOICED,
    Anchor.PURCHASE: OrderState.PAID,
    Anchor.ISSUE: OrderState.ACTIVATED,
}


class Selling(Belonging):
    """Orders: by card at once, step by step, entered by the vendor, or there from the start."""

    def buy(
        self,
        credits: int,
        who: str = "ann",
        *,
        promo: str | None = None,
        billing: Billing = US,
        asking: Intent | None = None,
    ) -> str:
        """Place an order by card and hear that it was paid; its id is that of its lot."""
        order_id = self.place(credits, who, promo=promo, billing=billing, asking=asking)
        booked = self.settle(order_id)
        if booked.problem is not None:
            raise booked.problem
        return order_id

    def place(
        self,
        credits: int,
        who: str = "ann",
        *,
        channel: str = "card",
        billing: Billing = US,
        promo: str | None = None,
        product: str | None = None,
        asking: Intent | None = None,
    ) -> str:
        """What a customer orders."""
        return purchase.purchase(
            self.ledger,
            self.clock,
            asking or self.intent(who, "purchase"),
            account_id=self.account,
            basket=Basket(
                credits=credits,
                channel=channel,
                billing=billing,
                promo=promo,
                product_id=product or self.rules.products[0].id,
            ),
        )

    def enter(
        self,
        credits: int,
        who: str = "olga",
        *,
        sale: Sale | None = None,
        asking: Intent | None = None,
        **more: Any,
    ) -> str:
        """What the vendor has sold; `more` is of the basket."""
        facts: dict[str, Any] = {"channel": "direct", "billing": US, "sale": sale or Sale()}
        facts |= {"product_id": self.rules.products[0].id} | more
        return purchase.enter(
            self.ledger,
            self.clock,
            asking or self.intent(who, "enter"),
            account_id=self.account,
            basket=Basket(credits=credits, **facts),
        )

    def move(
        self,
        order_id: str,
        to: OrderState,
        who: str = "olga",
        *,
        asking: Intent | None = None,
        **said: Any,
    ) -> str:
        """One step of an order; `said` is of the wish: on, note, total_minor, sale."""
        return orders.move(
            self.ledger,
            self.clock,
            lambda: self.payments,
            asking or self.intent(who, "move"),
            account_id=self.account,
            order_id=order_id,
            said=order_decisions.NextStep(to=to, **said),
            secret=SECRET,
        )

    def pay(self, order_id: str, who: str = "ann", means: Means | None = None) -> Any:
        """Open or confirm the payment of an order."""
        return payments.pay(
            self.ledger,
            self.clock,
            self.payments,
            self.caller(who),
            account_id=self.account,
            order_id=order_id,
            means=means or Means(),
        )

    def settle(self, order_id: str, **facts: Any) -> Booked:
        """Hear of the provider that an order was paid, or why it was not."""
        return payments.hear(self.ledger, self.clock, self.news(order_id, **facts), SECRET)

    def news(self, order_id: str, **facts: Any) -> PaymentNews:
        """What the provider says of the payment of an order: by default, that it went well."""
        order = self.order(order_id)
        known: dict[str, Any] = {
            "event_id": f"evt-{order_id}",
            "payment_id": order.payment_id or f"pi_{order_id}",
            "program": self.program,
            "account_id": self.account,
            "order_id": order_id,
            "succeeded": True,
            "amount_minor": order.total_minor,
            "currency": order.currency,
            "kept": None,
            "problem": None,
        }
        return PaymentNews(**(known | facts))

    def grant(self, lot_id: str, credits: int, *, product: str = "", **dates: date) -> Lot:
        """Book a lot of any program, with these dates of its anchors, as if it had been sold.

        Where a sales order number pays, it is the id of the lot.
        """
        order = self._sold(lot_id, credits, product, {Anchor(k): v for k, v in dates.items()})
        lot = grant(self.rules, order, self.clock())
        entry = Entry(
            entry_id=f"purchase-{lot_id}",
            account_id=self.account,
            kind=EntryKind.PURCHASE,
            at=self.clock(),
            movements=(issued(lot_id, credits),),
            reference=lot_id,
            title=f"Purchase of {credits} credits",
            actor="ann@acme.example",
        )
        paying = self.rules.redeeming.sales_orders
        number = (TakeSalesOrder(number=lot_id, order_id=lot_id),) if paying else ()
        sold = (PlaceOrder(order=order), *number, GrantLot(lot=lot), Record(entry=entry))
        self.commit(*sold, begun(self.rules, self.clock()))
        return lot

    def _sold(self, lot_id: str, credits: int, product: str, dates: dict[Anchor, date]) -> Order:
        rules, now = self.rules, self.clock()
        sold = rules.product(product or rules.products[0].id)
        on = {STEP_OF[anchor]: day for anchor, day in dates.items()}
        on.setdefault(OrderState.ACTIVATED, rules.today(now))
        steps = sorted(on.items(), key=lambda step: list(OrderState).index(step[0]))
        return Order(
            order_id=lot_id,
            account_id=self.account,
            product=sold.id,
            credits=credits,
            list_minor=credits * sold.unit.value_minor,
            discount_minor=0,
            currency=sold.unit.currency,
            channel=next(iter(rules.purchase.channels)),
            state=OrderState.ACTIVATED,
            buyer=person("ann"),
            billing=US,
            sale=Sale(sales_order=lot_id if rules.redeeming.sales_orders else None),
            placed_at=now,
            trail=tuple(Step(state=s, at=now, on=d, by="ann@acme.example") for s, d in steps),
            policy=rules.version,
        )
