"""Orders and payments."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

PURCHASE = Route(
    method="POST",
    path="/v1/accounts/{account}/orders",
    function="purchase",
    operation="purchase",
    summary="Buy credits by card, or ask for a quote",
    body=schemas.NewOrder,
    answer=schemas.OrderAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
ENTER_ORDER = Route(
    method="POST",
    path="/v1/accounts/{account}/sales",
    function="purchase",
    operation="enterOrder",
    summary="Enter an order that the vendor has sold",
    body=schemas.NewSale,
    answer=schemas.OrderAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_ORDERS = Route(
    method="GET",
    path="/v1/accounts/{account}/orders",
    function="purchase",
    operation="listOrders",
    summary="The orders of an account, oldest first",
    answer=schemas.OrderList,
    query=(LIMIT, CURSOR),
)
READ_ORDER = Route(
    method="GET",
    path="/v1/accounts/{account}/orders/{order}",
    function="purchase",
    operation="readOrder",
    summary="Where an order stands, and by when its credits can be used",
    answer=schemas.OrderAnswer,
)
MOVE_ORDER = Route(
    method="POST",
    path="/v1/accounts/{account}/orders/{order}/moves",
    function="orders",
    operation="moveOrder",
    summary="Take an order one step on, or back it out",
    body=schemas.NewMove,
    answer=schemas.OrderAnswer,
    keyed=True,
)
OPEN_ORDERS = Route(
    method="GET",
    path="/v1/orders",
    function="orders",
    operation="listOpenOrders",
    summary="Orders that wait for somebody, the most urgent first",
    answer=schemas.OrderList,
    query=(LIMIT, CURSOR),
)
PAY = Route(
    method="POST",
    path="/v1/accounts/{account}/orders/{order}/payment",
    function="payments",
    operation="payOrder",
    summary="Pay an order by card",
    body=schemas.NewPayment,
    answer=schemas.PaymentAnswer,
)
HEAR = Route(
    method="POST",
    path="/v1/payment-events",
    function="payments",
    operation="hearPayment",
    summary="What the payment provider tells us, signed",
    answer=schemas.Heard,
    gated=False,
    public=True,
)
