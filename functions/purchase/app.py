"""Orders begin: bought, asked for, or entered by the vendor; and where each stands."""

from training_credits.edge import bodies, observability, routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import purchase as use_cases

api = Api()


@api.on(routes.PURCHASE)
def purchase(call: Call[schemas.NewOrder]) -> str:
    """Paid by card next, or answered with a quote."""
    answer = use_cases.purchase(
        wiring.ledger(),
        wiring.clock,
        call.intent(views.order_of(call.program, wiring.clock())),
        account_id=call.path["account"],
        basket=bodies.basket(call.body),
    )
    observability.count("OrdersPlaced")
    return answer


@api.on(routes.ENTER_ORDER)
def enter_order(call: Call[schemas.NewSale]) -> str:
    """For a named contact, with what the sales system says."""
    answer = use_cases.enter(
        wiring.ledger(),
        wiring.clock,
        call.intent(views.order_of(call.program, wiring.clock())),
        account_id=call.path["account"],
        basket=bodies.sold(call.body),
    )
    observability.count("OrdersPlaced")
    return answer


@api.on(routes.LIST_ORDERS)
def list_orders(call: Call[None]) -> schemas.OrderList:
    """Oldest first."""
    page = use_cases.list_orders(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["account"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.orders(call.program, page, wiring.clock())


@api.on(routes.READ_ORDER)
def read_order(call: Call[None]) -> schemas.OrderAnswer:
    """An order, and its lot once it is activated."""
    account, order = call.path["account"], call.path["order"]
    bought = use_cases.read_order(wiring.ledger(), wiring.clock, call.caller, account, order)
    return views.order(call.program, *bought, wiring.clock())


handler = api.handler()
