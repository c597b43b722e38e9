"""What waits for the owners, and what they decide."""

from training_credits.edge import observability, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import approve as use_cases

api = Api()


@api.on(routes.LIST_REQUESTS)
def list_requests(call: Call[None]) -> schemas.RequestList:
    """Pending ones unless another state is asked for."""
    state = call.choice("state", views.REQUEST_STATES)
    page = use_cases.list_requests(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        state=views.RequestState(state),
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.requests(page)


@api.on(routes.READ_REQUEST)
def read_request(call: Call[None]) -> schemas.RequestAnswer:
    """Decided or not."""
    return views.request(
        use_cases.read_request(
            wiring.ledger(),
            wiring.clock,
            call.caller,
            call.path["account"],
            call.path["redemption"],
        )
    )


@api.on(routes.DECIDE)
def decide(call: Call[schemas.Decision]) -> schemas.DecisionAnswer:
    """One verdict for all that are named."""
    outcomes = use_cases.decide(
        wiring.ledger(),
        wiring.clock,
        call.intent(str),
        account_id=call.path["account"],
        verdict=call.body.verdict,
        redemption_ids=tuple(dict.fromkeys(call.body.redemptions)),
        note=call.body.note,
        secret=settings.text("CODE_KEY"),
    )
    observability.count("RequestsDecided", len(outcomes))
    return views.decisions(call.program, outcomes)


handler = api.handler()
