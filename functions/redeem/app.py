"""Spend credits: what may pay, a request, and what its learner does with it."""

from training_credits.edge import forms, observability, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import options
from training_credits.use_cases import redeem as use_cases
from training_credits.use_cases.instruments import Position

api = Api()


@api.on(routes.FUNDING)
def list_options(call: Call[None]) -> schemas.FundingOptions:
    """For those who belong to the account."""
    position = Position.of(
        offering_id=call.word("offering", schemas.SLUG),
        session_id=call.word("session", schemas.SLUG),
        quantity=call.whole("quantity", 1),
    )
    found = options.funding(
        wiring.ledger(), wiring.clock, call.caller, call.path["account"], position
    )
    return views.funding(call.program, found)


@api.on(routes.CART)
def price(call: Call[schemas.NewRedemption]) -> schemas.CartAnswer:
    """The same that would be sent to redeem."""
    ledger, secret = wiring.ledger(), settings.text("CODE_KEY")
    form = forms.form(call.body)
    found = options.cart(ledger, ledger, wiring.clock, call.caller, form, secret)
    return views.cart(call.program, found, call.body.currency)


@api.on(routes.REDEEM)
def redeem(call: Call[schemas.NewRedemption]) -> str:
    """The learner is whoever signed in."""
    ledger = wiring.ledger()
    answer = use_cases.redeem(
        ledger,
        ledger,
        wiring.clock,
        call.intent(lambda redemption: views.encoded(views.redemption(redemption))),
        form=forms.form(call.body),
        secret=settings.text("CODE_KEY"),
    )
    observability.count("RedemptionsRequested")
    return answer


@api.on(routes.READ_REDEMPTION)
def read_redemption(call: Call[None]) -> schemas.RedemptionAnswer:
    """Only one's own."""
    redemption_id = call.path["redemption"]
    return views.redemption(use_cases.read_redemption(wiring.ledger(), call.caller, redemption_id))


@api.on(routes.CONFIRM)
def confirm(call: Call[schemas.Confirmation]) -> str:
    """While the reservation lasts."""
    intent = call.intent(lambda redemption: views.encoded(views.redemption(redemption)))
    secret = settings.text("CODE_KEY")
    redemption_id = call.path["redemption"]
    return use_cases.confirm(wiring.ledger(), wiring.clock, intent, redemption_id, secret=secret)


@api.on(routes.CANCEL)
def cancel(call: Call[schemas.Cancellation]) -> str:
    """While it is not carried out."""
    intent = call.intent(lambda redemption: views.encoded(views.redemption(redemption)))
    return use_cases.cancel(wiring.ledger(), wiring.clock, intent, call.path["redemption"])


handler = api.handler()
