"""Writes of buying: orders, their numbers, what was made alone, training plans."""

from typing import Any

from training_credits.domain import change as c
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import MadeItem, OrderItem, SalesOrderItem, TrainingPlanItem
from training_credits.dynamodb.steps.base import ABSENT, Step, account, said_anew, set_or_remove

Write = c.PlaceOrder | c.TakeSalesOrder | c.FreeSalesOrder | c.MoveOrder | c.CountMade | c.SetPlan


def step(change: c.Change, write: Write) -> Step:
    """Its one action."""
    match write:
        case c.PlaceOrder():
            return _placed(change, write)
        case c.TakeSalesOrder() | c.FreeSalesOrder():
            return _numbered(change, write)
        case c.MoveOrder():
            return _moved(change, write)
        case c.CountMade():
            return _counted(change, write)
        case c.SetPlan(lot_id=lot_id, items=items):
            plan = TrainingPlanItem(pk=account(change), sk=keys.plan(lot_id), wishes=items)
            return Step(write=write, item=plan, guard=None)


def _numbered(change: c.Change, write: c.TakeSalesOrder | c.FreeSalesOrder) -> Step:
    item = SalesOrderItem(pk=keys.sales_order(change.program, write.number), sk=keys.SALES_ORDER)
    if isinstance(write, c.FreeSalesOrder):
        free = [SalesOrderItem.order_id.remove(), SalesOrderItem.account_id.remove()]
        own = SalesOrderItem.order_id == write.order_id
        return Step(write=write, item=item, guard=own, actions=free)
    item.account_id, item.order_id = change.account_id, write.order_id
    taken = said_anew(item, "account_id", "order_id")
    nobodys = SalesOrderItem.order_id.does_not_exist()
    return Step(write=write, item=item, guard=nobodys, actions=taken)


def _counted(change: c.Change, write: c.CountMade) -> Step:
    """What is not there yet counts as nothing."""
    item = MadeItem(pk=keys.caller(change.program, write.subject), sk=keys.made(write.day))
    guard: Any = MadeItem.minor < write.below - write.minor
    if write.minor < write.below:
        guard |= MadeItem.minor.does_not_exist()
    more = [*said_anew(item), MadeItem.minor.add(write.minor)]
    return Step(write=write, item=item, guard=guard, actions=more)


def _placed(change: c.Change, write: c.PlaceOrder) -> Step:
    order = write.order
    due = keys.order_due(order)
    placed = OrderItem.of(
        order,
        pk=account(change),
        sk=keys.order(order.order_id),
        book=keys.order_in_book(order),
        worklist=keys.open_orders(change.program) if due else None,
        due=due,
    )
    return Step(write=write, item=placed, guard=ABSENT)


def _moved(change: c.Change, write: c.MoveOrder) -> Step:
    order, was = write.order, write.was
    due = keys.order_due(order)
    actions = [
        OrderItem.state.set(order.state),
        OrderItem.trail.set(order.trail),
        OrderItem.sale.set(order.sale),
        OrderItem.discount_minor.set(order.discount_minor),
        set_or_remove(OrderItem.discount, order.discount),
        set_or_remove(OrderItem.valid_until, order.valid_until),
        set_or_remove(OrderItem.due_on, order.due_on),
        set_or_remove(OrderItem.payment_id, order.payment_id),
        set_or_remove(OrderItem.payment_problem, order.payment_problem),
        set_or_remove(OrderItem.refused_at, order.refused_at),
        set_or_remove(OrderItem.worklist, keys.open_orders(change.program) if due else None),
        set_or_remove(OrderItem.due, due),
    ]
    paid = OrderItem.payment_id
    same = paid.does_not_exist() if was.payment_id is None else paid == was.payment_id
    item = OrderItem(pk=account(change), sk=keys.order(order.order_id))
    return Step(
        write=write, item=item, guard=(OrderItem.state == was.state) & same, actions=actions
    )
