"""From the codes of refusals to the responses of an operation."""

from enum import StrEnum
from http import HTTPStatus
from typing import Any

from openapi.kinds import KINDS
from openapi.refusals import EVERYWHERE, possible
from training_credits.edge import problems
from training_credits.edge.http import JSON
from training_credits.edge.routes import Route

# Our own words: those of http.HTTPStatus change with the version of Python.
ABOUT = {
    HTTPStatus.BAD_REQUEST: "The request could not be read.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that is expired, forged or meant for another API.",
    HTTPStatus.FORBIDDEN: "The caller is known and may not do this.",
    HTTPStatus.NOT_FOUND: "It does not exist, or not for this caller.",
    HTTPStatus.CONFLICT: "Somebody was first, or the key was used for a different request.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than the gateway takes.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A rule of the program, or the balance, says no.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests at this moment, or too many wrong codes.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Send the same request again.",
}
SHARED = {
    HTTPStatus.UNAUTHORIZED: "NotSignedIn",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "TooLarge",
    HTTPStatus.TOO_MANY_REQUESTS: "TooManyRequests",
    HTTPStatus.SERVICE_UNAVAILABLE: "Unavailable",
}
# What API Gateway may answer before, or instead of, a function.
GATEWAY = frozenset({*SHARED, HTTPStatus.NOT_FOUND})


def refusals(route: Route) -> dict[HTTPStatus, dict[str, Any]]:
    """The refusals of an operation; those that all operations share by reference."""
    codes = _codes(possible(route))
    everywhere = _codes(EVERYWHERE)
    return {
        status: {"$ref": f"#/components/responses/{SHARED[status]}"}
        if status in SHARED and codes.get(status) == everywhere.get(status)
        else _answer(status, codes.get(status, ()))
        for status in codes.keys() | _by_gateway(route)
    }


def shared() -> dict[str, dict[str, Any]]:
    """The responses that operations refer to."""
    everywhere = _codes(EVERYWHERE)
    return {name: _answer(status, everywhere.get(status, ())) for status, name in SHARED.items()}


def _by_gateway(route: Route) -> set[HTTPStatus]:
    statuses = set(GATEWAY)
    if route.public:
        statuses.discard(HTTPStatus.UNAUTHORIZED)
    elif route.body is None:
        statuses.discard(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if "{" not in route.path:
        statuses.discard(HTTPStatus.NOT_FOUND)
    return statuses


def _answer(status: HTTPStatus, codes: tuple[StrEnum, ...]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": ABOUT[status], "content": {}}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        seconds = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        answer["headers"] = {"Retry-After": seconds}
    if codes:
        one_of_these = {"properties": {"code": {"enum": codes}}}
        problem = {"$ref": "#/components/schemas/Problem"}
        answer["content"]["application/problem+json"] = {
            "schema": {"allOf": [problem, one_of_these]}
        }
    if status in GATEWAY:
        answer["content"][JSON] = {"schema": {"$ref": "#/components/schemas/GatewayMessage"}}
    return answer


def _codes(found: set[StrEnum]) -> dict[HTTPStatus, tuple[StrEnum, ...]]:
    """By status, in the order of `KINDS`."""
    by_status = {
        problems.STATUS[kind][0]: tuple(code for code in codes if code in found)
        for kind, codes in KINDS.items()
    }
    return {status: codes for status, codes in by_status.items() if codes}
