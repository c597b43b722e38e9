"""Balances of the past, reports, forecasts."""

from datetime import datetime

from training_credits.domain import forecast as ahead
from training_credits.domain import reports as sums
from training_credits.domain.drawing import spending_order
from training_credits.domain.program import Program
from training_credits.edge import schemas
from training_credits.edge.views.credits import balance, balances
from training_credits.use_cases.reports import Snapshot

HUNDREDTHS = 100


def snapshot(value: Snapshot) -> schemas.BalancesAnswer:
    """Each lot, and each product."""
    return schemas.BalancesAnswer(
        account=value.account_id,
        at=value.at,
        balances=balances(value.lots),
        lots=tuple(
            schemas.PastLot(
                lot=lot.lot_id,
                product=lot.product,
                credits=lot.credits,
                expires_on=lot.expires_on,
                balance=balance(lot.balance),
                sales_order=lot.sales_order,
            )
            for lot in spending_order(value.lots)
        ),
    )


def report(value: sums.Report) -> schemas.ReportAnswer:
    """The rows of a period."""
    return schemas.ReportAnswer(
        account=value.account_id,
        by=value.by,
        start=value.period.start,
        end=value.period.end,
        as_of=value.as_of,
        rows=tuple(_row(row) for row in value.rows),
        total=_row(value.total),
    )


def _row(row: sums.Row) -> schemas.ReportRow:
    return schemas.ReportRow(
        key=row.key,
        name=row.name,
        requests=row.requests,
        learners=row.learners,
        spent=row.spent,
        returned=row.returned,
        net=row.net,
        delivered=row.delivered,
        completed=row.completed,
    )


def forecast(
    program: Program, account_id: str, products: tuple[ahead.Forecast, ...], now: datetime
) -> schemas.ForecastAnswer:
    """Each product that the account has had."""
    return schemas.ForecastAnswer(
        account=account_id,
        at=now,
        today=program.today(now),
        products=tuple(_product(each) for each in products),
    )


def _product(value: ahead.Forecast) -> schemas.ProductForecast:
    return schemas.ProductForecast(
        product=value.product,
        available=value.available,
        held=value.held,
        pace=_pace(value.pace),
        credits_at_risk=value.at_risk,
        paid_minor_at_risk=value.paid_minor,
        lots=tuple(_at_risk(each) for each in value.lots),
        burn_down=tuple(schemas.BalanceLeft(on=day, available=left) for day, left in value.left),
        empty_on=value.empty_on,
        pace_needed=_pace(value.needed, up=True) if value.needed else None,
    )


def _at_risk(each: ahead.AtRisk) -> schemas.LotAtRisk:
    lot = each.lot
    return schemas.LotAtRisk(
        lot=lot.lot_id,
        expires_on=lot.expires_on,
        last_day=each.last_day,
        available=lot.balance.available,
        credits_at_risk=each.credits,
        paid_minor_at_risk=each.paid_minor,
        currency=lot.currency,
        sales_order=lot.sales_order,
    )


def _pace(value: ahead.Pace, *, up: bool = False) -> schemas.PaceAnswer:
    """With two decimals: rounded to the nearer, half up; or up, so that it is enough."""
    more = value.days - 1 if up else value.days // 2
    hundredths = (value.credits * HUNDREDTHS + more) // value.days
    whole, part = divmod(hundredths, HUNDREDTHS)
    return schemas.PaceAnswer(credits=value.credits, days=value.days, per_day=f"{whole}.{part:02}")
