"""Statements."""

from datetime import datetime

from training_credits.domain.program import Program
from training_credits.domain.statement import Line, LotLine, NextExpiry, ProductLine, Statement
from training_credits.edge import schemas
from training_credits.edge.views.credits import balance


def statement(
    value: Statement, program: Program, month: str | None = None
) -> schemas.StatementAnswer:
    """Days left are counted from the end of the period, or from now while it runs."""
    return schemas.StatementAnswer(
        account=value.account_id,
        name=value.name,
        month=month,
        time_zone=program.time_zone,
        start=value.start,
        end=value.end,
        as_of=value.as_of,
        products=tuple(_product(program, line, value.as_of) for line in value.products),
        lines=tuple(_line(line) for line in value.lines),
        lots=tuple(_lot(program, line, value.as_of) for line in value.lots),
    )


def _product(program: Program, line: ProductLine, as_of: datetime) -> schemas.StatementProduct:
    return schemas.StatementProduct(
        product=line.product,
        opening=line.opening,
        **line.sums.by_column,
        closing=line.closing,
        paid_minor=dict(line.paid_minor),
        next_expiry=_next_expiry(program, line.next_expiry, as_of),
    )


def _next_expiry(
    program: Program, value: NextExpiry | None, as_of: datetime
) -> schemas.StatementExpiry | None:
    if value is None:
        return None
    return schemas.StatementExpiry(
        expires_on=value.expires_on,
        credits=value.credits,
        days_left=program.days_left(value.expires_on, as_of),
    )


def _line(line: Line) -> schemas.StatementLine:
    entry = line.entry
    return schemas.StatementLine(
        at=entry.at,
        entry=entry.entry_id,
        kind=entry.kind,
        product=line.product,
        title=entry.title,
        reference=entry.reference,
        actor=entry.actor,
        learner=entry.learner,
        change=line.change,
        balance=line.balance,
    )


def _lot(program: Program, line: LotLine, as_of: datetime) -> schemas.StatementLot:
    lot = line.lot
    return schemas.StatementLot(
        lot=lot.lot_id,
        product=lot.product,
        credits=lot.credits,
        granted_at=lot.granted_at,
        expires_on=lot.expires_on,
        expires_at=lot.expires_at,
        days_left=program.days_left(lot.expires_on, as_of),
        opening=balance(line.opening),
        **line.sums.by_column,
        closing=balance(line.closing),
        paid_minor=lot.paid_minor,
        unspent_paid_minor=lot.paid_for(line.closing.unspent),
        currency=lot.currency,
        sales_order=lot.sales_order,
        reissued_from=lot.reissued_from,
        reissued_to=line.reissued_to,
    )
