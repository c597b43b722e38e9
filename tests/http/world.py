"""The functions with their settings, on a table of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import engines
from tests.http import hooks
from tests.http.stripe import WEBHOOK_SECRET
from tests.http.wire import Wire, tapped
from training_credits.edge import wiring

SETTINGS = {
    "BUS_NAME": "training-credits",
    "CODE_KEY": "a secret of the tests",
    "DOCUMENTS_BUCKET": "documents",
    "SEALS_BUCKET": "seals",
    "MAIL_FROM": "credits@vendor.example",
    "PAYMENTS": "stripe",
    "PORTAL_URL": "https://portal.example",
    "STRIPE_API_BASE": "http://127.0.0.1:9",  # nobody listens there
    "STRIPE_API_KEY": "a key of the tests",
    "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
}
CACHED = (
    wiring.ledger,
    wiring.bus,
    wiring.mailer,
    wiring.payments,
    wiring.documents,
    wiring.seals,
    wiring.months,
    wiring.deliveries,
)


@contextmanager
def functions_on(table: str, *, stream: bool = False) -> Iterator[Wire]:
    """As Lambda sets them up: environment, and nothing kept from an earlier one."""
    engines.make_table(table, stream=stream)
    if not engines.table_alone():
        engines.mine("s3").create_bucket(Bucket=SETTINGS["DOCUMENTS_BUCKET"])
        _lock_seals()
    with pytest.MonkeyPatch.context() as patch, tapped() as wire:
        for name, value in (SETTINGS | {"TABLE_NAME": table}).items():
            patch.setenv(name, value)
        patch.setenv("MONTHS_URL", _queue())
        hooks.outside(patch)
        patch.delenv("CLOCK_OFFSET_SECONDS", raising=False)
        _forget()
        yield wire
        _forget()


def _forget() -> None:
    for made in CACHED:
        made.cache_clear()


def _lock_seals() -> None:
    """As the template does: whatever is put there stays for ten years."""
    name, s3 = SETTINGS["SEALS_BUCKET"], engines.mine("s3")
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 10}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=lock)


def _queue() -> str:
    """The queue of accounts of which a month is to be filed."""
    if engines.table_alone():
        return ""
    return str(engines.mine("sqs").create_queue(QueueName="months")["QueueUrl"])
