"""Transactions of a period, and the statement of a month."""

from training_credits.edge import csv_table, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call, Csv
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
        return Csv(csv_table.transactions(views.transactions(whole)))
    page = use_cases.transactions(*reader, start=start, end=end, cursor=cursor, limit=limit)
    return views.transactions(page)


@api.on(routes.STATEMENT)
def statement(call: Call[None]) -> schemas.StatementAnswer | Csv:
    """Opening + movements = closing."""
    wants = call.choice("format", FORMATS)
    month = call.path["month"]
    year, number = (int(part) for part in month.split("-"))
    stated = use_cases.monthly_statement(
        wiring.ledger(), wiring.clock, call.caller, call.path["account"], year, number
    )
    answer = views.statement(stated, month, call.program, wiring.clock())
    return Csv(csv_table.statement(answer)) if wants == "csv" else answer


handler = api.handler()
