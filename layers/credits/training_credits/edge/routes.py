"""Every route of the API: handlers, template and docs/openapi.yaml are held to this list."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from training_credits.edge import schemas


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query parameter: its JSON schema, and whether it must be there."""

    name: str
    schema: dict[str, Any]
    about: str
    required: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """What a request needs and what it gets. `operation` also scopes its Idempotency-Key."""

    method: str
    path: str
    function: str
    operation: str
    summary: str
    answer: type | None
    body: type | None = None
    status: HTTPStatus = HTTPStatus.OK
    query: tuple[Query, ...] = ()
    keyed: bool = field(default=False)
    csv: bool = field(default=False)


CURSOR = Query(
    name="cursor",
    schema={"type": "string", "maxLength": 1024},
    about="From the page before; leave out for the first one.",
)
LIMIT = Query(
    name="limit",
    schema={"type": "integer", "minimum": 1, "maximum": 100, "default": 100},
    about="How many at most.",
)
FORMAT = Query(
    name="format",
    schema={"type": "string", "enum": ["json", "csv"], "default": "json"},
    about="JSON, or CSV with safe cells.",
)
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

OPEN_ACCOUNT = Route(
    method="POST",
    path="/v1/accounts",
    function="accounts",
    operation="openAccount",
    summary="Open a training credit account",
    body=schemas.NewAccount,
    answer=schemas.AccountAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_ACCOUNTS = Route(
    method="GET",
    path="/v1/accounts",
    function="accounts",
    operation="listAccounts",
    summary="The accounts I own",
    answer=schemas.AccountList,
)
EDIT_ACCOUNT = Route(
    method="PATCH",
    path="/v1/accounts/{account}",
    function="accounts",
    operation="editAccount",
    summary="Rename an account, or change who approves",
    body=schemas.AccountEdit,
    answer=schemas.AccountAnswer,
)
ADD_OWNER = Route(
    method="POST",
    path="/v1/accounts/{account}/owners",
    function="accounts",
    operation="addOwner",
    summary="Add an owner by e-mail address",
    body=schemas.NewOwner,
    answer=schemas.NewOwner,
    status=HTTPStatus.CREATED,
    keyed=True,
)
REMOVE_OWNER = Route(
    method="DELETE",
    path="/v1/accounts/{account}/owners/{email}",
    function="accounts",
    operation="removeOwner",
    summary="Remove an owner, at once",
    answer=None,
    status=HTTPStatus.NO_CONTENT,
)
ISSUE_CODE = Route(
    method="POST",
    path="/v1/accounts/{account}/codes",
    function="accounts",
    operation="issueCode",
    summary="Make the redemption code and see it once",
    body=schemas.NewCode,
    answer=schemas.CodeAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
READ_ACCOUNT = Route(
    method="GET",
    path="/v1/accounts/{account}",
    function="balance",
    operation="readAccount",
    summary="Balance by state, lots, next expiry, owners",
    answer=schemas.AccountPage,
)
PURCHASE = Route(
    method="POST",
    path="/v1/accounts/{account}/orders",
    function="purchase",
    operation="purchase",
    summary="Buy credits by card",
    body=schemas.NewOrder,
    answer=schemas.OrderAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
READ_ORDER = Route(
    method="GET",
    path="/v1/accounts/{account}/orders/{order}",
    function="purchase",
    operation="readOrder",
    summary="An order and the lot it became",
    answer=schemas.OrderAnswer,
)
REDEEM = Route(
    method="POST",
    path="/v1/redemptions",
    function="redeem",
    operation="redeem",
    summary="Spend credits with a redemption code",
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

ROUTES = (
    OPEN_ACCOUNT,
    LIST_ACCOUNTS,
    READ_ACCOUNT,
    EDIT_ACCOUNT,
    ADD_OWNER,
    REMOVE_OWNER,
    ISSUE_CODE,
    PURCHASE,
    READ_ORDER,
    REDEEM,
    READ_REDEMPTION,
    CANCEL,
    LIST_REQUESTS,
    DECIDE,
    TRANSACTIONS,
    STATEMENT,
)

PATH_PATTERNS = {
    "account": r"^[0-9A-HJKMNP-TV-Z]{16}$",
    "order": r"^[0-9A-HJKMNP-TV-Z]{16}$",
    "redemption": r"^[0-9A-HJKMNP-TV-Z]{16}-[0-9A-HJKMNP-TV-Z]{16}$",
    "email": schemas.EMAIL,
    "month": r"^2[0-9]{3}-(0[1-9]|1[0-2])$",
}
