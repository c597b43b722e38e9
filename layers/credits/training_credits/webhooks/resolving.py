"""Names to addresses, by the resolver of the machine, which has no time-out of its own."""

import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

RESOLVE_SECONDS = 3.0


def resolve(host: str) -> tuple[str, ...]:
    """Every address of a name; none if it has none, or nobody answers in time."""
    waiting = ThreadPoolExecutor(1, thread_name_prefix="resolve")
    try:
        found = waiting.submit(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        return tuple(dict.fromkeys(str(one[4][0]) for one in found.result(RESOLVE_SECONDS)))
    except (OSError, UnicodeError, TooSlow):
        return ()
    finally:
        waiting.shutdown(wait=False, cancel_futures=True)
