"""Orders go on, step by step; and which of them wait for somebody."""

from training_credits.edge import bodies, observability, routes, schemas, settings, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import orders as use_cases

api = Api()


@api.on(routes.MOVE_ORDER)
def move_order(call: Call[schemas.NewMove]) -> str:
    """Each step by whom the program lets."""
    answer = use_cases.move(
        wiring.ledger(),
        wiring.clock,
        wiring.payments,
        call.intent(views.order_of(call.program, wiring.clock())),
        account_id=call.path["account"],
        order_id=call.path["order"],
        said=bodies.step(call.body),
        secret=settings.text("CODE_KEY"),
    )
    observability.count("OrdersMoved")
    return answer


@api.on(routes.OPEN_ORDERS)
def open_orders(call: Call[None]) -> schemas.OrderList:
    """For operators: the most urgent first."""
    page = use_cases.waiting(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.orders(call.program, page, wiring.clock())


handler = api.handler()
