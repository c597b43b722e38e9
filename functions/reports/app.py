"""Balances of the past, reports on a period, the burn-down ahead."""

from training_credits.edge import csv_table, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call, Csv
from training_credits.use_cases import reports as use_cases

api = Api()
FORMATS = ("json", "csv")


@api.on(routes.READ_BALANCES)
def read_balances(call: Call[None]) -> schemas.BalancesAnswer:
    """As they were."""
    then = call.instant("at")
    return views.snapshot(
        use_cases.balances(wiring.ledger(), wiring.clock, call.caller, call.path["account"], then)
    )


@api.on(routes.READ_REPORT)
def read_report(call: Call[None]) -> schemas.ReportAnswer | Csv:
    """Sums over entries."""
    wants, by = call.choice("format", FORMATS), call.choice("by", routes.REPORTED_BY)
    found = use_cases.report(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        by,
        start=call.instant("from"),
        end=call.instant("to"),
    )
    answer = views.report(found)
    return Csv(csv_table.report(answer)) if wants == "csv" else answer


@api.on(routes.READ_FORECAST)
def read_forecast(call: Call[None]) -> schemas.ForecastAnswer:
    """If it goes on like this."""
    account, now, products = use_cases.forecast(
        wiring.ledger(), wiring.clock, call.caller, call.path["account"]
    )
    return views.forecast(call.program, account.account_id, products, now)


handler = api.handler()
