"""docs/openapi.yaml, made from the routes and the structs; `make openapi` writes it."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from openapi import about, examples, paying, responses
from openapi.kinds import CODES
from training_credits.edge import csv_table, routes, schemas
from training_credits.edge.http import JSON, KEY
from training_credits.edge.routes import PATH_PATTERNS, ROUTES, Route
from training_credits.papers import delimited
from training_credits.papers.tables import ENTRIES, TRANSACTIONS, Cell, Table

Json = dict[str, Any]

VERSION = "1.0.0"
SERVERS = [
    {"url": "http://127.0.0.1:8080", "description": "The local cloud (`make local`)"},
    {
        "url": "https://{api}.execute-api.{region}.amazonaws.com",
        "description": "A deployment",
        "variables": {
            "api": {"default": "abcdefghij", "description": "Id of the HTTP API"},
            "region": {"default": "us-east-1"},
        },
    },
]
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": about.BEARER,
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": about.KEY,
    "schema": {"type": "string", "minLength": 8, "maxLength": 128, "pattern": f"^{KEY.pattern}$"},
    "example": examples.KEY,
}
SIGNATURE = {
    "name": "Stripe-Signature",
    "in": "header",
    "required": True,
    "description": about.SIGNATURE,
    "schema": {"type": "string"},
    "example": examples.SIGNED,
}


def document() -> Json:
    """The OpenAPI 3.1 document, always in the same order."""
    paths: dict[str, Json] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Training Credits", "version": VERSION, "description": about.API},
        "servers": SERVERS,
        "security": [{"bearerAuth": []}],
        "tags": [{"name": name} for name in dict.fromkeys(route.function for route in ROUTES)],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearerAuth": TOKEN},
            "parameters": {"IdempotencyKey": IDEMPOTENCY_KEY, **_path_parameters()},
            "responses": responses.shared(),
            "schemas": _schemas(),
        },
    }
    # Enumerations become plain words, and nothing is shared, so that YAML needs no anchors.
    found: Json = json.loads(json.dumps(whole))
    return found


def _operation(route: Route) -> Json:
    operation: Json = {
        "operationId": route.operation,
        "tags": [route.function],
        "summary": route.summary,
    }
    if description := about.described(route.operation):
        operation["description"] = description
    if route.public:
        operation["security"] = []
    operation["parameters"] = _parameters(route)
    if route.public:
        event = {"schema": {"type": "object"}, "example": examples.HEARD}
        operation["requestBody"] = {"required": True, "content": {JSON: event}}
    elif route.body is not None:
        content = _typed(route.body, examples.BODIES[route.operation])
        operation["requestBody"] = {"required": True, "content": {JSON: content}}
    answers = {route.status: _answer(route), **responses.refusals(route)}
    operation["responses"] = {str(status.value): answers[status] for status in sorted(answers)}
    return operation


def _parameters(route: Route) -> list[Json]:
    names = re.findall(r"{(\w+)}", route.path)
    keyed = ["IdempotencyKey"] if route.keyed else []
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in (*names, *keyed)]
    signed = [SIGNATURE] if route.public else []
    return [*shared, *signed, *(_query(query) for query in route.query)]


def _query(query: routes.Query) -> Json:
    found: Json = {
        "name": query.name,
        "in": "query",
        "required": query.required,
        "description": query.about,
        "schema": query.schema,
    }
    if query.name in examples.QUERY:
        found["example"] = examples.QUERY[query.name]
    return found


def _path_parameters() -> Json:
    return {
        name: {
            "name": name,
            "in": "path",
            "required": True,
            "description": about.PATH[name],
            "schema": {"type": "string", "pattern": pattern},
            "example": examples.PATH[name],
        }
        for name, pattern in PATH_PATTERNS.items()
    }


def _answer(route: Route) -> Json:
    answer: Json = {"description": route.status.phrase}
    if route.answer is not None:
        example = examples.ANSWERS[route.operation]
        answer["content"] = {JSON: _typed(route.answer, example)}
        if route.csv:
            table = {"schema": {"type": "string"}, "example": _table(example)}
            answer["content"]["text/csv"] = table
    return answer


def _table(example: msgspec.Struct) -> str:
    if isinstance(example, schemas.StatementAnswer):
        return delimited.written(Table(name="", columns=ENTRIES, rows=_lines(example))).decode()
    if isinstance(example, schemas.ReportAnswer):
        return csv_table.report(example)
    if isinstance(example, schemas.VoucherExport):
        return csv_table.vouchers(example)
    listed = msgspec.convert(example, schemas.TransactionList).entries
    rows = [[_cell(entry, name) for name in TRANSACTIONS] for entry in listed]
    return delimited.written(Table(name="", columns=TRANSACTIONS, rows=rows)).decode()


def _lines(example: schemas.StatementAnswer) -> Iterator[Sequence[Cell]]:
    """Of the one product of the example."""
    (one,) = example.products
    yield (example.start, "", "opening", one.product, "", "", "", "", 0, one.opening)
    yield from ([_cell(line, name) for name in ENTRIES] for line in example.lines)
    yield (example.as_of, "", "closing", one.product, "", "", "", "", 0, one.closing)


def _cell(row: msgspec.Struct, name: str) -> Cell:
    value: Cell | None = getattr(row, name)
    return "" if value is None else value


def _typed(kind: type, example: msgspec.Struct) -> Json:
    return {
        "schema": {"$ref": f"#/components/schemas/{kind.__name__}"},
        "example": _said(example),
    }


def _said(example: msgspec.Struct) -> Json:
    """Without the members that say only what their absence says."""
    members: Json = msgspec.to_builtins(example, str_keys=True)
    silent = {
        field.name
        for field in msgspec.structs.fields(example)
        if not field.required and getattr(example, field.name) == field.default
    }
    return {name: value for name, value in members.items() if name not in silent}


def _sent_as(form: str, field: str, shape: Json, other: str) -> Json:
    """Rows in the field of their format, and not in the other (edge/rows.py)."""
    said = {"format": {"const": form}, field: shape, other: {"type": "null"}}
    return {"required": [field], "properties": said}


def _schemas() -> Json:
    kinds = [kind for route in ROUTES for kind in (route.body, route.answer) if kind]
    kinds += [schemas.OfferingRow, schemas.SessionRow]
    _, found = msgspec.json.schema_components(
        [*kinds, schemas.Problem], ref_template="#/components/schemas/{name}"
    )
    found["Problem"]["properties"]["code"] = {"$ref": "#/components/schemas/ProblemCode"}
    found["Problem"]["examples"] = [examples.PROBLEM]
    paying.strict(found)
    found["NewImport"]["oneOf"] = [
        _sent_as("csv", "text", {"type": "string"}, "rows"),
        _sent_as("json", "rows", {"type": "array"}, "text"),
    ]
    problem = {"anyOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}]}
    found["OutcomeAnswer"]["properties"]["problem"] = {**problem, "default": None}
    found["ProblemCode"] = {
        "title": "ProblemCode",
        "description": "Stable: clients may branch on it for ever.",
        "type": "string",
        "enum": CODES,
    }
    found["GatewayMessage"] = {
        "title": "GatewayMessage",
        "description": "What API Gateway itself answers.",
        "type": "object",
        "properties": {"message": {"type": ["string", "null"]}},
        "required": ["message"],
        "examples": [{"message": "Unauthorized"}],
    }
    return dict(sorted(found.items()))
