"""What comes again is told once, what failed is tried again, and no log line tells a secret."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests import engines
from tests.http.people import Company, company, invoke, provider_says
from tests.http.stripe import signed_event
from tests.http.world import SETTINGS
from tests.integration.cloud import Cloud, Json
from training_credits.edge import observability, wiring
from training_credits.messaging.tries import TRIES_MAX

A_YEAR = 366 * 86_400


@pytest.mark.proves("F2")
def test_what_comes_again_is_told_once(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=10)
    acme.wants()
    records = cloud.records()
    first, _ = cloud.published(records)
    again, _ = cloud.published(records)
    assert [e["detail"] for e in first] == [e["detail"] for e in again]
    assert cloud.told(first) == 2
    for events in (first, again, list(reversed(again))):
        assert cloud.told(events) == 0
    assert len(cloud.inbox()) == 2


def test_a_mail_that_could_not_be_sent_is_sent_the_next_time(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=10)
    events, _ = cloud.published(cloud.records())
    engines.mine("sesv2").delete_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
    with pytest.raises(Exception, match="could not be handed over"):
        cloud.told(events)
    assert cloud.inbox() == []
    engines.mine("sesv2").create_email_identity(EmailIdentity=SETTINGS["MAIL_FROM"])
    assert cloud.told(events) == 1
    assert cloud.inbox() == [(acme.owner.email, "10 training credits are ready to use")]


@pytest.mark.proves("F12")
def test_a_repeat_inside_a_batch_hides_nothing_that_failed(cloud: Cloud) -> None:
    company(cloud.wire, credits=10)
    opened, *others = (r for r in cloud.records() if invoke_alone(cloud, r))
    client = _bus_client(cloud)
    count = 1 + len(others) + 1
    nothing = {"FailedEntryCount": count, "Entries": [{"ErrorCode": "InternalFailure"}] * count}
    http = type("Http", (), {"status_code": 200})()
    client.meta.events.register("before-call.eventbridge.PutEvents", lambda **_: (http, nothing))
    repeated = {**opened, "dynamodb": {**opened["dynamodb"], "SequenceNumber": "999"}}
    _, answer = cloud.published([opened, *others, repeated])
    first = opened["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": first}]}


def invoke_alone(cloud: Cloud, record: Json) -> bool:
    """Whether this record is an event."""
    return cloud.published([record])[0] != []


@pytest.mark.proves("F12")
def test_what_the_bus_did_not_take_comes_again_from_there_on(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=10)
    acme.wants()
    records = cloud.records()
    heard = [r for r in records if "REDEMPTION#" in r["dynamodb"]["Keys"]["sk"]["S"]]
    tried = 0

    def refuse(params: Json, **_: Any) -> Any:
        nonlocal tried
        entries = json.loads(params["body"])["Entries"]
        no = [entry["DetailType"].startswith("Redemption") for entry in entries]
        tried += any(no)
        answers = [{"ErrorCode": "Throttling"} if one else {"EventId": "1"} for one in no]
        return type("Http", (), {"status_code": 200})(), {"Entries": answers}

    client = _bus_client(cloud)
    client.meta.events.register("before-call.eventbridge.PutEvents", refuse)
    _, answer = cloud.published(records)
    number = heard[0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}
    assert tried == TRIES_MAX
    client.meta.events.unregister("before-call.eventbridge.PutEvents", refuse)
    rest = records[records.index(heard[0]) :]
    events, answer = cloud.published(rest)
    assert answer == {"batchItemFailures": []}
    assert [event["detail-type"] for event in events] == ["RedemptionRequested"]


def _bus_client(cloud: Cloud) -> Any:
    """The client of the function, made by a first call."""
    cloud.published([])
    return vars(wiring.bus())["_client"]


@pytest.mark.proves("F15", "T13")
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


@pytest.mark.proves("F17")
def test_a_schedule_that_was_missed_for_a_month_is_caught_up(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(cloud.wire)
    for credits in (7, 5):
        acme.buys(credits)
    acme.wants(3)
    cloud.happens()
    monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(A_YEAR + 31 * 86_400))
    assert invoke("expire", {}) == {"lots": 2, "credits": 12, "told": 0, "finished": True}
    assert invoke("expire", {}) == {"lots": 0, "credits": 0, "told": 0, "finished": True}
    assert sorted(cloud.happens()) == ["CreditsExpired"] * 2
    subjects = sorted(subject for _, subject in cloud.inbox()[-2:])
    assert subjects == ["5 training credits have expired", "7 training credits have expired"]
    lots = acme.owner.get(acme.path).json["lots"]
    entries = [i for i in engines.dump("credits").values() if i.get("entry_kind") == "expire"]
    ends = {lot["expires_at"].replace("Z", ".000000Z") for lot in lots}
    assert {entry["at"] for entry in entries} == ends


@pytest.mark.proves("T16", "G10")
def test_no_log_line_holds_a_code_a_token_or_an_address(
    cloud: Cloud, logged: Callable[[], str]
) -> None:
    token = "eyJhbGciOiJSUzI1NiJ9.canary.signature"
    acme: Company = company(cloud.wire, credits=10)
    canary = (("authorization", f"Bearer {token}"), ("content-type", "application/json"))
    wish = json.dumps({"code": acme.code, "title": "Canary title", "credits": 1})
    for body in (wish, wish.replace('"credits": 1', '"credits": 99'), wish[:-1]):
        headers = (*canary, ("idempotency-key", f"canary-key-{len(body)}"))
        acme.learner.send("POST", "/v1/redemptions", body, headers=headers)
    said, signature = signed_event(
        program="atlassian", account=acme.account, order="0" * 16, amount_minor=1
    )
    for heard in ((said, signature), (said + b" ", signature)):
        provider_says(cloud.wire, "atlassian", heard)
    cloud.happens()
    invoke("expire", {})
    with pytest.raises(ValueError, match="event of"):
        invoke("notify", {"source": acme.code})
    lines = logged()
    assert "refused" in lines
    assert "TrainingCredits" in lines
    assert "payment without an order" in lines
    keys = [SETTINGS[name] for name in ("CODE_KEY", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET")]
    for secret in (acme.code, acme.code.replace("-", ""), token, signature, *keys):
        assert secret not in lines
    for private in (acme.learner.email, acme.owner.email, "Canary title"):
        assert private not in lines


@pytest.mark.proves("T16", "G20")
def test_the_log_canary_can_fail(logged: Callable[[], str]) -> None:
    observability.logger.info("refused", code="KVGP-WKC8-9P9FJ")
    assert "KVGP-WKC8-9P9FJ" in logged()
