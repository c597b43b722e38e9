"""An offering as a shopper sees it: in their language and currency, with its price in credits."""

from dataclasses import dataclass
from datetime import date

from training_credits.domain.eligibility import check_item
from training_credits.domain.errors import Refused
from training_credits.domain.model import Fulfilment, Item, Offering
from training_credits.domain.program import Program
from training_credits.domain.tariff import cost


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An offering with what the program says of it; `refused` says why credits do not pay for it.

    `credits` is its list price, before what an account has agreed on; None where it is quoted.
    """

    offering: Offering
    refused: Refused | None = None
    credits: int | None = None
    fulfilment: Fulfilment | None = None
    assisted: bool = False

    @property
    def payable(self) -> bool:
        """Whether credits may pay for it at all (CI-07)."""
        return self.refused is None


def listed(program: Program, offering: Offering, day: date) -> Listed:
    """By the same checks as the booking of it; credits are those of the program's first product."""
    item = Item(offering=offering)
    kind = program.spending.types.get(offering.type)
    return Listed(
        offering=offering,
        refused=_refusal(program, item),
        credits=_credits(program, item, day),
        fulfilment=kind.fulfilment if kind else None,
        assisted=kind is not None and kind.assisted,
    )


def _refusal(program: Program, item: Item) -> Refused | None:
    try:
        check_item(program, item)
    except Refused as refused:
        return refused
    return None


def _credits(program: Program, item: Item, day: date) -> int | None:
    offering = item.offering
    if not offering.priced:
        return None
    return cost(program, program.products[0], item, day, None).list_credits


def title_in(offering: Offering, language: str | None) -> str:
    """Its title in a language, `de` for `de-AT` too; its own where there is none (SF-24)."""
    wanted = language or ""
    own = offering.titles
    return own.get(wanted) or own.get(wanted.partition("-")[0]) or offering.title


def price_in(program: Program, offering: Offering, currency: str | None) -> tuple[int, str] | None:
    """Its price in a currency, else in that of the credits; None where it has none (SF-24)."""
    if currency is not None and currency in offering.prices:
        return offering.prices[currency], currency
    if offering.price_minor is None:
        return None
    return offering.price_minor, program.products[0].unit.currency
