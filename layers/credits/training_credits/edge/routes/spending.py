"""Redemptions, decisions, transactions and statements."""

from http import HTTPStatus

from training_credits.edge import schemas, views
from training_credits.edge.routes.base import CURSOR, FORMAT, LIMIT, Query, Route

STATE = Query(
    name="state",
    schema={
        "type": "string",
        "enum": list(views.REQUEST_STATES),
        "default": views.REQUEST_STATES[0],
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

OFFERING = Query(
    name="offering",
    schema={"type": "string", "pattern": schemas.SLUG},
    about="An offering of the catalogue; without one, every lot is listed.",
)
SESSION = Query(
    name="session",
    schema={"type": "string", "pattern": schemas.SLUG},
    about="One of its sessions.",
)
QUANTITY = Query(
    name="quantity",
    schema={"type": "integer", "minimum": 1, "maximum": 100, "default": 1},
    about="How many of it.",
)

FUNDING = Route(
    method="GET",
    path="/v1/accounts/{account}/funding-options",
    function="redeem",
    operation="listFundingOptions",
    summary="Which lots of an account may pay for an item, and what stands in the way",
    answer=schemas.FundingOptions,
    query=(OFFERING, SESSION, QUANTITY),
)
CART = Route(
    method="POST",
    path="/v1/carts",
    function="redeem",
    operation="priceCart",
    summary="What would come of a request to spend; nothing is written",
    body=schemas.NewRedemption,
    answer=schemas.CartAnswer,
    gated=False,
)
REDEEM = Route(
    method="POST",
    path="/v1/redemptions",
    function="redeem",
    operation="redeem",
    summary="Spend credits, line by line, with redemption codes or the numbers of orders",
    body=schemas.NewRedemption,
    answer=schemas.RedemptionAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
    gated=False,
)
READ_REDEMPTION = Route(
    method="GET",
    path="/v1/redemptions/{redemption}",
    function="redeem",
    operation="readRedemption",
    summary="What became of my request",
    answer=schemas.RedemptionAnswer,
)
CONFIRM = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/confirmation",
    function="redeem",
    operation="confirmRedemption",
    summary="Spend what my request has set aside",
    body=schemas.Confirmation,
    answer=schemas.RedemptionAnswer,
    keyed=True,
)
CANCEL = Route(
    method="POST",
    path="/v1/redemptions/{redemption}/cancellation",
    function="redeem",
    operation="cancelRedemption",
    summary="Take back my request, while it is not carried out",
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
READ_REQUEST = Route(
    method="GET",
    path="/v1/accounts/{account}/redemptions/{redemption}",
    function="approve",
    operation="readRequest",
    summary="One request, and who has decided on it",
    answer=schemas.RequestAnswer,
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
STATEMENT_OF_PERIOD = Route(
    method="GET",
    path="/v1/accounts/{account}/statements",
    function="statements",
    operation="readStatementOfPeriod",
    summary="The statement of any period: opening, movements, closing",
    answer=schemas.StatementAnswer,
    query=(START, END, FORMAT),
    csv=True,
)
