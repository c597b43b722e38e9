"""`python -m local`: start the cloud, show how to use it, stop at Ctrl-C."""

import argparse
import contextlib
import logging
import os
import signal
import sys
import time

from rich.console import Console

from local import screen
from local.cloud import ENGINES, Cloud
from local.processes import NotStarted
from local.starting import CannotStart

ENDS = (signal.SIGINT, signal.SIGTERM)
WAKE_SECONDS = 0.25
PORT_MAX = 65_535


def main() -> int:
    arguments = _arguments()
    console = Console(highlight=False)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    # It complains about usage figures that it did not send anywhere.
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    # SIGINT too: a shell starts what runs in the background with it ignored.
    for number in ENDS:
        signal.signal(number, _interrupt)
    try:
        _serve(arguments, console)
    except KeyboardInterrupt:
        console.print("Stopped; nothing runs any more.")
    except (CannotStart, NotStarted, FileNotFoundError) as error:
        console.print(f"[red]Cannot start.[/] {error}")
        return 1
    return 0


def _serve(arguments: argparse.Namespace, console: Console) -> None:
    started = time.monotonic()
    with contextlib.ExitStack() as leave:
        with console.status("Starting") as status:
            cloud = Cloud(
                port=arguments.port,
                in_memory=arguments.in_memory,
                engine=arguments.engine,
                progress=status.update,
            )
            leave.enter_context(cloud)
        screen.show(console, cloud, time.monotonic() - started)
        while True:
            # Not for ever at once: a signal that another thread takes would not wake this one.
            time.sleep(WAKE_SECONDS)


def _interrupt(*_: object) -> None:
    """Asked to end, politely or by Ctrl-C; asking again must not break off the clean-up."""
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    port = os.environ.get("PORT", "8080")
    parser.add_argument("--port", type=_port, default=port, help="where the API answers (PORT)")
    parser.add_argument("--in-memory", action="store_true", help="keep nothing on disk")
    parser.add_argument("--engine", choices=ENGINES, help="what keeps the table")
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > PORT_MAX:
        raise argparse.ArgumentTypeError(f"PORT is a number from 0 to {PORT_MAX}, not {text}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
