"""Statements and transactions as files to download."""

from training_credits.edge import observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases.documents import Desk, Wish, make_document

api = Api()


@api.on(routes.MAKE_DOCUMENT)
def make(call: Call[schemas.NewDocument]) -> schemas.DocumentAnswer:
    """Made now, or found where the month is filed."""
    ledger, body = wiring.ledger(), call.body
    desk = Desk(ledger=ledger, quota=ledger, documents=wiring.documents(), clock=wiring.clock)
    wish = Wish(
        paper=body.paper, form=body.format, month=body.month, start=body.start, end=body.end
    )
    made = make_document(desk, call.caller, call.path["account"], wish)
    if not made.filed:
        observability.count("DocumentsMade")
    return views.document(made)


handler = api.handler()
