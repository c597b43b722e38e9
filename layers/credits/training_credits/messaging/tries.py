"""What a service did not take for now is sent again, a little later each time."""

import secrets
import time
from collections.abc import Iterator

TRIES_MAX = 3


def tries(pause: float) -> Iterator[int]:
    """Each try, as how many are left after it; a random while before each but the first.

    `pause`: seconds, the longest before the second.
    """
    for tried in range(TRIES_MAX):
        if tried:
            time.sleep(secrets.SystemRandom().uniform(0, pause * tried))
        yield TRIES_MAX - tried - 1
