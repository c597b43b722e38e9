"""Redemptions, decisions, transactions and statements."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, FORMAT, LIMIT, Query, Route

STATE = Query(
    name="state",
    schema={
        "type": "string",
        "enum": ["pending", "approved", "denied", "cancelled"],
        "default": "pending",
    },
    about="Which requests.",
)
START = Query(
    name="from",
    schema={"type": "string", "format": "date-time", "pattern": "^2[0-9]{3}-"},
    about="The first instant of the period (RFC 3339).",
    required=True,
)
END = Query(
    name="to",
    schema={"type": "string", "format": "date-time", "pattern": "^2[0-9]{3}-"},
    about="The first instant after the period (RFC 3339).",
    required=True,
)

REDEEM = Route(
    method="POST",
    path="/v1/redemptions",
    function="redeem",
    operation="redeem",
    summary="Spend credits with a redemption code, or the number of an order",
    body=schemas.NewRedemption,
    answer=schemas.RedemptionAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
READ_REDEMPTION = Route(
    method="GET",
    path="/v1/redemptions/{redemption}",
    function="redeem",
    operation="readRedemption",
    summary="What became of my request",
    answer=schemas.RedemptionAnswer,
)
CANCEL = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/cancellation",
    function="redeem",
    operation="cancelRedemption",
    summary="Withdraw my pending request",
    body=schemas.Cancellation,
    answer=schemas.RedemptionAnswer,
    keyed=True,
)
LIST_REQUESTS = Route(
    method="GET",
    path="/v1/accounts/{account}/redemptions",
    function="approve",
    operation="listRequests",
    summary="Requests in one state, oldest first, with their sum",
    answer=schemas.RequestList,
    query=(STATE, LIMIT, CURSOR),
)
DECIDE = Route(
    method="POST",
    path="/v1/accounts/{account}/decisions",
    function="approve",
    operation="decide",
    summary="Approve or deny one request or many",
    body=schemas.Decision,
    answer=schemas.DecisionAnswer,
    keyed=True,
)
TRANSACTIONS = Route(
    method="GET",
    path="/v1/accounts/{account}/transactions",
    function="statements",
    operation="listTransactions",
    summary="Transactions between two instants",
    answer=schemas.TransactionList,
    query=(START, END, LIMIT, CURSOR, FORMAT),
    csv=True,
)
STATEMENT = Route(
    method="GET",
    path="/v1/accounts/{account}/statements/{month}",
    function="statements",
    operation="readStatement",
    summary="The statement of a month: opening, movements, closing",
    answer=schemas.StatementAnswer,
    query=(FORMAT,),
    csv=True,
)
