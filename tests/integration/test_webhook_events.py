"""From an event on the bus to an endpoint that is told of it, over the handlers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.http.asking import invoke
from tests.http.hooks import PATH, delivered, hooked, path_of, queued, robot
from tests.http.people import company
from tests.http.wire import Wire
from tests.integration.cloud import Cloud
from tests.receiver import Receiver, receiving, silence
from training_credits.webhooks import posting


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def events_of(cloud: Cloud) -> list[dict[str, Any]]:
    """What an account that is opened and buys credits has on the bus."""
    company(cloud.wire, credits=10)
    events, _ = cloud.published(cloud.records())
    return events


def dispatched(events: list[dict[str, Any]]) -> int:
    return sum(invoke("dispatch", event)["dispatched"] for event in events)


def test_what_happens_is_told_signed_and_logged(cloud: Cloud, receiver: Receiver) -> None:
    platform = robot(cloud.wire)
    made = hooked(platform, receiver.url, types=["OrderActivated"]).json
    events = events_of(cloud)
    assert dispatched(events) == 1
    assert delivered(queued()) == []
    [got] = receiver.received
    said = Webhook(made["secret"]).verify(got.body, got.headers)
    [activated] = [one for one in events if one["detail-type"] == "OrderActivated"]
    assert said["type"] == "OrderActivated"
    assert said["data"] == activated["detail"]
    assert said["timestamp"] == activated["detail"]["at"]
    assert got.headers["webhook-id"] == activated["detail"]["id"]
    [logged] = platform.get(f"{PATH}/{made['webhook']}/deliveries").json["deliveries"]
    assert (logged["event"], logged["state"]) == (activated["detail"]["id"], "delivered")
    [attempt] = logged["attempts"]
    assert attempt["status"] == 204
    assert attempt["milliseconds"] >= 0
    assert "error" not in attempt


@pytest.mark.proves("F2")
def test_events_that_come_five_times_are_heard_under_the_same_ids(
    cloud: Cloud, receiver: Receiver
) -> None:
    platform = robot(cloud.wire)
    path_of(platform, receiver.url)
    events = events_of(cloud)
    for _ in range(5):
        assert dispatched(events) == len(events)
    while batch := queued():
        assert delivered(batch) == []
    assert sorted(receiver.ids) == sorted(one["detail"]["id"] for one in events)


@pytest.mark.proves("F8")
def test_of_a_batch_only_what_failed_is_tried_again(
    cloud: Cloud, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = posting.post.__kwdefaults__ or {}
    monkeypatch.setattr(posting.post, "__kwdefaults__", defaults | {"seconds": 0.3})
    platform = robot(cloud.wire)
    with silence() as port:
        hanging = path_of(platform, f"http://127.0.0.1:{port}/", types=["AccountOpened"])
        path_of(platform, receiver.url, types=["AccountOpened"])
        assert dispatched(events_of(cloud)) == 2
        batch = queued()
        [failed] = delivered(batch)
    hung = next(one for one in batch if one["messageId"] == failed)
    assert json.loads(hung["body"])["webhook"] == hanging.rpartition("/")[2]
    assert len(receiver.received) == 1
    [logged] = platform.get(f"{hanging}/deliveries").json["deliveries"]
    assert logged["state"] == "pending"
    assert [one["error"] for one in logged["attempts"]] == ["timed_out"]


def test_what_is_given_up_is_mailed_and_can_be_sent_again(cloud: Cloud, receiver: Receiver) -> None:
    platform = robot(cloud.wire)
    path = path_of(platform, receiver.url, types=["AccountOpened"], contact="ops@vendor.example")
    receiver.status, receiver.text = 500, b"Out of order"
    dispatched(events_of(cloud))
    [record] = queued()
    record["attributes"]["ApproximateReceiveCount"] = "9"
    assert delivered([record]) == [record["messageId"]]
    assert platform.get(path).json["state"] == "failing"
    assert cloud.inbox()[-1] == (
        "ops@vendor.example",
        f"Webhook {receiver.url} does not take events any more",
    )
    [given_up] = platform.get(f"{path}/deliveries").json["deliveries"]
    assert (given_up["state"], given_up["attempts"][0]["answer"]) == ("failed", "Out of order")
    receiver.status = 200
    again = platform.post(f"{path}/deliveries/{given_up['delivery']}/redeliveries", {})
    assert (again.status, again.json["state"]) == (202, "pending")
    assert delivered(queued()) == []
    assert receiver.ids == [given_up["event"]] * 2
    assert platform.get(path).json["state"] == "active"


def test_a_test_event_is_on_its_way_when_it_is_answered(own_wire: Wire, receiver: Receiver) -> None:
    platform = robot(own_wire)
    made = hooked(platform, receiver.url).json
    asked = platform.post(f"{PATH}/{made['webhook']}/tests", {})
    assert (asked.status, asked.json["type"]) == (202, "WebhookTest")
    assert delivered(queued()) == []
    [got] = receiver.received
    said = Webhook(made["secret"]).verify(got.body, got.headers)
    assert said["data"]["program"] == "atlassian"
    assert said["data"]["facts"] == {}


def test_a_log_is_read_page_by_page_newest_first(own_wire: Wire) -> None:
    platform = robot(own_wire)
    path = path_of(platform)
    sent = [platform.post(f"{path}/tests", {}).json["delivery"] for _ in range(3)]
    first = platform.get(f"{path}/deliveries", "limit=2").json
    rest = platform.get(f"{path}/deliveries", f"limit=2&cursor={first['cursor']}").json
    listed = [one["delivery"] for one in (*first["deliveries"], *rest["deliveries"])]
    assert listed == sent[::-1]


@pytest.mark.proves("F8", "F15")
def test_a_message_nobody_can_read_is_tried_again_and_keeps_no_other(
    own_wire: Wire, receiver: Receiver
) -> None:
    platform = robot(own_wire)
    path = path_of(platform, receiver.url)
    platform.post(f"{path}/tests", {})
    poison = [
        {
            "messageId": f"poison-{number}",
            "receiptHandle": "r",
            "body": body,
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        for number, body in enumerate(["", "[]", "{}", '{"program": "atlassian"}'])
    ]
    assert delivered([*poison, *queued()]) == [f"poison-{n}" for n in range(4)]
    assert len(receiver.received) == 1


def test_a_vendor_hears_of_its_own_program_only(cloud: Cloud, receiver: Receiver) -> None:
    path_of(robot(cloud.wire, "cisco"), receiver.url)
    assert dispatched(events_of(cloud)) == 0


@pytest.mark.usefixtures("own_wire")
def test_an_event_that_is_none_of_ours_is_a_defect() -> None:
    with pytest.raises(ValueError, match="not an event of ours"):
        invoke("dispatch", {"source": "elsewhere", "detail": {}})
