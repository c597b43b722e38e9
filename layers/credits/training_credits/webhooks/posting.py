"""One POST to an address that was checked: the name is not asked for again (no rebinding)."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from training_credits.domain.addresses import Target
from training_credits.domain.decisions.webhooks import ANSWER_MAX

TIMEOUT_SECONDS = 10.0
Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A status, and the beginning of what was said with a no."""

    status: int
    text: str | None


class PostFailed(Exception):
    """No answer; the message is a word that says why."""


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address. A name would be resolved once more: ValueError."""
    v6 = ipaddress.ip_address(address).version == 6  # noqa: PLR2004 - its name
    family = socket.AF_INET6 if v6 else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
    except BaseException:
        connection.close()
        raise
    return connection


def post(
    target: Target,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    connect: Dial = dial,
    tls: ssl.SSLContext | None = None,
    seconds: float = TIMEOUT_SECONDS,
) -> Reply:
    """Redirects are answers like any other, and no more of one is read than is kept.

    However slowly the other side dribbles, it is over after `seconds`: then the connection is cut.
    """
    try:
        connection = connect(address, target.port, seconds)
    except TimeoutError:
        raise PostFailed("timed_out") from None
    except OSError:
        raise PostFailed("no_connection") from None
    late = threading.Event()
    with _Deadline(seconds, late) as deadline, connection:
        try:
            deadline.cuts(connection)
            if target.local:
                return _exchange(target, connection, body, headers)
            with _wrapped(connection, target, tls) as secured:
                deadline.cuts(secured)
                secured.do_handshake()
                return _exchange(target, secured, body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise PostFailed("timed_out" if late.is_set() else _word(error)) from None


def _wrapped(
    connection: socket.socket, target: Target, tls: ssl.SSLContext | None
) -> ssl.SSLSocket:
    """By the name, whatever the address: the certificate must be of the name."""
    return (tls or ssl.create_default_context()).wrap_socket(
        connection, server_hostname=target.host, do_handshake_on_connect=False
    )


def _exchange(
    target: Target, connection: socket.socket, body: bytes, headers: Mapping[str, str]
) -> Reply:
    client = http.client.HTTPConnection(target.host, target.port)
    client.sock = connection
    client.request("POST", target.path, body, {**headers, "Host": target.authority})
    with client.getresponse() as answer:
        taken = 200 <= answer.status < 300  # noqa: PLR2004 - HTTP's own
        return Reply(status=answer.status, text=None if taken else _said(answer))


def _said(answer: http.client.HTTPResponse) -> str | None:
    """What can be shown of it; that it breaks off does not change the status."""
    with suppress(OSError, ValueError, http.client.HTTPException):
        text = answer.read(ANSWER_MAX).decode(errors="replace")
        return "".join(c if c.isprintable() else " " for c in text).strip() or None
    return None


def _word(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed_out"
    if isinstance(error, ssl.SSLError):
        return "tls_failed"
    return "no_connection" if isinstance(error, OSError) else "no_http"


class _Deadline:
    """Cuts a connection when its time is over: what waits for it then fails at once."""

    def __init__(self, seconds: float, late: threading.Event) -> None:
        self._late = late
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def cuts(self, connection: socket.socket) -> None:
        self._connection = connection

    def _cut(self) -> None:
        self._late.set()
        if self._connection is not None:
            with suppress(OSError):
                # Not SSL's own, which takes the TLS away under whoever reads.
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
