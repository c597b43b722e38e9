"""Functions that nobody asks: on a schedule, behind the stream, the bus and the queues."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tests import engines
from tests.http import hooks
from tests.http.people import Company, invoke, someone
from tests.http.wire import WRITE
from tests.integration.cloud import Json, published
from tests.proof.crash.cloud import Raw
from tests.proof.crash.faults import CLAIM, IN_DOUBT, How
from tests.proof.crash.recording import Recorder, later
from tests.proof.crash.stage import Scene

Make = Callable[[Recorder], Scene]
LAST_TRY = "9"


def expire(recorder: Recorder) -> Scene:
    """Two lots of one account, and one of another program, have ended."""
    recorder.company("atlassian")
    with later(370):
        return recorder.job("expire", {})


def announce(recorder: Recorder) -> Scene:
    recorder.company("cisco")
    with later(300):
        return recorder.job("expire, an end to come", {})


def lapse(recorder: Recorder) -> Scene:
    """One waits too long, another was approved and not begun; both are due."""
    made = recorder.company("cisco")
    asked = [made.wants(n).json["redemption"] for n in (3, 4, 5)]
    made.decides("approve", asked[0])
    with later(90):
        return recorder.job("lapse", {})


def remind(recorder: Recorder) -> Scene:
    made = recorder.company("atlassian")
    made.wants(3)
    made.wants(4)
    with later(31):
        return recorder.job("lapse, a reminder", {})


def month_end(recorder: Recorder) -> Scene:
    recorder.company("atlassian").wants(3)
    with later(40):
        return recorder.job("month_end", {})


def close_month(recorder: Recorder) -> Scene:
    made = recorder.company("atlassian")
    made.decides("approve", made.wants(3).json["redemption"])
    body = f'{{"program": "atlassian", "account": "{made.account}"}}'
    with later(40):
        return recorder.job("close_month", {"Records": [{"messageId": "m-1", "body": body}]})


def publish(recorder: Recorder) -> Scene:
    return recorder.job("publish", {"Records": _streamed(recorder, recorder.company("cisco"))})


def notify(recorder: Recorder) -> Scene:
    """Three owners hear of a request."""
    made = recorder.company("atlassian")
    for name in ("bob", "cat"):
        made.adds(someone(made.owner.wire, name))
    event = _event(recorder, made, "RedemptionRequested")
    return recorder.job("notify", event)


def plan(recorder: Recorder) -> Scene:
    """Whoever wants one mail for a day gets none now."""
    made = recorder.company("cisco")
    assert made.owner.put("/v1/preferences", {"transactions": "daily"}).status == 200
    return recorder.job("notify, of a whole day", _event(recorder, made, "TransactionPosted"))


def digest(recorder: Recorder) -> Scene:
    invoke("notify", plan(recorder).event)
    with later(2):
        return recorder.job("digest", {})


def dispatch(recorder: Recorder) -> Scene:
    """Two endpoints wait for it."""
    made = recorder.company("cisco")
    for _ in range(2):
        hooks.path_of(made.staff[0], recorder.stage.receiver.url)
    return recorder.job("dispatch", _event(recorder, made, "RedemptionRequested"))


def deliver(recorder: Recorder) -> Scene:
    return _delivery(recorder, "deliver", 204)


def give_up(recorder: Recorder) -> Scene:
    """The last try: its webhook fails from now on, and its contact is told.

    Killed in between, the contact hears of it when something is given up again: this message is
    never called for a tenth time.
    """
    scene = _delivery(recorder, "deliver, in vain", 500, LAST_TRY)
    doubts = IN_DOUBT | {(WRITE, How.AFTER), (CLAIM, How.BEFORE)}
    return replace(scene, doubts=doubts, excused=frozenset({"sent"}))


def _delivery(recorder: Recorder, name: str, status: int, tries: str = "1") -> Scene:
    made = recorder.company("atlassian")
    path = hooks.path_of(made.staff[0], recorder.stage.receiver.url)
    made.staff[0].post(f"{path}/tests", {})
    (record,) = hooks.queued()
    record["attributes"]["ApproximateReceiveCount"] = tries

    def prepare(event: Json) -> None:
        """The message is on the queue and in our hands."""
        sqs = engines.mine("sqs")
        url = sqs.get_queue_url(QueueName=hooks.QUEUE)["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=record["body"])
        event["Records"][0]["receiptHandle"] = hooks.queued()[0]["receiptHandle"]
        recorder.stage.receiver.status = status

    return recorder.job(name, {"Records": [record]}, prepare=prepare)


JOBS: Mapping[str, Make] = {
    "expire": expire,
    "expire, an end to come": announce,
    "lapse": lapse,
    "lapse, a reminder": remind,
    "month_end": month_end,
    "close_month": close_month,
    "publish": publish,
    "notify": notify,
    "notify, of a whole day": plan,
    "digest": digest,
    "dispatch": dispatch,
    "deliver": deliver,
    "deliver, in vain": give_up,
}


def _event(recorder: Recorder, made: Company, kind: str) -> Json:
    """As the bus hands it over; of a request that still waits, or is approved."""
    yes = kind != "RedemptionRequested"
    events, _ = published(recorder.stage.cloud.wire, _streamed(recorder, made, yes=yes))
    return next(event for event in events if event["detail-type"] == kind)


def _streamed(recorder: Recorder, made: Company, *, yes: bool = True) -> list[Json]:
    """What the stream says of a request, and of its yes."""
    cloud = recorder.stage.cloud
    images = [cloud.raw()]
    asked = made.wants(3).json["redemption"]
    images.append(cloud.raw())
    if yes:
        assert made.decides("approve", asked).status == 200
        images.append(cloud.raw())
    records = [one for before, after in pairwise(images) for one in _records(before, after)]
    return [_numbered(record, str(number)) for number, record in enumerate(records)]


def _records(before: Raw, after: Raw) -> list[Json]:
    """What the stream would say, item by item."""
    return [
        {
            "eventName": "MODIFY" if place in before else "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_791_806_400,
                "NewImage": item,
                **({"OldImage": before[place]} if place in before else {}),
            },
        }
        for place, item in sorted(after.items())
        if before.get(place) != item
    ]


def _numbered(record: Any, number: str) -> Json:
    return {**record, "dynamodb": {**record["dynamodb"], "SequenceNumber": number}}
