"""How March went, and how the credits burn down from there."""

from datetime import UTC, date, datetime

from openapi.examples import names as n
from training_credits.domain.reports import By
from training_credits.edge import schemas

AT = datetime(2026, 3, 31, 12, tzinfo=UTC)

_march = schemas.Balance(
    available=19_700, held=0, redeemed=300, delivered=0, expired=0, voided=0, reissued=0
)
balances = schemas.BalancesAnswer(
    account=n.ACCOUNT,
    at=AT,
    balances={n.PRODUCT: _march},
    lots=(
        schemas.PastLot(
            lot=n.LOT,
            product=n.PRODUCT,
            credits=20_000,
            expires_on=n.LAST_DAY,
            balance=_march,
        ),
    ),
)
_course = schemas.ReportRow(
    key=n.OFFERING,
    name=n.TITLE,
    requests=1,
    learners=1,
    spent=300,
    returned=0,
    net=300,
    delivered=0,
    completed=0,
)
report = schemas.ReportAnswer(
    account=n.ACCOUNT,
    by=By.COURSE,
    start=datetime(2026, 3, 1, tzinfo=UTC),
    end=datetime(2026, 4, 1, tzinfo=UTC),
    as_of=AT,
    rows=(_course,),
    total=schemas.ReportRow(
        key="",
        name="",
        requests=1,
        learners=1,
        spent=300,
        returned=0,
        net=300,
        delivered=0,
        completed=0,
    ),
)
# 300 credits in 30 days; the lot has 336 days left, in which 3,360 of 19,700 would be used.
forecast = schemas.ForecastAnswer(
    account=n.ACCOUNT,
    at=AT,
    today=date(2026, 3, 31),
    products=(
        schemas.ProductForecast(
            product=n.PRODUCT,
            available=19_700,
            held=0,
            pace=schemas.PaceAnswer(credits=300, days=30, per_day="10.00"),
            credits_at_risk=16_340,
            paid_minor_at_risk={n.CURRENCY: 1_307_200},
            lots=(
                schemas.LotAtRisk(
                    lot=n.LOT,
                    expires_on=n.LAST_DAY,
                    last_day=n.LAST_DAY,
                    available=19_700,
                    credits_at_risk=16_340,
                    paid_minor_at_risk=1_307_200,
                    currency=n.CURRENCY,
                ),
            ),
            burn_down=(schemas.BalanceLeft(on=n.LAST_DAY, available=0),),
            empty_on=n.LAST_DAY,
            pace_needed=schemas.PaceAnswer(credits=19_700, days=336, per_day="58.64"),
        ),
    ),
)
