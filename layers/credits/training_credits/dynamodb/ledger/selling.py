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
        partition = keys.open_orders(program)
        bounds = {
            "pk": keys.under(keys.account(program, "")),
            "sk": keys.under(keys.order("")),
            "due": ("", keys.LAST),
        }
        after = reading.key_of(cursor, partition, bounds, own="worklist")
        places, key = reading.due_page(partition, limit=limit, after=after)
        items = reading.get_many(places) if places else []
        orders = {(i.pk, i.sk): i.value() for i in reading.of_kind(items, OrderItem)}
        found = tuple(orders[place] for place in places if place in orders)
        still = tuple(order for order in found if order.open)
        return Page(items=still, cursor=reading.cursor_of(key, own="worklist"))

    def plan(self, program: str, account_id: str, lot_id: str) -> tuple[PlanItem, ...]:
        """One get."""
        pk = keys.account(program, account_id)
        item = reading.get(TrainingPlanItem, pk, keys.plan(lot_id))
        return item.wishes if item else ()
