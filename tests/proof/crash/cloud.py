"""The table in DynamoDB Local and all else in moto; as it was, as it is, and put back.

moto is a server here: a process that is killed leaves there what it has done.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

from local.intrinsics import ACCOUNT
from local.template import REGION
from tests import engines
from tests.http.hooks import QUEUE
from tests.http.wire import Wire
from tests.http.world import SETTINGS, functions_on

BUCKETS = (SETTINGS["DOCUMENTS_BUCKET"], SETTINGS["SEALS_BUCKET"])
QUEUES = (QUEUE, "months")
Raw = dict[tuple[str, str], dict[str, Any]]


@contextmanager
def everything() -> Iterator[None]:
    """Both engines, until the end of the block."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        with engines.dynamodb_local(), pytest.MonkeyPatch.context() as patch:
            patch.setenv(engines.SERVICES, f"http://{host}:{port}")
            yield
    finally:
        server.stop()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """What was done to the world outside the table."""

    mails: Counter[tuple[str, str]]
    objects: dict[str, bytes]
    messages: Counter[str]


@dataclass
class Cloud:
    """One table and its surroundings, for one run after the other."""

    wire: Wire
    table: str
    kept: Raw = field(default_factory=dict)

    def raw(self) -> Raw:
        """Every item, as DynamoDB writes it."""
        return engines.raw(self.table)

    def put_back(self, wanted: Raw) -> None:
        """The table as it was; no mail, no message, no object."""
        engines.put_back(self.table, wanted)
        _backend(ses_backends).sent_messages.clear()
        for name in QUEUES:
            _messages(name).clear()
        for name in BUCKETS:
            _bucket(name).keys.clear()

    def outside(self) -> Outside:
        sent = _backend(ses_backends).sent_messages
        return Outside(
            mails=Counter((mail.destinations["ToAddresses"][0], mail.subject) for mail in sent),
            objects={
                f"{name}/{key}": kept.value for name in BUCKETS for key, kept in _objects(name)
            },
            messages=Counter(_said(one) for name in QUEUES for one in _messages(name)),
        )


@contextmanager
def cloud_on(table: str) -> Iterator[Cloud]:
    """With the bus and the sender that the functions name."""
    with functions_on(table) as wire:
        engines.mine("events").create_event_bus(Name=SETTINGS["BUS_NAME"])
        engines.mine("sesv2").create_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
        yield Cloud(wire=wire, table=table)


def _backend(backends: Any, region: str = REGION) -> Any:
    return backends[ACCOUNT][region]


def _bucket(name: str) -> Any:
    return _backend(s3_backends, "aws").buckets[name]


def _objects(name: str) -> list[tuple[str, Any]]:
    return [*_bucket(name).keys.items()]


def _messages(queue: str) -> list[Any]:
    found: list[Any] = _backend(sqs_backends).queues[queue]._messages  # noqa: SLF001
    return found


def _said(message: Any) -> str:
    """The same words for the same errand."""
    return json.dumps(json.loads(message.body), sort_keys=True)
