"""One API per function: a request becomes a `Call`, a no becomes a problem document."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import msgspec

from training_credits.domain.errors import NotFound, Problem, Reason
from training_credits.domain.program import Program
from training_credits.edge import observability, problems, schemas, wiring
from training_credits.edge.callers import NOBODY, caller_of, program_of
from training_credits.edge.decoding import decoded
from training_credits.edge.problems import BadInput, BadRequest
from training_credits.edge.routes import PATH_PATTERNS, Route
from training_credits.programs import program_named
from training_credits.use_cases.people import check_terms
from training_credits.use_cases.submit import Intent

JSON = "application/json"
KEY = re.compile(r"[\x21-\x7e]{8,128}")
LIMIT_MAX = 100
WHOLE = re.compile(r"[1-9][0-9]?|100")
SAFETY_SECONDS = 1.0
B = TypeVar("B")


class Call(Generic[B]):
    """A request that was let in: who calls, on what, with which body."""

    def __init__(self, route: Route, event: Mapping[str, Any]) -> None:
        self.route = route
        self.event = event
        self.caller = NOBODY if route.public else caller_of(event)
        self.path = _path(event)
        self.query: Mapping[str, str] = event.get("queryStringParameters") or {}
        self._body: Any = None
        self._canonical = ""
        if route.body is not None:
            self._body, self._canonical = decoded(dict(event), route.body, route.body_max)

    @property
    def raw(self) -> bytes:
        """The bytes that were sent, over which their sender has signed."""
        text = str(self.event.get("body") or "")
        return base64.b64decode(text) if self.event.get("isBase64Encoded") else text.encode()

    def header(self, name: str) -> str:
        """A header by its lower-case name; empty if it was not sent."""
        return str(self.event.get("headers", {}).get(name, ""))

    @property
    def program(self) -> Program:
        """The rules of the program the caller signed in to."""
        return program_named(self.caller.program, wiring.clock())

    @property
    def body(self) -> B:
        """The decoded body."""
        body: B = self._body
        return body

    def intent(self, render: Callable[[Any], str]) -> Intent:
        """The identity of this request: caller, operation, key, and a digest of path and body."""
        whole = f"{self.event.get('rawPath', '')}\n{self._canonical}"
        return Intent(
            caller=self.caller,
            operation=self.route.operation,
            key=_key(self.event),
            digest=hashlib.sha256(whole.encode()).hexdigest(),
            render=render,
        )

    def limit(self) -> int:
        """How many items at most, 1 to 100."""
        return self.whole("limit", LIMIT_MAX)

    def whole(self, name: str, default: int) -> int:
        """A whole number, 1 to 100."""
        text = self.query.get(name, str(default))
        if not WHOLE.fullmatch(text):
            raise BadRequest(
                BadInput.OUT_OF_RANGE, f"{name} is a whole number from 1 to {LIMIT_MAX}."
            )
        return int(text)

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """A parameter that is one of a few words; the first is the default."""
        value = self.query.get(name, options[0])
        if value not in options:
            raise BadRequest(BadInput.NOT_ALLOWED, f"{name} is one of: {', '.join(options)}.")
        return value

    def word(self, name: str, pattern: str) -> str | None:
        """An optional parameter of a form of its own."""
        value = self.query.get(name)
        if value is not None and not re.search(pattern, value):
            raise BadRequest(BadInput.NOT_ALLOWED, f"{name} is written otherwise.")
        return value

    def instant(self, name: str) -> datetime:
        """A required RFC 3339 instant."""
        text = self.query.get(name, "")
        try:
            at = msgspec.convert(text, datetime, strict=True)
        except msgspec.ValidationError:
            at = None
        if at is None or at.tzinfo is None or at.year not in schemas.YEARS:
            raise BadRequest(BadInput.NOT_ALLOWED, f"{name} is written like 2026-10-01T00:00:00Z.")
        return at.astimezone(UTC)


Answering = Callable[[Call[Any]], Any]


class Api:
    """The routes of one function behind one Lambda handler.

    API Gateway has matched the route already and says which (`routeKey`); a second opinion could
    only differ from the first.
    """

    def __init__(self) -> None:
        self._answers: dict[str, tuple[Route, Answering]] = {}

    def on(self, route: Route) -> Callable[[Answering], Answering]:
        """Answer a route. The function returns an answer, its text, or None for no content."""

        def register(answer: Answering) -> Answering:
            self._answers[f"{route.method} {route.path}"] = (route, answer)
            return answer

        return register

    def handler(self) -> observability.Handler:
        """The Lambda entry point."""

        def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
            wiring.within(lambda: context.get_remaining_time_in_millis() / 1000 - SAFETY_SECONDS)
            try:
                route, answer = self._answer_to(event)
                call = Call[Any](route, event)
                if route.gated:
                    check_terms(wiring.ledger(), wiring.clock, call.caller)
                return _reply(route.status, answer(call))
            except Problem as problem:
                return _refused(problem, program_of(event))

        return observability.observed(handle)

    def _answer_to(self, event: Mapping[str, Any]) -> tuple[Route, Answering]:
        try:
            return self._answers[event["routeKey"]]
        except KeyError:
            raise NotFound(BadInput.ROUTE_UNKNOWN, "There is no such route.") from None


class Csv(str):
    """An answer that is a table."""

    __slots__ = ()


def _reply(status: HTTPStatus, answer: Any) -> dict[str, Any]:
    if isinstance(answer, Csv):
        return _response(status, "text/csv; charset=utf-8", str(answer))
    if answer is None:
        return {"statusCode": status.value, "headers": {"Cache-Control": "no-store"}}
    text = answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()
    return _response(status, JSON, text)


def _response(status: HTTPStatus, kind: str, body: str) -> dict[str, Any]:
    headers = {"Content-Type": kind, "Cache-Control": "no-store"}
    return {"statusCode": status.value, "headers": headers, "body": body}


def _refused(problem: Problem, program: Program | None) -> dict[str, Any]:
    observability.count("Refused")
    if problem.reason is Reason.TOO_MANY_TRIES:
        observability.count("GuessersStopped")
    status = problems.status_of(problem)
    cause = repr(problem.__cause__) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    observability.logger.info("refused", code=problem.reason.value, cause=cause)
    body = msgspec.json.encode(problems.body_of(problem, program)).decode()
    response = _response(status, "application/problem+json", body)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["headers"]["Retry-After"] = "1"
    return response


NOT_FOUND = {
    "account": Reason.ACCOUNT_NOT_FOUND,
    "order": Reason.ORDER_NOT_FOUND,
    "offering": Reason.OFFERING_NOT_FOUND,
    "redemption": Reason.REDEMPTION_NOT_FOUND,
    "voucher": Reason.VOUCHER_NOT_FOUND,
    "lot": Reason.LOT_NOT_FOUND,
    "budget": Reason.BUDGET_NOT_FOUND,
    "case": Reason.CASE_NOT_FOUND,
    "code": Reason.CODE_NOT_FOUND,
    "email": Reason.MEMBER_NOT_FOUND,
    "webhook": Reason.WEBHOOK_NOT_FOUND,
    "delivery": Reason.DELIVERY_NOT_FOUND,
}


WRITTEN = {
    "month": "month is written like 2026-10.",
    "role": "role is account_manager or advisor.",
}


def _path(event: Mapping[str, Any]) -> dict[str, str]:
    """Path parameters; what cannot be an id is not looked up."""
    found = {name: str(v) for name, v in (event.get("pathParameters") or {}).items()}
    for name, value in found.items():
        if re.fullmatch(PATH_PATTERNS[name].strip("^$"), value):
            continue
        if name in NOT_FOUND:
            raise NotFound(NOT_FOUND[name], f"There is no such {name} for you.")
        raise BadRequest(BadInput.NOT_ALLOWED, WRITTEN[name])
    return found


def _key(event: Mapping[str, Any]) -> str:
    key = event.get("headers", {}).get("idempotency-key")
    if key is None:
        raise BadRequest(
            BadInput.KEY_MISSING,
            "Send an Idempotency-Key, so that a retry is not a second request.",
        )
    if not KEY.fullmatch(key):
        raise BadRequest(
            BadInput.KEY_INVALID, "An Idempotency-Key has 8 to 128 visible ASCII characters."
        )
    return str(key)
