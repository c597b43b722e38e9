"""What must be right before anything starts. A `CannotStart` says what to do about it."""

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path
from typing import Final

from local.template import REGION, ROOT

RUNTIMES: Final = ("process", "emulator")
# A profile of the real cloud must not be looked for, let alone used.
FOREIGN = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL")
IDENTITY = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1",
    # Receivers on this machine are told too; in the cloud nobody sets this.
    "LOCAL_WEBHOOKS": "yes",
}


class CannotStart(RuntimeError):
    """Something is in the way; the message says what to do."""


def runtime_named(name: str) -> str:
    """Where functions run; empty is the default."""
    if name and name not in RUNTIMES:
        raise CannotStart(f"RUNTIME is {' or '.join(RUNTIMES)}, not {name}.")
    return name or RUNTIMES[0]


def read_programs() -> None:
    """Every program file, so that a wrong one is told now and not by the first request."""
    # Here, because the functions get modules of their own (see runtime.py).
    from training_credits.programs import program_names, program_versions  # noqa: PLC0415

    for name in program_names():
        try:
            program_versions(name)
        except ValueError as error:
            raise CannotStart(f"Mend the files of the program {name}: {error}") from error


def folder_of_state(leave: contextlib.ExitStack, *, in_memory: bool) -> Path:
    """Where what is kept is kept, for us alone; it goes with `leave` if nothing is."""
    if in_memory:
        return Path(leave.enter_context(tempfile.TemporaryDirectory(prefix="local-")))
    state = ROOT / ".local"
    state.mkdir(exist_ok=True)
    lock = leave.enter_context((state / "lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart(
            "The local cloud runs already. Stop it first, or start another one: "
            ".venv/bin/python -m local --in-memory --port 8081"
        ) from None
    return state
