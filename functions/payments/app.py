"""Card payments: opened here, confirmed at the provider, booked when it tells us."""

from training_credits.edge import bodies, routes, schemas, views, webhooks, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import payments as use_cases

api = Api()


@api.on(routes.PAY)
def pay(call: Call[schemas.NewPayment]) -> schemas.PaymentAnswer:
    """No card data passes through here."""
    paid = use_cases.pay(
        wiring.ledger(),
        wiring.clock,
        wiring.payments(),
        call.caller,
        account_id=call.path["account"],
        order_id=call.path["order"],
        means=bodies.means(call.body),
    )
    return views.payment(*paid)


@api.on(routes.HEAR)
def hear(call: Call[None]) -> schemas.Heard:
    """Signed by the provider; there is no token."""
    return webhooks.payment_event(call)


handler = api.handler()
