"""Spend credits with a code; look at a request, or take it back."""

from training_credits.edge import bodies, observability, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import redeem as use_cases

api = Api()


@api.on(routes.REDEEM)
def redeem(call: Call[schemas.NewRedemption]) -> str:
    """The learner is whoever signed in."""
    ledger = wiring.ledger()
    answer = use_cases.redeem(
        ledger,
        ledger,
        wiring.clock,
        call.intent(lambda redemption: views.encoded(views.redemption(redemption))),
        instrument=bodies.instrument(call.body),
        wish=bodies.wish(call.body),
        secret=settings.text("CODE_KEY"),
    )
    observability.count("RedemptionsRequested")
    return answer


@api.on(routes.READ_REDEMPTION)
def read_redemption(call: Call[None]) -> schemas.RedemptionAnswer:
    """Only one's own."""
    redemption_id = call.path["redemption"]
    return views.redemption(use_cases.read_redemption(wiring.ledger(), call.caller, redemption_id))


@api.on(routes.CANCEL)
def cancel(call: Call[schemas.Cancellation]) -> str:
    """While nobody has decided."""
    intent = call.intent(lambda redemption: views.encoded(views.redemption(redemption)))
    return use_cases.cancel(wiring.ledger(), wiring.clock, intent, call.path["redemption"])


handler = api.handler()
