"""The catalogue."""

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Query, Route

IMPORT_MAX = 4_000_000
COLLECTION = Query(
    name="collection",
    schema={"type": "string", "pattern": schemas.SLUG},
    about="Only what is in this collection.",
)
ELIGIBLE = Query(
    name="eligible",
    schema={"type": "string", "enum": ["false", "true"], "default": "false"},
    about="Only what credits may pay for.",
)
LANGUAGE = Query(
    name="language",
    schema={"type": "string", "pattern": schemas.LANGUAGE},
    about="Titles in this language, where there are any.",
)
CURRENCY = Query(
    name="currency",
    schema={"type": "string", "pattern": schemas.CURRENCY},
    about="Prices in this currency, where there are any.",
)
BROWSE = Route(
    method="GET",
    path="/v1/catalogue",
    function="catalogue",
    operation="listOfferings",
    summary="What is offered, by id",
    answer=schemas.OfferingList,
    query=(COLLECTION, ELIGIBLE, LANGUAGE, CURRENCY, LIMIT, CURSOR),
)
READ_OFFERING = Route(
    method="GET",
    path="/v1/catalogue/{offering}",
    function="catalogue",
    operation="readOffering",
    summary="An offering, and its sessions to come",
    answer=schemas.OfferingPage,
    query=(LANGUAGE, CURRENCY, LIMIT, CURSOR),
)
IMPORT = Route(
    method="POST",
    path="/v1/catalogue/imports",
    function="catalogue",
    operation="importCatalogue",
    summary="Bring offerings and sessions into the catalogue, or try to",
    body=schemas.NewImport,
    body_max=IMPORT_MAX,
    answer=schemas.ImportAnswer,
)
