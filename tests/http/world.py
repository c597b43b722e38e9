"""The functions with their settings, on a table of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import engines
from tests.http.stripe import WEBHOOK_SECRET
from tests.http.wire import Wire, tapped
from training_credits.edge import wiring

SETTINGS = {
    "BUS_NAME": "training-credits",
    "CODE_KEY": "a secret of the tests",
    "MAIL_FROM": "credits@vendor.example",
    "PAYMENTS": "stripe",
    "PORTAL_URL": "https://portal.example",
    "STRIPE_API_BASE": "http://127.0.0.1:9",  # nobody listens there
    "STRIPE_API_KEY": "a key of the tests",
    "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
}
CACHED = (wiring.ledger, wiring.bus, wiring.mailer, wiring.payments)


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
