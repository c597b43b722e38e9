"""What credits cost: list value, the volume discount, and the hint to buy more."""

from dataclasses import dataclass

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.program import PERCENT, Program, VolumeDiscount


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """List value and discount, in minor units of `currency`."""

    list_minor: int
    discount_minor: int
    currency: str

    @property
    def total_minor(self) -> int:
        """What is paid."""
        return self.list_minor - self.discount_minor


def price(program: Program, credits: int, promo: str | None = None) -> Price:
    """Price one order by itself; the discount needs no typing (AT-07, AT-13, AT-44)."""
    listed = credits * program.unit.value_minor
    volume = program.purchase.volume_discount
    if credits > program.purchase.credits_max:
        raise Refused(
            Reason.ORDER_TOO_LARGE,
            "One order cannot buy so many credits.",
            credits_max=program.purchase.credits_max,
        )
    if promo is not None:
        _check_promo(promo, listed, volume, program)
    return Price(
        list_minor=listed,
        discount_minor=_discount(listed, volume),
        currency=program.unit.currency,
    )


def _discount(listed: int, volume: VolumeDiscount | None) -> int:
    """Rounded down, so that the customer never pays less than the rule says."""
    if volume is None or listed < volume.from_minor:
        return 0
    return listed * volume.percent // PERCENT


def cheaper(program: Program, credits: int) -> int | None:
    """More credits that would cost less than these: those that reach the discount (AT-43)."""
    listed = credits * program.unit.value_minor
    volume = program.purchase.volume_discount
    if volume is None or listed >= volume.from_minor:
        return None
    more = -(-volume.from_minor // program.unit.value_minor)
    reached = more * program.unit.value_minor
    return more if reached - _discount(reached, volume) < listed else None


def _check_promo(promo: str, listed: int, volume: VolumeDiscount | None, program: Program) -> None:
    if volume is None or promo.casefold() != volume.promo_code.casefold():
        raise Refused(Reason.PROMO_UNKNOWN, "This program has no such promotion code.")
    if listed < volume.from_minor:
        raise Refused(
            Reason.BELOW_THRESHOLD,
            "The order is below the value from which this code applies.",
            list_minor=listed,
            from_minor=volume.from_minor,
            currency=program.unit.currency,
        )
