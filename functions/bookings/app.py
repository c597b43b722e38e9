"""After the booking: a line is given back, moved, or reported as delivered."""

from typing import Any

from training_credits.edge import observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.use_cases import bookings as use_cases
from training_credits.use_cases.submit import Intent

api = Api()


@api.on(routes.RETURN_LINE)
def return_line(call: Call[schemas.NewReturn]) -> str:
    """By whoever asked for it, or looks after the account."""
    answer = use_cases.give_back(
        wiring.ledger(), wiring.clock, _intent(call), call.path["redemption"], call.body.line
    )
    observability.count("LinesReturned")
    return answer


@api.on(routes.MOVE_LINE)
def move_line(call: Call[schemas.NewLineMove]) -> str:
    """By the same people."""
    answer = use_cases.move(
        wiring.ledger(),
        wiring.clock,
        _intent(call),
        call.path["redemption"],
        call.body.line,
        session_id=call.body.session,
    )
    observability.count("LinesMoved")
    return answer


@api.on(routes.FULFIL_LINE)
def fulfil_line(call: Call[schemas.NewFulfilment]) -> str:
    """By machines of the vendor and its partners, or by an operator."""
    body = call.body
    if not body.completed and body.reference is None:
        raise BadRequest(BadInput.MISSING_FIELD, "Say `completed`, or a `reference`.")
    answer = use_cases.fulfil(
        wiring.ledger(),
        wiring.clock,
        _intent(call),
        call.path["redemption"],
        body.line,
        completed=body.completed,
        reference=body.reference,
    )
    observability.count("LinesFulfilled")
    return answer


def _intent(call: Call[Any]) -> Intent:
    """Answered with the request as it is then."""
    return call.intent(lambda redemption: views.encoded(views.redemption(redemption)))


handler = api.handler()
