"""What functions on a schedule have in common: they go on while there is time for more."""

from collections.abc import Callable
from typing import Any

# What is begun must end; what is left to do, the next run does.
SAFETY_MILLISECONDS = 10_000


def has_time(context: Any) -> Callable[[], bool]:
    """Whether this invocation may begin with one thing more, asked before each."""
    return lambda: context.get_remaining_time_in_millis() > SAFETY_MILLISECONDS
