"""Runs one command and ends it when whoever asked for it is gone, even by kill -9.

A file to be run by path, not imported: it must start in milliseconds and need nothing of ours.
Its standard input is a pipe nobody writes to; the pipe ends when the other side does.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PATIENCE_SECONDS = 2


def family() -> list[int]:
    """Everybody of our session but us. The runtime emulator moves its child to another group."""
    processes = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [one for one in processes if one != os.getpid() and _session(one) == os.getsid(0)]


def _session(process: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        return os.getsid(process)
    return 0


def end(status: int) -> None:
    """Kill the family and see it gone; without /proc, the group in which it normally stays."""
    if not Path("/proc").is_dir():
        os.killpg(0, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (left := family()) and time.monotonic() < deadline:
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.005)
    os._exit(status)


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    end(0)


if __name__ == "__main__":
    # Ctrl-C in a terminal is the parent's to answer; it closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    end(child.wait() & 0xFF)
