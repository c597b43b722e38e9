"""Orders and training plans."""

from training_credits.domain.model import (
    Order,
    PlanItem,
    Submission,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    OrderItem,
    SubmissionItem,
    TrainingPlanItem,
)
from training_credits.dynamodb.ledger.places import first, submitted
from training_credits.ports import Identity, Page


class Selling:
    """What `ports.Ledger` asks of them."""

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        """One get."""
        item = reading.get(OrderItem, keys.account(program, account_id), keys.order(order_id))
        return item.value() if item else None

    def order_once(
        self, program: str, account_id: str, order_id: str, identity: Identity
    ) -> tuple[Order | None, Submission | None]:
        """One batch get."""
        place = (keys.account(program, account_id), keys.order(order_id))
        items = reading.get_many([place, submitted(program, identity)])
        order = first(item.value() for item in reading.of_kind(items, OrderItem))
        return order, first(item.value() for item in reading.of_kind(items, SubmissionItem))

    def orders(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Order]:
        """One query of the local index."""
        pk = keys.account(program, account_id)
        bounds = {"sk": keys.under(keys.order("")), "book": keys.under(keys.SOLD)}
        return reading.listed(OrderItem, pk, bounds, cursor, limit)

    def open_orders(self, program: str, cursor: str | None, limit: int) -> Page[Order]:
        """One query of the worklist, and one batch get of what it names."""
        found = reading.worklisted(
            OrderItem,
            keys.open_orders(program),
            {"pk": keys.under(keys.account(program, "")), "sk": keys.under(keys.order(""))},
            cursor,
            limit,
        )
        return Page(items=tuple(order for order in found.items if order.open), cursor=found.cursor)

    def plan(self, program: str, account_id: str, lot_id: str) -> tuple[PlanItem, ...]:
        """One get."""
        pk = keys.account(program, account_id)
        item = reading.get(TrainingPlanItem, pk, keys.plan(lot_id))
        return item.wishes if item else ()
