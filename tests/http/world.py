"""The functions with their settings, on a table of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import engines
from tests.http.wire import Wire, tapped
from training_credits.edge import wiring

SETTINGS = {
    "BUS_NAME": "training-credits",
    "CODE_KEY": "a secret of the tests",
    "MAIL_FROM": "credits@vendor.example",
    "PAYMENTS": "stand-in",
    "PORTAL_URL": "https://portal.example",
}
CACHED = (wiring.ledger, wiring.bus, wiring.mailer)


@contextmanager
def functions_on(table: str, *, stream: bool = False) -> Iterator[Wire]:
    """As Lambda sets them up: environment, and nothing kept from an earlier one."""
    engines.make_table(table, stream=stream)
    with pytest.MonkeyPatch.context() as patch, tapped() as wire:
        for name, value in (SETTINGS | {"TABLE_NAME": table}).items():
            patch.setenv(name, value)
        patch.delenv("CLOCK_OFFSET_SECONDS", raising=False)
        _forget()
        yield wire
        _forget()


def _forget() -> None:
    for made in CACHED:
        made.cache_clear()
