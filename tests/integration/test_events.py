"""From what was committed to whoever should know: stream, bus and mail, each as AWS hands it on."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto.ses.models import ses_backends

from local.intrinsics import ACCOUNT
from local.stream import _as_lambda_sees
from local.template import REGION
from tests import engines
from tests.http.audit import violations
from tests.http.people import Company, company, invoke, someone
from tests.http.wire import Wire
from tests.http.world import SETTINGS, functions_on
from training_credits.edge import observability, wiring

A_YEAR = 366 * 86_400
Json = dict[str, Any]


class Cloud:
    """The table's stream, our bus and everybody's inbox."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.seen = 0

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
        found = streams.get_records(ShardIterator=iterator, Limit=1000)["Records"]
        fresh, self.seen = found[self.seen :], len(found)
        return [_as_lambda_sees(record, arn) for record in fresh]

    def published(self, records: list[Json]) -> tuple[list[Json], Json]:
        """Events as a rule's target gets them, and what the function answers."""
        before = len(self.wire.requests)
        answer = invoke("publish", {"Records": records})
        put = [r.body for r in self.wire.requests[before:] if r.operation == "PutEvents"]
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

    def told(self, events: list[Json]) -> int:
        """Mails sent for these events."""
        return sum(invoke("notify", event)["sent"] for event in events)

    def inbox(self) -> list[tuple[str, str]]:
        """Addressee and subject of each mail, oldest first."""
        sent = ses_backends[ACCOUNT][REGION].sent_messages
        return [(mail.destinations["ToAddresses"][0], mail.subject) for mail in sent]

    def happens(self) -> list[str]:
        """Deliver everything that is new; the types of the events."""
        events, answer = self.published(self.records())
        assert answer == {"batchItemFailures": []}
        self.told(events)
        return [event["detail-type"] for event in events]


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A world for each test: the stream is short, and so is its copy in every transaction."""
    with engines.moto(), functions_on("credits", stream=True) as wire:
        engines.mine("events").create_event_bus(Name=SETTINGS["BUS_NAME"])
        engines.mine("sesv2").create_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
        yield wire
        assert violations(engines.dump("credits")) == []


@pytest.fixture
def cloud(wire: Wire) -> Cloud:
    return Cloud(wire)


def test_each_step_of_a_request_is_told_to_whom_it_concerns(wire: Wire, cloud: Cloud) -> None:
    acme = company(wire)
    assert cloud.happens() == ["AccountOpened"]
    assert cloud.inbox() == []
    acme.buys(100)
    assert cloud.happens() == ["OrderActivated"]
    assert cloud.inbox() == [(acme.owner.email, "100 training credits are ready to use")]
    bob = someone(wire, "bob")
    acme.adds(bob)
    asked = acme.wants(30).json["redemption"]
    assert cloud.happens() == ["RedemptionRequested"]
    name = acme.learner.name.title()
    wanted = f"{name} asks for 30 training credits"
    assert cloud.inbox()[1:] == [(acme.owner.email, wanted), (bob.email, wanted)]
    acme.decides("approve", asked)
    assert cloud.happens() == ["RedemptionApproved"]
    approved = "Your training credits request was approved"
    assert cloud.inbox()[3:] == [(acme.learner.email, approved)]
    asked = acme.wants(5).json["redemption"]
    acme.decides("deny", asked)
    assert cloud.happens() == ["RedemptionRequested", "RedemptionDenied"]
    asked = acme.wants(5).json["redemption"]
    acme.learner.post(f"/v1/redemptions/{asked}/cancellation", {})
    assert cloud.happens() == ["RedemptionRequested", "RedemptionCancelled"]


def test_an_event_has_what_a_subscriber_needs_and_no_code(wire: Wire, cloud: Cloud) -> None:
    acme = company(wire, credits=10)
    acme.wants(2)
    events, _ = cloud.published(cloud.records())
    requested = events[-1]["detail"]
    assert requested["version"] == 1
    assert (requested["program"], requested["account"]) == ("atlassian", acme.account)
    assert requested["facts"]["credits"] == 2
    assert acme.code.replace("-", "") not in json.dumps(events)
    assert acme.code not in json.dumps(events)


def test_what_comes_again_is_told_once(wire: Wire, cloud: Cloud) -> None:
    acme = company(wire, credits=10)
    acme.wants()
    records = cloud.records()
    first, _ = cloud.published(records)
    again, _ = cloud.published(records)
    assert [e["detail"] for e in first] == [e["detail"] for e in again]
    assert cloud.told(first) == 2
    for events in (first, again, list(reversed(again))):
        assert cloud.told(events) == 0
    assert len(cloud.inbox()) == 2


def test_a_mail_that_could_not_be_sent_is_sent_the_next_time(wire: Wire, cloud: Cloud) -> None:
    acme = company(wire, credits=10)
    events, _ = cloud.published(cloud.records())
    engines.mine("sesv2").delete_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
    with pytest.raises(Exception, match="could not be handed over"):
        cloud.told(events)
    assert cloud.inbox() == []
    engines.mine("sesv2").create_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
    assert cloud.told(events) == 1
    assert cloud.inbox() == [(acme.owner.email, "10 training credits are ready to use")]


def test_a_repeat_inside_a_batch_hides_nothing_that_failed(wire: Wire, cloud: Cloud) -> None:
    company(wire, credits=10)
    opened, bought = [r for r in cloud.records() if invoke_alone(cloud, r)]
    client = _bus_client(cloud)
    nothing = {"FailedEntryCount": 3, "Entries": [{"ErrorCode": "InternalFailure"}] * 3}
    http = type("Http", (), {"status_code": 200})()
    client.meta.events.register("before-call.eventbridge.PutEvents", lambda **_: (http, nothing))
    repeated = {**opened, "dynamodb": {**opened["dynamodb"], "SequenceNumber": "999"}}
    _, answer = cloud.published([opened, bought, repeated])
    first = opened["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": first}]}


def invoke_alone(cloud: Cloud, record: Json) -> bool:
    """Whether this record is an event."""
    return cloud.published([record])[0] != []


def test_what_the_bus_did_not_take_comes_again_from_there_on(wire: Wire, cloud: Cloud) -> None:
    acme = company(wire, credits=10)
    acme.wants()
    records = cloud.records()
    heard = [r for r in records if "REDEMPTION#" in r["dynamodb"]["Keys"]["sk"]["S"]]
    partly = {
        "FailedEntryCount": 1,
        "Entries": [{"EventId": "1"}, {"EventId": "2"}, {"ErrorCode": "ThrottlingException"}],
    }

    def refuse(*_: Any, **__: Any) -> Any:
        return type("Http", (), {"status_code": 200})(), partly

    client = _bus_client(cloud)
    client.meta.events.register("before-call.eventbridge.PutEvents", refuse)
    _, answer = cloud.published(records)
    number = heard[0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}
    client.meta.events.unregister("before-call.eventbridge.PutEvents", refuse)
    rest = records[records.index(heard[0]) :]
    events, answer = cloud.published(rest)
    assert answer == {"batchItemFailures": []}
    assert [event["detail-type"] for event in events] == ["RedemptionRequested"]


def _bus_client(cloud: Cloud) -> Any:
    """The client of the function, made by a first call."""
    cloud.published([])
    return vars(wiring.bus())["_client"]


@pytest.mark.parametrize(
    "envelope",
    [
        {},
        {"source": "somebody-else", "detail-type": "OrderActivated", "detail": {"version": 1}},
        {"source": "training-credits", "detail-type": "OrderActivated", "detail": {"version": 2}},
        {"source": "training-credits", "detail-type": "OrderActivated", "detail": "text"},
    ],
)
def test_an_event_that_is_not_ours_fails_and_sends_nothing(cloud: Cloud, envelope: Json) -> None:
    with pytest.raises(ValueError, match="event of"):
        invoke("notify", envelope)
    assert cloud.inbox() == []


def test_a_schedule_that_was_missed_for_a_month_is_caught_up(
    wire: Wire, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire)
    for credits in (7, 5):
        acme.buys(credits)
    acme.wants(3)
    cloud.happens()
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_YEAR + 31 * 86_400))
    assert invoke("expire", {}) == {"lots": 2, "credits": 12, "finished": True}
    assert invoke("expire", {}) == {"lots": 0, "credits": 0, "finished": True}
    assert sorted(cloud.happens()) == ["CreditsExpired"] * 2
    subjects = sorted(subject for _, subject in cloud.inbox()[-2:])
    assert subjects == ["5 training credits have expired", "7 training credits have expired"]
    lots = acme.owner.get(acme.path).json["lots"]
    entries = [i for i in engines.dump("credits").values() if i.get("entry_kind") == "expire"]
    ends = {lot["expires_at"].replace("Z", ".000000Z") for lot in lots}
    assert {entry["at"] for entry in entries} == ends


@pytest.fixture
def logged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """Log lines, wherever their stream was when Powertools found it, and all that is printed."""
    lines = io.StringIO()
    monkeypatch.setattr(observability.logger.registered_handler, "stream", lines)
    return lambda: "".join((lines.getvalue(), *capsys.readouterr()))


def test_no_log_line_holds_a_code_a_token_or_an_address(
    wire: Wire, cloud: Cloud, logged: Callable[[], str]
) -> None:
    token = "eyJhbGciOiJSUzI1NiJ9.canary.signature"
    acme: Company = company(wire, credits=10)
    canary = (("authorization", f"Bearer {token}"), ("content-type", "application/json"))
    wish = json.dumps({"code": acme.code, "title": "Canary title", "credits": 1})
    for body in (wish, wish.replace('"credits": 1', '"credits": 99'), wish[:-1]):
        headers = (*canary, ("idempotency-key", f"canary-key-{len(body)}"))
        acme.learner.send("POST", "/v1/redemptions", body, headers=headers)
    cloud.happens()
    invoke("expire", {})
    with pytest.raises(ValueError, match="event of"):
        invoke("notify", {"source": acme.code})
    lines = logged()
    assert "refused" in lines
    assert "TrainingCredits" in lines
    for secret in (acme.code, acme.code.replace("-", ""), token, SETTINGS["CODE_KEY"]):
        assert secret not in lines
    for private in (acme.learner.email, acme.owner.email, "Canary title"):
        assert private not in lines


def test_the_log_canary_can_fail(logged: Callable[[], str]) -> None:
    observability.logger.info("refused", code="KVGP-WKC8-9P9FJ")
    assert "KVGP-WKC8-9P9FJ" in logged()
