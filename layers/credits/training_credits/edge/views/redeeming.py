"""What may pay, as it is shown before anything is asked."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from training_credits.domain import model
from training_credits.domain.listing import price_in
from training_credits.domain.options import Option
from training_credits.domain.program import Program
from training_credits.edge import problems, schemas
from training_credits.use_cases.options import Cart, Funding


def cost(value: model.Cost) -> schemas.CostAnswer:
    """How a price came about."""
    return schemas.CostAnswer(**asdict(value))


def funding(program: Program, found: Funding) -> schemas.FundingOptions:
    """For those who belong to the account."""
    return schemas.FundingOptions(
        account=found.account.account_id,
        approval=found.approval,
        automatic_below=found.account.automatic_below,
        cost=cost(found.cost) if found.cost else None,
        missing=found.missing,
        options=_options(found.options, found.approval),
        refused=problems.body_of(found.refused, program) if found.refused else None,
    )


def cart(program: Program, found: Cart, currency: str | None) -> schemas.CartAnswer:
    """For whoever holds what pays."""
    asked, lines = found.redemption, found.lines
    return schemas.CartAnswer(
        credits=sum(each.line.credits for each in lines),
        lines=tuple(
            schemas.LineOptions(
                title=each.line.title,
                credits=each.line.credits,
                cost=cost(each.line.cost) if each.line.cost else None,
                **_price(program, each.line, currency),
                options=_options(each.options, asked.approval if asked else None),
            )
            for each in lines
        ),
        state=asked.state.value if asked else None,
        lapses_at=asked.lapses_at if asked else None,
        problem=problems.body_of(found.problem, program) if found.problem else None,
    )


def _price(program: Program, line: model.Line, currency: str | None) -> dict[str, Any]:
    """Of all of it, in the buyer's currency where it has a price in that (SF-24)."""
    price = price_in(program, line.item.offering, currency) if line.item else None
    if price is None or line.item is None:
        return {}
    return {"price_minor": price[0] * line.item.quantity, "currency": price[1]}


def _options(
    options: Iterable[Option], approval: model.Approval | None
) -> tuple[schemas.OptionAnswer, ...]:
    return tuple(
        schemas.OptionAnswer(
            lot=each.lot.lot_id,
            product=each.lot.product,
            available=each.available,
            expires_on=each.lot.expires_on,
            approval=approval,
            sales_order=each.lot.sales_order,
            assisted=each.assisted,
            why=each.why["why"] if each.why else None,
            facts=_facts(each),
        )
        for each in options
    )


def _facts(option: Option) -> dict[str, object] | None:
    """What would make it a yes; what the option says itself is left out."""
    said = {"lot", "expires_on", "available", "why"}
    return {k: v for k, v in (option.why or {}).items() if k not in said} or None
