"""Every AWS service but the table, by moto, in a thread of this process, with an ear at its door.

moto keeps neither the events put on a bus nor both bodies of a mail. The ear hears each accepted
request as the product sent it, so that nothing is guessed from what moto remembers.
"""

import http.client
import io
import json
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

from werkzeug.serving import WSGIRequestHandler, make_server

Heard = Callable[[Any, Any], None]
SEND_MAIL: Final = "POST /v2/email/outbound-emails"
PUT_EVENTS: Final = "AWSEvents.PutEvents"


class Ear:
    """WSGI in front of moto: tells the listener of an operation its request and its answer."""

    def __init__(self, app: Any, listeners: dict[str, Heard]) -> None:  # WSGI
        self._app, self._listeners = app, listeners

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"
        listener = self._listeners.get(environ.get("HTTP_X_AMZ_TARGET", path))
        if not listener:
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        statuses: list[str] = []

        def started(status: str, *more: Any) -> Any:
            statuses.append(status)
            return start_response(status, *more)

        answered = b"".join(self._app(environ, started))
        if statuses[-1].startswith("200"):
            listener(json.loads(body), json.loads(answered))
        return [answered]


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """One line a request would drown what matters."""


class Services:
    """The thread. Listeners may be added while it runs."""

    def __init__(self) -> None:
        # Here, because moto takes a second to import and tests of other parts need not wait.
        from moto.moto_server.werkzeug_app import (  # noqa: PLC0415
            DomainDispatcherApplication,
            create_backend_app,
        )

        from local.quick_moto import quick  # noqa: PLC0415
        from local.quick_queues import on_clock  # noqa: PLC0415

        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._patches = (quick(), on_clock(self._time))
        self.listeners: dict[str, Heard] = {}
        app = Ear(DomainDispatcherApplication(create_backend_app), self.listeners)
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="moto")

    def _time(self) -> datetime:
        """Of whoever gave us a clock since we were made."""
        return self.now()

    def __enter__(self) -> Self:
        for patch in self._patches:
            patch.__enter__()
        self._thread.start()
        # moto keeps its state per process, not per server.
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port)
        connection.request("POST", "/moto-api/reset")
        connection.getresponse().read()
        connection.close()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        for patch in self._patches:
            patch.__exit__(None, None, None)
