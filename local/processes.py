"""Child processes that cannot outlive us, and ports of 127.0.0.1."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

GUARD = Path(__file__).with_name("guard.py")
POLL_SECONDS = 0.02
END_SECONDS = 5
# A Java machine or an interpreter, where everything else wants the processor too.
START_SECONDS = 120


class NotStarted(RuntimeError):
    """A child process ended, or did not listen in time."""


class Closing:
    """What is closed at the end of its block."""

    def close(self) -> None:
        """To be called once, or more often."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Child:
    """A command in a session of its own, which dies with this process (see guard.py)."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], log: Path
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(GUARD), *command],
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_for_port(self, port: int, *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not listens(port):
            if not self.alive or time.monotonic() > deadline:
                self.close()
                raise NotStarted(f"nothing listens on port {port}; see {self._log}")
            time.sleep(POLL_SECONDS)

    def close(self) -> None:
        """End everybody and wait for it; harmless when they have ended already."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0
