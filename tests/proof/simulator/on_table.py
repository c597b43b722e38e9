"""A seed on DynamoDB Local: the true ledger, faults on the wire, the stream told to its end."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.endpoint
import pytest

import audit
from local.stream import _as_lambda_sees
from tests import engines
from tests.fakes.clock import StoppedClock
from tests.fakes.outside import RecordedBus, RecordedMailer
from tests.http.asking import invoke
from tests.http.wire import (
    WRITE,
    Crash,
    Request,
    Wire,
    answer_lost,
    conflict,
    crash_after,
    no_answer,
)
from tests.proof.simulator.requests import Ids
from tests.proof.simulator.stages import begun
from tests.proof.simulator.tenants import Account, around, quiet
from tests.proof.simulator.weather import Fault, Weather
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.edge import mailing, settings, wiring
from training_credits.ports import Event, Ledger
from training_credits.use_cases.notify import notify

Record = dict[str, Any]
DELIVERED = {"RedemptionDelivered", "RedemptionFulfilled"}


class OnTable:
    """The tenants on a table of their own, which its caller has made, with its stream."""

    accounts: dict[str, Account]
    ids: Ids

    def __init__(self, weather: Weather, wire: Wire, table: str) -> None:
        self.weather, self.table, self.wire = weather, table, wire
        self.meanwhile: list[Callable[[], object]] = []
        self.bus, self.mailer = RecordedBus(), RecordedMailer()
        with self.wired(clock := StoppedClock()):
            self.accounts, self.ids = begun(clock)
        wire.fault = self._fault

    @property
    def kept(self) -> Ledger:
        """Whoever looks on does so in fair weather."""
        ledger: DynamoLedger = wiring.ledger()
        return ledger

    @contextmanager
    def wired(self, clock: StoppedClock) -> Iterator[None]:
        self.clock = clock
        with pytest.MonkeyPatch.context() as patch, quiet():
            around(patch, clock)
            patch.setattr(wiring, "bus", lambda: self.bus)
            patch.setattr(wiring, "mailer", lambda: self.mailer)
            # botocore waits up to a second before it tries again.
            patch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
            yield

    def _fault(self, request: Request) -> Any:
        if request.operation == WRITE and self.meanwhile:
            self.meanwhile.pop()()
        match self.weather.strikes(request.operation):
            case Fault.BUSY:
                return conflict(request) if request.operation == WRITE else no_answer
            case Fault.LOST if request.operation != "UpdateItem":  # as in the memory: a count
                return answer_lost
            case Fault.CRASH:
                raise Crash
            case Fault.DIED if request.operation != "UpdateItem":
                return crash_after
        return None

    def broken(self, *_: object) -> Iterator[str]:
        """The whole table is judged at the end."""
        return iter(())

    def all_broken(self) -> Iterator[str]:
        dump = engines.dump(self.table)
        # Without a word of what is due: nobody here ends a month, and the rest was looked at.
        for violation in audit.violations(dump.values()):
            yield str(violation)
        yield from self._told(dump)

    # The stream, told in any order and more than once.

    def _told(self, dump: engines.Dump) -> Iterator[str]:
        """Whatever was committed is told, whatever was not is not, and nobody hears it twice."""
        records, rng = self._records(), self.weather.rng
        for first in range(0, len(records), 10):
            for _ in range(rng.choice((1, 1, 2))):
                answer = invoke("publish", {"Records": records[first : first + 10]})
                if answer["batchItemFailures"]:
                    yield f"not published: {answer}"
        events = {event.id: event for event in self.bus.events}
        told, mails = Counter[tuple[str, str]](), self.mailer.mails
        for event in rng.sample([*events.values()] * 2, 2 * len(events)):
            before = len(mails)
            notify(mailing.office(), event, secret=settings.text("CODE_KEY"))
            told.update((event.id, mail.to) for mail in mails[before:])
        yield from _untold(events.values(), [i for i in dump.values() if i["kind"] == "entry"])
        for (event_id, to), times in told.items():
            if times > 1:
                yield f"{to} was told {times} times of {event_id}"

    def _records(self) -> list[Record]:
        """All that the stream has, as Lambda hands it on."""
        client = boto3.client("dynamodbstreams", endpoint_url=os.environ[engines.ENDPOINT])
        tables = engines.mine("dynamodb").describe_table(TableName=self.table)
        arn = tables["Table"]["LatestStreamArn"]
        found: list[Any] = []
        for shard in client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator: Any = client.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while iterator:
                read = client.get_records(ShardIterator=iterator, Limit=1000)
                found += read["Records"]
                iterator = read.get("NextShardIterator") if read["Records"] else None
        return [_as_lambda_sees(record, arn) for record in found]


def on_table(wire: Wire, table: str) -> Callable[[Weather], OnTable]:
    """For a simulation."""
    return lambda weather: OnTable(weather, wire, table)


def _untold(events: Iterable[Event], entries: list[Record]) -> Iterator[str]:
    """What changes a balance is an event of its own; a delivery, of its request."""
    posted = {e.facts["entry"] for e in events if e.type == "TransactionPosted"}
    delivered = {e.facts["redemption"] for e in events if e.type in DELIVERED}
    for entry in posted - {item["entry_id"] for item in entries}:
        yield f"{entry} was told, and is not there"
    for item in entries:
        kind, told = item["entry_kind"], item["entry_id"] in posted
        if kind == "deliver":
            told = item["reference"] in delivered
        if not told and kind not in {"hold", "release", "expire"}:
            yield f"{item['entry_id']} is there, and was not told"
