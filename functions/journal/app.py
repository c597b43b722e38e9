"""The sealed journal of an account, for whoever wants to check it."""

from training_credits.edge import routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import journal as use_cases

api = Api()


@api.on(routes.JOURNAL)
def journal(call: Call[None]) -> schemas.JournalPage:
    """At most one block on a page, with its list, and entries of it."""
    page = use_cases.journal(
        wiring.ledger(),
        wiring.seals(),
        wiring.clock,
        call.caller,
        call.path["account"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.journal(page)


handler = api.handler()
