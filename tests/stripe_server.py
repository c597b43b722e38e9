"""Servers of this process for tests of payments: one that answers and records, one that is mute."""

import queue
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from local.localstripe import API_KEY
from tests.http.stripe import WEBHOOK_SECRET
from training_credits.payments.stripe import StripePayments

Answer = tuple[int, bytes]
NOTHING: Mapping[str, Answer] = {}


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A request as it came."""

    what: str
    headers: Message
    body: bytes


@dataclass
class Listener:
    """Where it is, and all that was said there."""

    url: str = ""
    heard: "queue.Queue[Heard]" = field(default_factory=queue.Queue)

    def next(self) -> Heard:
        return self.heard.get(timeout=10)


@contextmanager
def listening(
    answers: Mapping[str, Answer] = NOTHING, default: Answer = (200, b"{}")
) -> Iterator[Listener]:
    """A server and what it heard. It has an answer to each `METHOD path`, and one to all else."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            what = f"{self.command} {self.path}"
            listener.heard.put(Heard(what=what, headers=self.headers, body=body))
            status, answer = answers.get(what, default)
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    listener.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mute() -> Iterator[str]:
    """The address of a server that takes every call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def stripe_at(url: str) -> StripePayments:
    """The real adapter, at a server of this machine."""
    return StripePayments(API_KEY, WEBHOOK_SECRET, url)
