"""Buy credits by card; look at an order."""

from training_credits.edge import observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import purchase as use_cases

api = Api()


@api.on(routes.PURCHASE)
def purchase(call: Call[schemas.NewOrder]) -> str:
    """An order is paid, booked and usable in one step."""
    answer = use_cases.purchase(
        wiring.ledger(),
        wiring.clock,
        wiring.payments(),
        call.intent(lambda bought: views.encoded(views.order(call.program, bought))),
        account_id=call.path["account"],
        credits=call.body.credits,
        promo=call.body.promo_code,
    )
    observability.count("CreditsPurchased", call.body.credits)
    return answer


@api.on(routes.READ_ORDER)
def read_order(call: Call[None]) -> schemas.OrderAnswer:
    """An order and its lot."""
    account, order = call.path["account"], call.path["order"]
    bought = use_cases.read_order(wiring.ledger(), call.caller, account, order)
    return views.order(call.program, bought)


handler = api.handler()
