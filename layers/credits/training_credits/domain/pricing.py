"""What credits cost: list value, the one discount that counts, and the hint to buy more."""

from dataclasses import dataclass
from datetime import date

from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Agreement, DiscountKind
from training_credits.domain.program import PERCENT, Product, Program, VolumeDiscount


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """List value and discount, in minor units of `currency`, and why there is a discount."""

    list_minor: int
    discount_minor: int
    currency: str
    discount: DiscountKind | None = None

    @property
    def total_minor(self) -> int:
        """What is paid."""
        return self.list_minor - self.discount_minor


def price(
    program: Program,
    product: Product,
    credits: int,
    day: date,
    *,
    promo: str | None = None,
    agreement: Agreement | None = None,
) -> Price:
    """Price one order by itself (AT-07, AT-13, AT-44).

    The volume discount counts where it is automatic, or its code is typed.
    Discounts never add up: the larger of the volume discount and the agreement counts.
    """
    listed = credits * product.unit.value_minor
    volume = program.purchase.volume_discount
    if credits > program.purchase.credits_max:
        raise Refused(
            Reason.ORDER_TOO_LARGE,
            "One order cannot buy so many credits.",
            credits_max=program.purchase.credits_max,
        )
    if promo is not None:
        _check_promo(promo, listed, volume, product)
    counts = volume is not None and (volume.automatic or promo is not None)
    percent, kind = _discount(listed, volume if counts else None, agreement, day)
    return Price(
        list_minor=listed,
        discount_minor=_share(listed, percent),
        currency=product.unit.currency,
        discount=kind,
    )


def cheaper(program: Program, product: Product, credits: int, day: date) -> tuple[int, int] | None:
    """More credits that cost less than these at list price, and what they cost (AT-43).

    Nothing that one order could not buy.
    """
    unit, volume = product.unit.value_minor, program.purchase.volume_discount
    if volume is None or credits * unit >= volume.from_minor:
        return None
    more = -(-volume.from_minor // unit)
    if more > program.purchase.credits_max:
        return None
    total = price(program, product, more, day, promo=volume.promo_code).total_minor
    return (more, total) if total < credits * unit else None


def quoted(listed: Price, total_minor: int) -> Price:
    """The price an operator names in a quote: more than nothing, and never above the list."""
    if not 0 < total_minor <= listed.list_minor:
        raise Refused(
            Reason.PRICE_NOT_POSSIBLE,
            "A quote is more than nothing, and at most the list value.",
            list_minor=listed.list_minor,
            currency=listed.currency,
        )
    if total_minor == listed.total_minor:
        return listed
    return Price(
        list_minor=listed.list_minor,
        discount_minor=listed.list_minor - total_minor,
        currency=listed.currency,
        discount=DiscountKind.QUOTE if total_minor < listed.list_minor else None,
    )


def _discount(
    listed: int, volume: VolumeDiscount | None, agreement: Agreement | None, day: date
) -> tuple[int, DiscountKind | None]:
    """Percent, and why."""
    reached = volume is not None and listed >= volume.from_minor
    by_volume = volume.percent if volume is not None and reached else 0
    negotiated = agreement.percent_on(day) if agreement is not None else 0
    if max(by_volume, negotiated) == 0:
        return 0, None
    if negotiated > by_volume:
        return negotiated, DiscountKind.AGREEMENT
    return by_volume, DiscountKind.VOLUME


def _share(listed: int, percent: int) -> int:
    """Rounded down, so that the customer never pays less than the rule says."""
    return listed * percent // PERCENT


def _check_promo(promo: str, listed: int, volume: VolumeDiscount | None, product: Product) -> None:
    if volume is None or promo.casefold() != volume.promo_code.casefold():
        raise Refused(Reason.PROMO_UNKNOWN, "This program has no such promotion code.")
    if listed < volume.from_minor:
        raise Refused(
            Reason.BELOW_THRESHOLD,
            "The order is below the value from which this code applies.",
            list_minor=listed,
            from_minor=volume.from_minor,
            currency=product.unit.currency,
        )
