"""Transactions of a period; the statement of a month, or of any period."""

from training_credits.edge import csv_table, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call, Csv
from training_credits.edge.sizes import fitting
from training_credits.use_cases import statements as use_cases

api = Api()
FORMATS = ("json", "csv")


@api.on(routes.TRANSACTIONS)
def transactions(call: Call[None]) -> schemas.TransactionList | Csv:
    """At most 100 at a time as JSON; the whole period as CSV."""
    wants = call.choice("format", FORMATS)
    account, start, end = call.path["account"], call.instant("from"), call.instant("to")
    cursor, limit = call.query.get("cursor"), call.limit()
    reader = (wiring.ledger(), wiring.clock, call.caller, account)
    if wants == "csv":
        whole = use_cases.all_transactions(*reader, start=start, end=end)
        return Csv(fitting(csv_table.transactions(whole.items)))
    page = use_cases.transactions(*reader, start=start, end=end, cursor=cursor, limit=limit)
    return views.transactions(page)


@api.on(routes.STATEMENT)
def statement(call: Call[None]) -> str:
    """Of a calendar month in the program's time zone."""
    wants = call.choice("format", FORMATS)
    month = call.path["month"]
    year, number = (int(part) for part in month.split("-"))
    stated = use_cases.monthly_statement(
        wiring.ledger(), wiring.clock, call.caller, call.path["account"], year, number
    )
    if wants == "csv":
        return Csv(fitting(csv_table.statement(call.program, stated)))
    return fitting(views.encoded(views.statement(stated, call.program, month)))


@api.on(routes.STATEMENT_OF_PERIOD)
def statement_of_period(call: Call[None]) -> str:
    """From one instant to before another."""
    wants = call.choice("format", FORMATS)
    reader = (wiring.ledger(), wiring.clock, call.caller, call.path["account"])
    start, end = call.instant("from"), call.instant("to")
    stated = use_cases.period_statement(*reader, start=start, end=end)
    if wants == "csv":
        return Csv(fitting(csv_table.statement(call.program, stated)))
    return fitting(views.encoded(views.statement(stated, call.program)))


handler = api.handler()
