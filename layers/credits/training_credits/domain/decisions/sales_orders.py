"""The vendor's number of an order: one order's in the whole program, and a means to pay."""

from dataclasses import asdict, replace

from training_credits.domain import change as c
from training_credits.domain.errors import Conflict, Reason, Refused
from training_credits.domain.model import Order, OrderState, Sale
from training_credits.domain.program import Program


def canonical(number: str) -> str:
    """One spelling of a number, however it was typed."""
    return "".join(number.split()).upper()


def number_taken(program: Program, order: Order, was: Order | None) -> tuple[c.Write, ...]:
    """A sales order number is one order's in the whole program, and must be there if it pays."""
    number = order.sale.sales_order
    if number is None:
        if program.redeeming.sales_orders and order.step(OrderState.BOOKED):
            raise Refused(Reason.SALES_ORDER_REQUIRED, "Name the sales order number.")
        return ()
    if was is not None and was.sale.sales_order is not None:
        return ()
    return (c.TakeSalesOrder(number=number, order_id=order.order_id),)


def number_in_use() -> Conflict:
    """Which order has it is not said."""
    return Conflict(Reason.SALES_ORDER_TAKEN, "Another order has this sales order number.")


def number_freed(order: Order) -> tuple[c.Write, ...]:
    """So that the right order can be entered under the vendor's own number."""
    number = order.sale.sales_order
    return (c.FreeSalesOrder(number=number, order_id=order.order_id),) if number else ()


def completed(known: Sale, said: Sale) -> Sale:
    """What is said is added to what is known; the number by which an order pays stays."""
    numbers = {known.sales_order, said.sales_order} - {None}
    if len(numbers) > 1:
        raise Conflict(Reason.SALES_ORDER_TAKEN, "The order has another sales order number.")
    given = {name: value for name, value in asdict(said).items() if value is not None}
    return replace(known, **given)
