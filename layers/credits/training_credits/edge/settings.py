"""What the environment says, read when it is asked for."""

import os


def text(name: str) -> str:
    """A required setting; a function that lacks it must fail loudly."""
    return os.environ[name]


def clock_offset_seconds() -> float:
    """How far the clock is moved, for rehearsals on a laptop; never set in the cloud."""
    return float(os.environ.get("CLOCK_OFFSET_SECONDS", "0"))


def local_webhooks() -> bool:
    """Whether receivers at http://127.0.0.1 are welcome: on a laptop; never set in the cloud."""
    return os.environ.get("LOCAL_WEBHOOKS") == "yes"
