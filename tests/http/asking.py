"""Asking the API as a person: signed in, and answered by the real handlers as by API Gateway."""

import importlib
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from local import http_event
from local.runtime import Context
from tests.http.wire import Request, Wire
from training_credits.domain.model import VENDOR_ROLES
from training_credits.edge.routes import ROUTES, Route
from training_credits.programs import program_names

JSON = ("content-type", "application/json")
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back, and what AWS was asked for it."""

    status: int
    body: bytes
    headers: dict[str, str]
    heard: list[Request]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """Of a problem document."""
        kind = self.headers.get("content-type")
        return self.json["code"] if kind == "application/problem+json" else None


@dataclass(frozen=True, kw_only=True)
class Who:
    """A verified token, or none at all. `also` replaces claims; None takes one away."""

    name: str
    wire: Wire
    program: str = "atlassian"
    groups: tuple[str, ...] = ()
    domain: str = ""
    also: dict[str, str | None] = field(default_factory=dict)
    signed_in: bool = True

    @property
    def email(self) -> str:
        """Staff of a vendor has an address there, unless `domain` says otherwise."""
        home = "acme" if VENDOR_ROLES.isdisjoint(self.groups) else self.program
        return f"{self.name}@{self.domain or f'{home}.example'}"

    def claims(self) -> dict[str, str]:
        named: dict[str, Any] = {
            "sub": f"s-{self.name}",
            "email": self.email,
            "email_verified": True,
            "name": self.name.title(),
            "custom:program": self.program,
            "cognito:groups": list(self.groups),
        } | self.also
        known = {name: value for name, value in named.items() if value is not None}
        return http_event.rendered(known)

    def arrives(self) -> None:
        """The first sign-in: join what one is asked into, and accept the terms."""
        here = self.post("/v1/sign-ins", {})
        assert here.status == 200, here
        if "terms" in here.json:
            version = here.json["terms"]["version"]
            assert self.post("/v1/terms", {"version": version}).status == 200

    def get(self, path: str, query: str = "") -> Reply:
        return self.send("GET", path, query=query)

    def post(self, path: str, body: Any, key: str | None = None) -> Reply:
        """Under a new key unless one is given."""
        key = key or uuid.uuid4().hex
        return self.send("POST", path, json.dumps(body), headers=(JSON, ("idempotency-key", key)))

    def put(self, path: str, body: Any) -> Reply:
        return self.send("PUT", path, json.dumps(body), headers=(JSON,))

    def patch(self, path: str, body: Any) -> Reply:
        return self.send("PATCH", path, json.dumps(body), headers=(JSON,))

    def delete(self, path: str) -> Reply:
        return self.send("DELETE", path)

    def send(
        self,
        method: str,
        path: str,
        body: str | bytes = b"",
        *,
        headers: Headers = (),
        query: str = "",
        function: str | None = None,
    ) -> Reply:
        """Whatever a client may send, behind the authorizer."""
        route, parameters = route_to(method, path)
        sent = http_event.Request(
            method=method,
            path=path,
            query=query,
            headers=headers,
            body=body.encode() if isinstance(body, str) else body,
        )
        key = f"{method} {route.path}" if route else "$default"
        claims = self.claims() if self.signed_in else None
        event = http_event.event(sent, route=key, parameters=parameters, claims=claims)
        return self.deliver(event, function or (route.function if route else "accounts"))

    def deliver(self, event: dict[str, Any], function: str) -> Reply:
        """An event to its function; no request may hold a key of another program."""
        with self.wire.listening() as heard:
            answer = http_event.answer(invoke(function, json.loads(json.dumps(event))))
        foreign = set(program_names()) - {self.program}
        held = [r for r in heard for program in foreign if r.mentions(f"{program}#")]
        assert held == []
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(status=answer.status, body=answer.body, headers=headers, heard=heard)


def invoke(function: str, event: Any) -> Any:
    """Call a handler as Lambda does."""
    handler = importlib.import_module(f"functions.{function}.app").handler
    context = Context(
        function_name=function, memory_limit_in_mb=256, deadline=time.monotonic() + 25
    )
    return handler(event, context)


def route_to(method: str, path: str) -> tuple[Route | None, dict[str, str]]:
    """The route of a path, as API Gateway would choose it, and its parameters."""
    for route, pattern, names in _patterns():
        if route.method == method and (found := pattern.fullmatch(path)):
            return route, dict(zip(names, map(unquote, found.groups()), strict=True))
    return None, {}


@cache
def _patterns() -> list[tuple[Route, re.Pattern[str], list[str]]]:
    """Of each route, what its paths look like and what is in them."""
    return [
        (
            route,
            re.compile(re.sub(r"{\w+}", "([^/]+)", route.path)),
            re.findall(r"{(\w+)}", route.path),
        )
        for route in ROUTES
    ]


def assert_is_problem(reply: Reply) -> None:
    """As RFC 9457 says; the body of a problem never repeats what was sent at length."""
    problem = reply.json
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    assert problem["status"] == reply.status
    assert problem["type"] == f"urn:training-credits:problem:{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    assert len(reply.body) < 1_000
