"""Problem details (RFC 9457): the one table from a no to a status."""

from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from training_credits.domain import errors
from training_credits.domain.program import Program

# At the checkout a code could not be applied: with a case, somebody looks into it (SF-33).
CASES = frozenset(
    {
        errors.Reason.ASSISTED_ONLY,
        errors.Reason.BUDGET_EXCEEDED,
        errors.Reason.CODE_LIMIT_REACHED,
        errors.Reason.CODE_NOT_ACCEPTED,
        errors.Reason.COUNTRY_NOT_REDEEMABLE,
        errors.Reason.CREDITS_EXPIRED,
        errors.Reason.DEADLINE_MISSED,
        errors.Reason.DELIVERY_COUNTRY,
        errors.Reason.INSUFFICIENT_CREDITS,
        errors.Reason.NOT_ELIGIBLE,
        errors.Reason.NOT_PAYABLE,
        errors.Reason.NO_CREDITS,
        errors.Reason.TOO_MANY_LOTS,
        errors.Reason.WRONG_PRODUCT,
    }
)


class BadInput(StrEnum):
    """Stable codes for requests that could not be read."""

    BODY_MISSING = "body_missing"
    BODY_TOO_LARGE = "body_too_large"
    CONTENT_TYPE = "content_type_not_json"
    MALFORMED_JSON = "malformed_json"
    DUPLICATE_FIELD = "duplicate_field"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_a_whole_number"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    NOT_ALLOWED = "value_not_allowed"
    KEY_MISSING = "idempotency_key_missing"
    KEY_INVALID = "idempotency_key_invalid"
    NOT_SIGNED_IN = "not_signed_in"
    ROUTE_UNKNOWN = "route_unknown"
    SIGNATURE_INVALID = "signature_invalid"


class BadRequest(errors.Problem):
    """The request could not be read."""


class NotSignedIn(errors.Problem):
    """No verified token came with the request."""


# Titles are ours: the phrases of HTTPStatus change with the version of Python.
STATUS: dict[type[errors.Problem], tuple[HTTPStatus, str]] = {
    BadRequest: (HTTPStatus.BAD_REQUEST, "Not understood"),
    NotSignedIn: (HTTPStatus.UNAUTHORIZED, "Not signed in"),
    errors.Forbidden: (HTTPStatus.FORBIDDEN, "Not allowed"),
    errors.NotFound: (HTTPStatus.NOT_FOUND, "Not found"),
    errors.Conflict: (HTTPStatus.CONFLICT, "Conflict"),
    errors.Refused: (HTTPStatus.UNPROCESSABLE_ENTITY, "Refused"),
    errors.Throttled: (HTTPStatus.TOO_MANY_REQUESTS, "Too often"),
    errors.Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "Try again"),
}


def status_of(problem: errors.Problem) -> HTTPStatus:
    """The status of a problem; a kind without one is a defect."""
    return STATUS[type(problem)][0]


def body_of(problem: errors.Problem, program: Program | None) -> dict[str, Any]:
    """The members of the problem document; facts stand beside the standard ones.

    The caller's program, where it is known, says which rule of its own is behind the code.
    """
    status, title = STATUS[type(problem)]
    members: dict[str, Any] = {
        "type": f"urn:training-credits:problem:{problem.reason}",
        "title": title,
        "status": status.value,
        "code": problem.reason.value,
        "detail": problem.detail,
    }
    if program is not None and isinstance(problem.reason, errors.Reason):
        members |= _of_program(problem.reason, program)
    return members | problem.facts


def _of_program(reason: errors.Reason, program: Program) -> dict[str, str]:
    """The rule, and where to open a case about it, with what is known filled in."""
    found = {}
    rule, desk = program.rules.get(reason), program.help.get("case")
    if rule is not None:
        found["rule"] = rule
    if desk is not None and reason in CASES:
        found["case_link"] = f"{desk}?{urlencode({'code': reason.value, 'rule': rule or ''})}"
    return found
