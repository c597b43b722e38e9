"""The sealed journal."""

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

JOURNAL = Route(
    method="GET",
    path="/v1/accounts/{account}/journal",
    function="journal",
    operation="readJournal",
    summary="The sealed journal: filed months in a chain of digests, with their entries",
    answer=schemas.JournalPage,
    query=(CURSOR, LIMIT),
)
