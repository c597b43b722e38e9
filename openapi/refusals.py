"""Which refusals an operation may answer with, for docs/openapi.yaml; tests/api holds us to it."""

from enum import StrEnum
from http import HTTPStatus
from typing import Any

from training_credits.domain import errors
from training_credits.domain.errors import Reason
from training_credits.edge import problems, routes
from training_credits.edge.http import JSON, NOT_FOUND
from training_credits.edge.problems import BadInput
from training_credits.edge.routes import Route

KINDS: dict[type[errors.Problem], tuple[StrEnum, ...]] = {
    problems.BadRequest: (
        BadInput.BODY_MISSING,
        BadInput.BODY_TOO_LARGE,
        BadInput.CONTENT_TYPE,
        BadInput.MALFORMED_JSON,
        BadInput.DUPLICATE_FIELD,
        BadInput.NOT_A_NUMBER,
        BadInput.NOT_WHOLE,
        BadInput.UNKNOWN_FIELD,
        BadInput.MISSING_FIELD,
        BadInput.WRONG_TYPE,
        BadInput.OUT_OF_RANGE,
        BadInput.NOT_ALLOWED,
        BadInput.KEY_MISSING,
        BadInput.KEY_INVALID,
    ),
    problems.NotSignedIn: (BadInput.NOT_SIGNED_IN,),
    errors.Forbidden: (
        Reason.EMAIL_NOT_VERIFIED,
        Reason.EMAIL_NOT_USABLE,
        Reason.PROGRAM_UNKNOWN,
        Reason.OWNER_ONLY,
        Reason.OPERATOR_ONLY,
    ),
    errors.NotFound: (
        BadInput.ROUTE_UNKNOWN,
        Reason.ACCOUNT_NOT_FOUND,
        Reason.ORDER_NOT_FOUND,
        Reason.REDEMPTION_NOT_FOUND,
        Reason.OWNER_NOT_FOUND,
        Reason.LOT_NOT_FOUND,
    ),
    errors.Conflict: (
        Reason.KEY_REUSED,
        Reason.ALREADY_OWNER,
        Reason.CODE_EXISTS,
        Reason.ALREADY_DECIDED,
    ),
    errors.Refused: (
        Reason.OWNER_REQUIRED,
        Reason.ROLE_CONFLICT,
        Reason.TOO_MANY_OWNERS,
        Reason.LAST_OWNER,
        Reason.APPROVAL_NOT_OFFERED,
        Reason.CODE_NOT_OFFERED,
        Reason.CODE_NOT_ACCEPTED,
        Reason.CHANNEL_NOT_OFFERED,
        Reason.ORDER_TOO_LARGE,
        Reason.PROMO_UNKNOWN,
        Reason.BELOW_THRESHOLD,
        Reason.PAYMENT_DECLINED,
        Reason.PAYMENTS_UNAVAILABLE,
        Reason.NO_CREDITS,
        Reason.CREDITS_EXPIRED,
        Reason.INSUFFICIENT_CREDITS,
        Reason.TOO_MANY_LOTS,
        Reason.PERIOD_IN_FUTURE,
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_TOO_LONG,
        Reason.INVALID_CURSOR,
    ),
    errors.Unavailable: (Reason.BUSY,),
}
CODES = tuple(code for codes in KINDS.values() for code in codes)

EVERYWHERE: set[StrEnum] = {
    BadInput.NOT_SIGNED_IN,
    Reason.EMAIL_NOT_VERIFIED,
    Reason.EMAIL_NOT_USABLE,
    Reason.PROGRAM_UNKNOWN,
    Reason.BUSY,
}
WITH_BODY = set(KINDS[problems.BadRequest]) - {BadInput.KEY_MISSING, BadInput.KEY_INVALID}
WITH_KEY = {BadInput.KEY_MISSING, BadInput.KEY_INVALID, Reason.KEY_REUSED}
WITH_QUERY = {BadInput.NOT_ALLOWED, BadInput.OUT_OF_RANGE}
SPENDING = {
    Reason.NO_CREDITS,
    Reason.CREDITS_EXPIRED,
    Reason.INSUFFICIENT_CREDITS,
    Reason.TOO_MANY_LOTS,
}
OWN: dict[str, set[Reason]] = {
    routes.OPEN_ACCOUNT.operation: {
        Reason.OPERATOR_ONLY,
        Reason.ALREADY_OWNER,
        Reason.OWNER_REQUIRED,
        Reason.ROLE_CONFLICT,
        Reason.APPROVAL_NOT_OFFERED,
    },
    routes.EDIT_ACCOUNT.operation: {Reason.OWNER_ONLY, Reason.APPROVAL_NOT_OFFERED},
    routes.ADD_OWNER.operation: {
        Reason.OWNER_ONLY,
        Reason.ALREADY_OWNER,
        Reason.TOO_MANY_OWNERS,
    },
    routes.REMOVE_OWNER.operation: {Reason.OWNER_ONLY, Reason.LAST_OWNER},
    routes.ISSUE_CODE.operation: {
        Reason.OWNER_ONLY,
        Reason.LOT_NOT_FOUND,
        Reason.CODE_EXISTS,
        Reason.CODE_NOT_OFFERED,
    },
    routes.PURCHASE.operation: {
        Reason.OWNER_ONLY,
        Reason.CHANNEL_NOT_OFFERED,
        Reason.ORDER_TOO_LARGE,
        Reason.PROMO_UNKNOWN,
        Reason.BELOW_THRESHOLD,
        Reason.PAYMENT_DECLINED,
        Reason.PAYMENTS_UNAVAILABLE,
    },
    routes.REDEEM.operation: {Reason.CODE_NOT_ACCEPTED, *SPENDING},
    routes.CANCEL.operation: {Reason.ALREADY_DECIDED},
    routes.LIST_REQUESTS.operation: {Reason.INVALID_CURSOR},
    routes.DECIDE.operation: {
        Reason.OWNER_ONLY,
        Reason.REDEMPTION_NOT_FOUND,
        Reason.ALREADY_DECIDED,
        *SPENDING,
    },
    routes.TRANSACTIONS.operation: {
        Reason.PERIOD_REVERSED,
        Reason.PERIOD_TOO_LONG,
        Reason.INVALID_CURSOR,
    },
    routes.STATEMENT.operation: {Reason.PERIOD_IN_FUTURE, Reason.PERIOD_TOO_LONG},
}


# Our own words: those of http.HTTPStatus change with the version of Python.
ABOUT = {
    HTTPStatus.BAD_REQUEST: "The request could not be read.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that is expired, forged or meant for another API.",
    HTTPStatus.FORBIDDEN: "The caller is known and may not do this.",
    HTTPStatus.NOT_FOUND: "It does not exist, or not for this caller.",
    HTTPStatus.CONFLICT: "Somebody was first, or the key was used for a different request.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than the gateway takes.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A rule of the program, or the balance, says no.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests at this moment.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Nothing was written: send the same request again.",
}
SHARED = {
    HTTPStatus.UNAUTHORIZED: "NotSignedIn",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "TooLarge",
    HTTPStatus.TOO_MANY_REQUESTS: "TooManyRequests",
    HTTPStatus.SERVICE_UNAVAILABLE: "Unavailable",
}
# What API Gateway may answer before, or instead of, a function.
GATEWAY = frozenset({*SHARED, HTTPStatus.NOT_FOUND})


def answers(route: Route) -> dict[HTTPStatus, dict[str, Any]]:
    """The refusals of an operation as OpenAPI responses; those of all operations by reference."""
    codes = _codes(_possible(route))
    statuses = codes.keys() | GATEWAY
    if route.body is None:
        statuses.discard(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if "{" not in route.path:
        statuses.discard(HTTPStatus.NOT_FOUND)
    everywhere = _codes(EVERYWHERE)
    return {
        status: {"$ref": f"#/components/responses/{SHARED[status]}"}
        if status in SHARED and codes.get(status) == everywhere.get(status)
        else _answer(status, codes.get(status, ()))
        for status in statuses
    }


def shared() -> dict[str, dict[str, Any]]:
    """The responses that operations refer to."""
    everywhere = _codes(EVERYWHERE)
    return {name: _answer(status, everywhere.get(status, ())) for status, name in SHARED.items()}


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


def _codes(possible: set[StrEnum]) -> dict[HTTPStatus, tuple[StrEnum, ...]]:
    """By status, in the order of `KINDS`."""
    found = {
        problems.STATUS[kind][0]: tuple(code for code in codes if code in possible)
        for kind, codes in KINDS.items()
    }
    return {status: codes for status, codes in found.items() if codes}


def _possible(route: Route) -> set[StrEnum]:
    found = {*EVERYWHERE, *OWN.get(route.operation, ())}
    found |= {code for name, code in NOT_FOUND.items() if f"{{{name}}}" in route.path}
    if route.body is not None:
        found |= WITH_BODY
    if route.keyed:
        found |= WITH_KEY
    if route.query:
        found |= WITH_QUERY
    if "{month}" in route.path:
        found.add(BadInput.NOT_ALLOWED)
    return found
