"""Balances of the past, reports on a period, the burn-down ahead."""

from training_credits.domain.reports import By
from training_credits.edge import schemas
from training_credits.edge.routes.base import FORMAT, Query, Route
from training_credits.edge.routes.spending import END, START

REPORTED_BY = tuple(by.value for by in By)
AT = Query(
    name="at",
    schema=START.schema,
    about="An instant up to now (RFC 3339); what ends in it has ended.",
    required=True,
)
BY = Query(
    name="by",
    schema={
        "type": "string",
        "enum": list(REPORTED_BY),
        "default": REPORTED_BY[0],
    },
    about="What makes a row.",
)
READ_BALANCES = Route(
    method="GET",
    path="/v1/accounts/{account}/balances",
    function="reports",
    operation="readBalances",
    summary="Every lot and product as it stood at an instant",
    answer=schemas.BalancesAnswer,
    query=(AT,),
)
READ_REPORT = Route(
    method="GET",
    path="/v1/accounts/{account}/reports",
    function="reports",
    operation="readReport",
    summary="What was spent, returned and completed in a period",
    answer=schemas.ReportAnswer,
    query=(BY, START, END, FORMAT),
    csv=True,
)
READ_FORECAST = Route(
    method="GET",
    path="/v1/accounts/{account}/forecast",
    function="reports",
    operation="readForecast",
    summary="When credits run out at the account's own pace, and which would be lost",
    answer=schemas.ForecastAnswer,
)
