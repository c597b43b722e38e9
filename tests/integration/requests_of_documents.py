"""What is asked for a paper, and how much of AWS."""

from collections.abc import Callable

from tests.http.people import Company, Reply
from tests.integration.refusals_of_documents import JANUARY

PERIOD = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
COUNTED = {"UpdateItem": 1, "PutObject": 1}


def asks(**more: str) -> Callable[[Company], Reply]:
    return lambda made: made.owner.post(f"{made.path}/documents", more)


ASKED: dict[str, tuple[Callable[[Company], Reply], dict[str, int]]] = {
    "makeDocument": (asks(**JANUARY), {"BatchGetItem": 1, "Query": 3, "HeadObject": 1, **COUNTED}),
    "makeDocument, of transactions": (
        asks(paper="transactions", format="xlsx", **PERIOD),
        {"BatchGetItem": 1, "Query": 1, **COUNTED},
    ),
}
