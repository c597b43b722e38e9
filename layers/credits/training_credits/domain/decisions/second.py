"""Nobody makes, unmakes or gives away much money alone: where a second operator is needed."""

from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Caller, DiscountKind, Order, OrderState
from training_credits.domain.program import PERCENT, Program, Purchase

BY_CUSTOMERS = frozenset({OrderState.REQUESTED, OrderState.ACCEPTED})


def made_alone(
    program: Program, order: Order, caller: Caller, now: datetime
) -> tuple[c.CountMade, ...]:
    """Above the program's limits no operator makes credits alone, nor in parts on one day.

    The day is that of the deed, however the step is dated.
    """
    hands = {step.by for step in order.trail if step.state not in BY_CUSTOMERS}
    if hands | {caller.person.email} != {caller.person.email}:
        return ()
    purchase = program.purchase
    if _needs_second(purchase, order):
        raise _second_needed(program, order)
    counted = c.CountMade(
        subject=caller.person.subject,
        day=program.today(now),
        minor=order.list_minor,
        below=purchase.second_operator_from_minor,
        currency=order.currency,
        percent_max=purchase.agreement_percent_max,
    )
    return (counted,)


def too_much_alone(counted: c.CountMade) -> Forbidden:
    """What one operator has made alone on that day leaves no room for this."""
    return _refusal(counted.below, counted.percent_max, counted.currency)


def check_another_voids(program: Program, order: Order, caller: Caller) -> None:
    """Above the program's limits nobody unmakes what they have made."""
    hands = {step.by for step in order.trail}
    if caller.person.email in hands and _needs_second(program.purchase, order):
        raise _second_needed(program, order)


def check_two_quoted(program: Program, order: Order) -> None:
    """A price too far below the list stands once a second operator has quoted the same."""
    quotes = [step for step in order.trail if step.total_minor == order.total_minor]
    if len({step.by for step in quotes}) == 1 and _too_deep(program.purchase, order):
        raise _second_needed(program, order)


def _second_needed(program: Program, order: Order) -> Forbidden:
    purchase = program.purchase
    return _refusal(
        purchase.second_operator_from_minor, purchase.agreement_percent_max, order.currency
    )


def _refusal(from_minor: int, percent_max: int, currency: str) -> Forbidden:
    return Forbidden(
        Reason.SECOND_OPERATOR_NEEDED,
        "This value, with what was made alone today, or this discount needs a second operator.",
        from_minor=from_minor,
        percent_max=percent_max,
        currency=currency,
    )


def _needs_second(purchase: Purchase, order: Order) -> bool:
    """Too much money for one operator, or a price quoted too far below the list."""
    return _too_deep(purchase, order) or order.list_minor >= purchase.second_operator_from_minor


def _too_deep(purchase: Purchase, order: Order) -> bool:
    least = order.list_minor * (PERCENT - purchase.agreement_percent_max)
    return order.discount is DiscountKind.QUOTE and order.total_minor * PERCENT < least
