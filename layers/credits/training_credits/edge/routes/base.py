"""What a route is, and the parameters that many of them take."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query parameter: its JSON schema, and whether it must be there."""

    name: str
    schema: dict[str, Any]
    about: str
    required: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """What a request needs and what it gets. `operation` also scopes its Idempotency-Key.

    `gated`: the caller must have accepted the terms, where the program asks for that first (what
    spends reads them together with all else);
    `public`: there is no token, and what is sent proves itself; `body_max`: in
    characters, where a body may be larger than most.
    """

    method: str
    path: str
    function: str
    operation: str
    summary: str
    answer: type | None
    body: type | None = None
    body_max: int | None = None
    status: HTTPStatus = HTTPStatus.OK
    query: tuple[Query, ...] = ()
    keyed: bool = field(default=False)
    csv: bool = field(default=False)
    gated: bool = field(default=True)
    public: bool = field(default=False)


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
