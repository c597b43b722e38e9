"""Transactions of a period, and the statement of a month."""

from training_credits.edge import csv_table, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call, Csv
from training_credits.use_cases import statements as use_cases

api = Api()
FORMATS = ("json", "csv")


@api.on(routes.TRANSACTIONS)
def transactions(call: Call[None]) -> schemas.TransactionList | Csv:
    """At most 100 at a time."""
    wants = call.choice("format", FORMATS)
    page = use_cases.transactions(
        wiring.ledger(),
        call.caller,
        call.path["account"],
        start=call.instant("from"),
        end=call.instant("to"),
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    listed = views.transactions(page)
    return Csv(csv_table.transactions(listed)) if wants == "csv" else listed


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
