"""Cases: reissues, extensions and disputes."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

# A plan of many lines, each as long as it may be.
PLAN_BODY_MAX = 40_000

OPEN_CASE = Route(
    method="POST",
    path="/v1/accounts/{account}/cases",
    function="cases",
    operation="openCase",
    summary="Ask for a reissue or an extension, or dispute a transaction",
    body=schemas.NewCase,
    body_max=PLAN_BODY_MAX,
    answer=schemas.CaseAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_CASES = Route(
    method="GET",
    path="/v1/accounts/{account}/cases",
    function="cases",
    operation="listCases",
    summary="The cases of an account, oldest first",
    answer=schemas.CaseList,
    query=(LIMIT, CURSOR),
)
READ_CASE = Route(
    method="GET",
    path="/v1/accounts/{account}/cases/{case}",
    function="cases",
    operation="readCase",
    summary="Where a case stands, and who has said what",
    answer=schemas.CaseAnswer,
)
REDRAFT_CASE = Route(
    method="PUT",
    path="/v1/accounts/{account}/cases/{case}",
    function="cases",
    operation="redraftCase",
    summary="Write a draft anew",
    body=schemas.CaseEdit,
    body_max=PLAN_BODY_MAX,
    answer=schemas.CaseAnswer,
)
MOVE_CASE = Route(
    method="POST",
    path="/v1/accounts/{account}/cases/{case}/moves",
    function="cases",
    operation="moveCase",
    summary="Take a case one step on, or back out of it",
    body=schemas.NewCaseMove,
    answer=schemas.CaseAnswer,
    keyed=True,
)
OPEN_CASES = Route(
    method="GET",
    path="/v1/cases",
    function="cases",
    operation="listOpenCases",
    summary="Cases that wait for the vendor, the most urgent first",
    answer=schemas.CaseList,
    query=(LIMIT, CURSOR),
)
