"""What a line costs: its list price, what is taken off by itself, and the credits it needs."""

from datetime import date

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Agreement, Cost, Item, Off
from training_credits.domain.program import PERCENT, Product, Program


def cost(
    program: Program, product: Product, item: Item, day: date, agreement: Agreement | None
) -> Cost:
    """The price of one line; a fraction of a credit is a whole one, once for each line (CI-44).

    Discounts come before anybody pays and never add up: the largest counts (SF-09, SF-30, CI-30).
    """
    value = _value(product, item)
    percent, reason, reference = _off(program, item, day, agreement)
    unit = product.unit.value_minor
    return Cost(
        list_credits=_up(value, unit),
        credits=_up(value * (PERCENT - percent), unit * PERCENT),
        percent=percent,
        reason=reason,
        reference=reference,
    )


def _value(product: Product, item: Item) -> int:
    """List price of the line in minor units; one in credits is worth what its credits are."""
    offering = item.offering
    if offering.credits is not None:
        return offering.credits * product.unit.value_minor * item.quantity
    if offering.price_minor is not None:
        return offering.price_minor * item.quantity
    raise Refused(Reason.PRICE_NEEDED, "This has no price of its own.")


def _off(
    program: Program, item: Item, day: date, agreement: Agreement | None
) -> tuple[int, Off | None, str | None]:
    """Percent, why, and by what; nothing without an agreement that is in force."""
    if agreement is None or not agreement.in_force(day):
        return 0, None, None
    plan = agreement.success_plan
    by_plan = program.spending.off(plan, item)
    if max(by_plan, agreement.spending_percent) == 0:
        return 0, None, None
    if by_plan >= agreement.spending_percent:
        return by_plan, Off.PLAN, plan
    return agreement.spending_percent, Off.AGREEMENT, agreement.reference


def _up(value: int, unit: int) -> int:
    return -(-value // unit)
