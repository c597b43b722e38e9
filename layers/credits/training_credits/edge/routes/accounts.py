"""Programs and accounts."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

READ_PROGRAM = Route(
    method="GET",
    path="/v1/program",
    function="accounts",
    operation="readProgram",
    summary="What the program sells, to whom, and by which rules",
    answer=schemas.ProgramAnswer,
    gated=False,
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
    summary="The accounts I belong to",
    answer=schemas.AccountList,
)
READ_ACCOUNT = Route(
    method="GET",
    path="/v1/accounts/{account}",
    function="balance",
    operation="readAccount",
    summary="Balances by product and state, lots, next expiry, members",
    answer=schemas.AccountPage,
)
EDIT_ACCOUNT = Route(
    method="PATCH",
    path="/v1/accounts/{account}",
    function="accounts",
    operation="editAccount",
    summary="Rename an account, change how its requests are approved, or drop its card",
    body=schemas.AccountEdit,
    answer=schemas.AccountAnswer,
)
READ_HISTORY = Route(
    method="GET",
    path="/v1/accounts/{account}/history",
    function="accounts",
    operation="readHistory",
    summary="What happened to the account, beside credits moving",
    answer=schemas.HappeningList,
    query=(LIMIT, CURSOR),
)
NAME_CONTACT = Route(
    method="PUT",
    path="/v1/accounts/{account}/contacts/{role}",
    function="accounts",
    operation="nameContact",
    summary="Say who at the vendor is there for the account",
    body=schemas.NewContact,
    answer=schemas.AccountAnswer,
)
SET_AGREEMENT = Route(
    method="PUT",
    path="/v1/accounts/{account}/agreement",
    function="accounts",
    operation="setAgreement",
    summary="What was negotiated with the account",
    body=schemas.NewAgreement,
    answer=schemas.AgreementAnswer,
)
READ_PLAN = Route(
    method="GET",
    path="/v1/accounts/{account}/lots/{lot}/plan",
    function="accounts",
    operation="readPlan",
    summary="The training plan of a lot",
    answer=schemas.PlanAnswer,
)
CHANGE_PLAN = Route(
    method="PUT",
    path="/v1/accounts/{account}/lots/{lot}/plan",
    function="accounts",
    operation="changePlan",
    summary="Plan what a lot will be spent on",
    body=schemas.NewPlan,
    answer=schemas.PlanAnswer,
)
