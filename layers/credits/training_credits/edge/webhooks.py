"""What the payment provider tells us: believed if signed, booked once, answered at once."""

from training_credits.edge import observability, schemas, settings, wiring
from training_credits.edge.http import Call
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.ports import SignatureInvalid
from training_credits.use_cases.payments import hear

SIGNATURE = "stripe-signature"


def payment_event(call: Call[None]) -> schemas.Heard:
    """200 for whatever was signed, so that it is not sent again; what fits no order is counted."""
    try:
        news = wiring.payments().heard(call.raw, call.header(SIGNATURE))
    except SignatureInvalid:
        raise BadRequest(
            BadInput.SIGNATURE_INVALID, "This was not signed by the payment provider just now."
        ) from None
    if news is None:
        return schemas.Heard(booked=False)
    booked = hear(wiring.ledger(), wiring.clock, news, settings.text("CODE_KEY"))
    if booked.problem is not None:
        observability.count("PaymentsUnmatched")
        observability.logger.error(
            "payment without an order",
            code=booked.problem.reason.value,
            payment=news.payment_id,
            order=news.order_id,
        )
    observability.count("CreditsPurchased", booked.credits)
    return schemas.Heard(booked=booked.credits > 0)
