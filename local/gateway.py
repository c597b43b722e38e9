"""API Gateway on 127.0.0.1: routes, the JWT authorizer and its own refusals."""

import json
import logging
import re
import threading
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from local.emulator import FunctionError
from local.http_event import Answer, Request, answer, event
from local.runtime import Runtime
from local.stack import Authorizer, Route
from local.tokens import Issuer, Unauthorized

# API Gateway's own limits.
BODY_BYTES_MAX: Final = 10 * 1024 * 1024
HEADER_BYTES_MAX: Final = 10_240
IDLE_SECONDS: Final = 30

logger = logging.getLogger(__name__)


class Gateway:
    """Which function answers, for whom. Knows nothing of sockets."""

    def __init__(self, routes: Sequence[Route], runtime: Runtime, issuer: Issuer) -> None:
        self._routes = [(_expression(route.path), route) for route in routes]
        self._runtime, self._issuer = runtime, issuer

    def answer(self, request: Request) -> Answer:
        found = self._find(request)
        if not found:
            return Answer.message(404, "Not Found")
        route, parameters = found
        try:
            claims = self._claims(request, route.authorizer) if route.authorizer else None
        except Unauthorized as error:
            refused = Answer.message(401, "Unauthorized")
            # What API Gateway says on a wrong token; a missing one gets the bare scheme.
            return Answer(status=401, body=refused.body, headers={**refused.headers, **_why(error)})
        key = f"{route.method} {route.path}"
        try:
            made = event(request, route=key, parameters=parameters, claims=claims)
            return answer(self._runtime.invoke(route.function, made))
        except (FunctionError, ValueError, TypeError) as error:
            logger.warning("%s failed in %s: %s", key, route.function, error)
            return Answer.message(500, "Internal Server Error")

    def _find(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        for expression, route in self._routes:
            match = expression.fullmatch(request.path)
            if match and route.method in {request.method, "ANY"}:
                found = match.groupdict()
                return route, {name: urllib.parse.unquote(text) for name, text in found.items()}
        return None

    def _claims(self, request: Request, authorizer: Authorizer) -> dict[str, Any]:
        text = request.header("authorization")
        scheme, _, token = text.partition(" ")
        if scheme.lower() != "bearer":
            token = text
        return self._issuer.verify(
            token.strip(), issuer=authorizer.issuer, audience=authorizer.audience
        )


class Server(ThreadingHTTPServer):
    """The socket. `answer` gets each request; one thread each, all ended by close()."""

    daemon_threads = True
    request_queue_size = 1024
    # Else a second cloud on a busy port would start, and answer now and then.
    allow_reuse_port = False

    def __init__(self, port: int, reply: Callable[[Request], Answer]) -> None:
        self.reply = reply
        super().__init__(("127.0.0.1", port), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="gateway")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A caller that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "local", ""
    timeout = IDLE_SECONDS
    # One packet for head and body: a caller must not wait for Nagle and a late acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        length = self.headers.get("content-length", "0")
        if self.headers.get("transfer-encoding"):
            self._send(Answer.message(411, "Length Required"))
        elif not length.isascii() or not length.isdigit():
            self._send(Answer.message(400, "Bad Request"))
        elif int(length) > BODY_BYTES_MAX:
            self._send(Answer.message(413, "Request Entity Too Large"))
        elif sum(len(name) + len(value) for name, value in self.headers.items()) > HEADER_BYTES_MAX:
            self._send(Answer.message(431, "Request Header Fields Too Large"))
        else:
            self._answer(path, query, self.rfile.read(int(length)))

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Any method at all is answered; one that no route has gets 404, not a page of 501."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def _answer(self, path: str, query: str, body: bytes) -> None:
        request = Request(
            method=self.command, path=path, query=query, headers=self.headers.items(), body=body
        )
        try:
            self._send(self.server.reply(request), keep=True)
        except Exception:
            logger.exception("the gateway itself failed on %s %s", self.command, path)
            self._send(Answer.message(500, "Internal Server Error"))

    def _send(self, reply: Answer, *, keep: bool = False) -> None:
        self.close_connection = self.close_connection or not keep
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, _one_line(value))
        for cookie in reply.cookies:
            self.send_header("set-cookie", _one_line(cookie))
        self.send_header("content-length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Requests are logged by functions."""


def _expression(path: str) -> re.Pattern[str]:
    """{name} is one segment, {name+} all that follow."""
    text = re.sub(r"\\\{(\w+)\\\+\\\}", r"(?P<\1>.+)", re.escape(path))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", text))


def _why(error: Unauthorized) -> Mapping[str, str]:
    if "Not enough segments" in str(error):
        return {"www-authenticate": "Bearer"}
    quoted = json.dumps(str(error))
    return {"www-authenticate": f'Bearer scope="" error="invalid_token" error_description={quoted}'}


def _one_line(value: str) -> str:
    """A header cannot begin another one."""
    return re.sub(r"[\r\n]+", " ", value)
