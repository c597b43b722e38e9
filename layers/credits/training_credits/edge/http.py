"""One API per function: a request becomes a `Call`, a no becomes a problem document."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import msgspec

from training_credits.domain.errors import Forbidden, NotFound, Problem, Reason
from training_credits.domain.model import Caller, Person
from training_credits.domain.program import Program
from training_credits.edge import observability, problems, schemas, wiring
from training_credits.edge.decoding import decoded
from training_credits.edge.problems import BadInput, BadRequest, NotSignedIn
from training_credits.edge.routes import PATH_PATTERNS, Route
from training_credits.programs import program_named, program_names
from training_credits.use_cases.submit import Intent

JSON = "application/json"
KEY = re.compile(r"[\x21-\x7e]{8,128}")
LIMIT = re.compile(r"[1-9][0-9]?|100")
EMAIL = re.compile(schemas.EMAIL)
NAME_MAX = 100
YEARS = range(2000, 3000)
SAFETY_SECONDS = 1.0
B = TypeVar("B")


class Call(Generic[B]):
    """A request that was let in: who calls, on what, with which body."""

    def __init__(self, route: Route, event: Mapping[str, Any]) -> None:
        self.route = route
        self.event = event
        self.caller = _caller(event)
        self.path = _path(event)
        self.query: Mapping[str, str] = event.get("queryStringParameters") or {}
        self._body: Any = None
        self._canonical = ""
        if route.body is not None:
            self._body, self._canonical = decoded(dict(event), route.body)

    @property
    def program(self) -> Program:
        """The rules of the program the caller signed in to."""
        return program_named(self.caller.program)

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
        text = self.query.get("limit", "100")
        if not LIMIT.fullmatch(text):
            raise BadRequest(BadInput.OUT_OF_RANGE, "limit is a whole number from 1 to 100.")
        return int(text)

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """A parameter that is one of a few words; the first is the default."""
        value = self.query.get(name, options[0])
        if value not in options:
            raise BadRequest(BadInput.NOT_ALLOWED, f"{name} is one of: {', '.join(options)}.")
        return value

    def instant(self, name: str) -> datetime:
        """A required RFC 3339 instant."""
        text = self.query.get(name, "")
        try:
            at = msgspec.convert(text, datetime, strict=True)
        except msgspec.ValidationError:
            at = None
        if at is None or at.tzinfo is None or at.year not in YEARS:
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
                return _reply(route.status, answer(Call(route, event)))
            except Problem as problem:
                return _refused(problem, _rules(event))

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


def _refused(problem: Problem, rules: problems.Rules) -> dict[str, Any]:
    observability.count("Refused")
    status = problems.status_of(problem)
    cause = repr(problem.__cause__) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    observability.logger.info("refused", code=problem.reason.value, cause=cause)
    body = msgspec.json.encode(problems.body_of(problem, rules)).decode()
    response = _response(status, "application/problem+json", body)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["headers"]["Retry-After"] = "1"
    return response


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    claims = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {}).get("claims")
    return claims or {}


def _rules(event: Mapping[str, Any]) -> problems.Rules:
    """Which rule of the caller's program is behind a refusal; none for a caller without one."""
    name = _claims(event).get("custom:program")
    return program_named(name).rules if name in program_names() else {}


def _caller(event: Mapping[str, Any]) -> Caller:
    """The verified token, and nothing else, says who calls."""
    claims = _claims(event)
    if not claims.get("sub") or not claims.get("email"):
        raise NotSignedIn(BadInput.NOT_SIGNED_IN, "Sign in first.")
    if str(claims.get("email_verified")).lower() != "true":
        raise Forbidden(Reason.EMAIL_NOT_VERIFIED, "Verify your e-mail address first.")
    if not EMAIL.fullmatch(str(claims["email"])):
        raise Forbidden(Reason.EMAIL_NOT_USABLE, "Sign in with an e-mail address in plain ASCII.")
    if claims.get("custom:program") not in program_names():
        raise Forbidden(Reason.PROGRAM_UNKNOWN, "Your sign-in belongs to no known program.")
    email = str(claims["email"]).lower()
    # API Gateway writes a list as "[a b]": a group's name must have no blank in it.
    groups = str(claims.get("cognito:groups", "")).strip("[]").split()
    return Caller(
        person=Person(
            subject=str(claims["sub"]), email=email, name=_one_line(claims.get("name")) or email
        ),
        program=str(claims["custom:program"]),
        groups=frozenset(groups),
    )


def _one_line(name: object) -> str:
    """A name as it may stand in a mail: what cannot be seen is left out."""
    shown = "".join(c if c.isprintable() else " " for c in str(name or ""))
    return " ".join(shown.split())[:NAME_MAX].strip()


NOT_FOUND = {
    "account": Reason.ACCOUNT_NOT_FOUND,
    "order": Reason.ORDER_NOT_FOUND,
    "redemption": Reason.REDEMPTION_NOT_FOUND,
    "email": Reason.OWNER_NOT_FOUND,
}


def _path(event: Mapping[str, Any]) -> dict[str, str]:
    """Path parameters; what cannot be an id is not looked up."""
    found = {name: str(v) for name, v in (event.get("pathParameters") or {}).items()}
    for name, value in found.items():
        if re.fullmatch(PATH_PATTERNS[name].strip("^$"), value):
            continue
        if name in NOT_FOUND:
            raise NotFound(NOT_FOUND[name], f"There is no such {name} for you.")
        raise BadRequest(BadInput.NOT_ALLOWED, f"{name} is written like 2026-10.")
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
