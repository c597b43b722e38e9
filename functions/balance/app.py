"""The page of an account: balances by product and state, lots, next expiry, members."""

from training_credits.edge import routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import accounts as use_cases

api = Api()


@api.on(routes.READ_ACCOUNT)
def read_account(call: Call[None]) -> schemas.AccountPage:
    """One query answers who may see it and what there is to see."""
    book = use_cases.read_account(wiring.ledger(), wiring.clock, call.caller, call.path["account"])
    return views.account_page(call.program, book, wiring.clock())


handler = api.handler()
