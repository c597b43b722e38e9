"""localstripe as we start it: of this machine, in memory, and gone with whoever started it."""

import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.localstripe import LocalStripe
from local.processes import free_port, listens
from local.template import ROOT
from tests.contract.providers import order
from tests.stripe_server import stripe_at

STORE = Path(tempfile.gettempdir(), "localstripe.pickle")  # where the package would keep it
STARTS = """
import time
from local.localstripe import LocalStripe
print(LocalStripe.start().url, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalStripe]:
    with LocalStripe.start() as started:
        yield started


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def test_nobody_outside_this_machine_can_reach_it(server: LocalStripe) -> None:
    # Whoever listens on every address listens on these too.
    for address in ("127.0.0.2", "::1"):
        with pytest.raises(OSError, match="Errno"):
            socket.create_connection((address, port_of(server.url)), timeout=1)


def test_what_it_knows_is_never_on_the_disk(server: LocalStripe) -> None:
    before = STORE.stat().st_mtime_ns if STORE.exists() else None
    stripe_at(server.url).open(order())
    assert (STORE.stat().st_mtime_ns if STORE.exists() else None) == before


def test_it_takes_the_port_it_is_given() -> None:
    port = free_port()
    with LocalStripe.start(port) as server:
        assert port_of(server.url) == port
        assert listens(port)
    assert not listens(port)


def test_it_is_gone_when_whoever_started_it_is_killed() -> None:
    command = [sys.executable, "-c", STARTS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        port = port_of(starter.stdout.readline().strip())
        assert listens(port)
        starter.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while listens(port):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_address_that_is_none_is_not_registered(server: LocalStripe) -> None:
    with pytest.raises(ValueError, match="no webhooks for ftp"):
        server.register("ftp://127.0.0.1", "secret")
