"""Papers to download."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import Route

MAKE_DOCUMENT = Route(
    method="POST",
    path="/v1/accounts/{account}/documents",
    function="documents",
    operation="makeDocument",
    summary="A statement, or transactions, as a file to download",
    body=schemas.NewDocument,
    answer=schemas.DocumentAnswer,
    status=HTTPStatus.CREATED,
)
