"""HTTP requests as payload format 2.0, and answers in it as HTTP."""

import base64
import json
import time
import urllib.parse
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

TEXT = ("text/", "application/json", "application/javascript", "application/xml")
JSON = {"content-type": "application/json"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What came over the wire. The path is still percent-encoded, headers keep their order."""

    method: str
    path: str
    query: str = ""
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        return ",".join(value for key, value in self.headers if key.lower() == name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Sequence[str] = ()

    @classmethod
    def json(cls, status: int, value: Any) -> "Answer":  # any JSON
        return cls(status=status, body=json.dumps(value).encode(), headers=JSON)

    @classmethod
    def message(cls, status: int, text: str) -> "Answer":
        """As API Gateway itself answers."""
        return cls.json(status, {"message": text})


def event(
    request: Request,
    *,
    route: str,
    parameters: Mapping[str, str],
    claims: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The event of an HTTP API. It decodes the path, though it calls it raw."""
    # latin-1 is how http.server decodes what it reads; header values are seldom more than ASCII.
    cookies = [part.strip() for part in request.header("cookie").split(";") if part.strip()]
    names = dict.fromkeys(name.lower() for name, _ in request.headers)
    query = urllib.parse.parse_qsl(request.query, keep_blank_values=True)
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": urllib.parse.unquote(request.path),
        "rawQueryString": request.query,
        "headers": {name: request.header(name) for name in names if name != "cookie"},
        "requestContext": _context(request, route, claims),
        **_body(request),
    }
    if cookies:
        made["cookies"] = cookies
    if query:
        joined: dict[str, str] = {}
        for name, value in query:
            joined[name] = f"{joined[name]},{value}" if name in joined else value
        made["queryStringParameters"] = joined
    if parameters:
        made["pathParameters"] = dict(parameters)
    return made


def rendered(claims: Mapping[str, Any]) -> dict[str, str]:
    """Claims as the JWT authorizer hands them over: all strings, lists as `[a b]`."""
    return {name: _claim(value) for name, value in claims.items()}


def answer(result: Any) -> Answer:  # whatever a function returned
    """As the result says if it has a status code, else as JSON with 200."""
    if not isinstance(result, Mapping) or "statusCode" not in result:
        return Answer.json(200, result)
    body = result.get("body") or ""
    if not isinstance(body, str):
        raise TypeError("the body is not text")
    coded = result.get("isBase64Encoded", False)
    headers = {name.lower(): str(value) for name, value in (result.get("headers") or {}).items()}
    return Answer(
        status=int(result["statusCode"]),
        body=base64.b64decode(body, validate=True) if coded else body.encode(),
        headers={**JSON, **headers} if body else headers,
        cookies=result.get("cookies") or (),
    )


def _context(request: Request, route: str, claims: Mapping[str, Any] | None) -> dict[str, Any]:
    now = time.time()
    context: dict[str, Any] = {
        "accountId": "123456789012",
        "apiId": "local",
        "domainName": request.header("host"),
        "domainPrefix": "local",
        "http": {
            "method": request.method,
            "path": urllib.parse.unquote(request.path),
            "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1",
            "userAgent": request.header("user-agent"),
        },
        "requestId": uuid.uuid4().hex[:16],
        "routeKey": route,
        "stage": "$default",
        "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now * 1000),
    }
    if claims is not None:
        scopes = str(claims["scope"]).split() if "scope" in claims else None
        context["authorizer"] = {"jwt": {"claims": rendered(claims), "scopes": scopes}}
    return context


def _body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {"isBase64Encoded": False}
    if request.header("content-type").startswith(TEXT) or not request.header("content-type"):
        try:
            return {"body": request.body.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}


def _claim(value: Any) -> str:  # any JSON
    if isinstance(value, list):
        return f"[{' '.join(map(_claim, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value)
