"""Writes of buying: orders, their numbers, what was made alone, training plans."""

from dataclasses import dataclass
from datetime import date

from training_credits.domain.model import (
    Order,
    PlanItem,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOrder:
    """Guard: no order has this id."""

    order: Order


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeSalesOrder:
    """Guard: no order of the program has this number now."""

    number: str
    order_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeSalesOrder:
    """Gives the number of a cancelled order back. Guard: it is this order's."""

    number: str
    order_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveOrder:
    """Writes what may change of an order. Guard: it is as it was read, state and payment."""

    order: Order
    was: Order


@dataclass(frozen=True, kw_only=True, slots=True)
class CountMade:
    """Adds an order to the list value that one operator has made alone on a day.

    Guard: with it that stays below `below`. `currency` and `percent_max` are for who is refused.
    """

    subject: str
    day: date
    minor: int
    below: int
    currency: str
    percent_max: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPlan:
    """The training plan of a lot, whole. No guard: lots never go, and the last word stands."""

    lot_id: str
    items: tuple[PlanItem, ...]
