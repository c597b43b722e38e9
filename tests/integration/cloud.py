"""The table's stream, our bus and everybody's inbox, each as AWS hands on what it has."""

import json
from typing import Any

from moto.ses.models import ses_backends

from local.intrinsics import ACCOUNT
from local.stream import _as_lambda_sees
from local.template import REGION
from tests import engines
from tests.http.people import invoke
from tests.http.wire import Wire
from tests.http.world import SETTINGS

Json = dict[str, Any]


class Cloud:
    """From what was committed to whoever should know."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.seen = 0
        engines.mine("events").create_event_bus(Name=SETTINGS["BUS_NAME"])
        engines.mine("sesv2").create_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])

    def records(self) -> list[Json]:
        """What the stream has that was not read before."""
        arn = engines.mine("dynamodb").describe_table(TableName="credits")["Table"][
            "LatestStreamArn"
        ]
        streams = engines.mine("dynamodbstreams")
        shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]
        iterator = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        found: list[Json] = []
        while page := streams.get_records(ShardIterator=iterator, Limit=1000):
            found += page["Records"]
            iterator = page.get("NextShardIterator")
            if not page["Records"] or not iterator:
                break
        fresh, self.seen = found[self.seen :], len(found)
        return [_as_lambda_sees(record, arn) for record in fresh]

    def published(self, records: list[Json]) -> tuple[list[Json], Json]:
        """Events as a rule's target gets them, and what the function answers."""
        return published(self.wire, records)

    def told(self, events: list[Json]) -> int:
        """Mails sent for these events."""
        return sum(invoke("notify", event)["sent"] for event in events)

    def inbox(self) -> list[tuple[str, str]]:
        """Addressee and subject of each mail, oldest first."""
        sent = ses_backends[ACCOUNT][REGION].sent_messages
        return [(mail.destinations["ToAddresses"][0], mail.subject) for mail in sent]

    def texts(self) -> list[tuple[str, str]]:
        """Addressee and text of each mail, oldest first."""
        sent = ses_backends[ACCOUNT][REGION].sent_messages
        return [(mail.destinations["ToAddresses"][0], mail.body) for mail in sent]

    def happens(self) -> list[str]:
        """Deliver everything that is new; the types of the events."""
        events, answer = self.published(self.records())
        assert answer == {"batchItemFailures": []}
        self.told(events)
        return [event["detail-type"] for event in events]


def published(wire: Wire, records: list[Json]) -> tuple[list[Json], Json]:
    """Events as a rule's target gets them, and what the function answers."""
    before = len(wire.requests)
    answer = invoke("publish", {"Records": records})
    put = [r.body for r in wire.requests[before:] if r.operation == "PutEvents"]
    entries = [entry for body in put for entry in body["Entries"]]
    events = [
        {
            "version": "0",
            "id": f"event-{number}",
            "source": entry["Source"],
            "detail-type": entry["DetailType"],
            "account": ACCOUNT,
            "detail": json.loads(entry["Detail"]),
        }
        for number, entry in enumerate(entries)
    ]
    return events, answer
