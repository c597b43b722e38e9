"""The way out and the queue before it on trial: the fakes, and the real ones."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import engines
from tests.fakes.clock import StoppedClock
from tests.fakes.sending import FakeQueue, FakeSender
from tests.receiver import Receiver, receiving
from training_credits.domain.decisions.webhooks import secret_of
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Attempt
from training_credits.messaging.sqs import SqsErrands
from training_credits.ports import DeliveryQueue, Parcel, Sender
from training_credits.webhooks.posting import post
from training_credits.webhooks.sender import WebhookSender

ADDRESSES = {"inner.example.com": ("93.184.216.34", "10.0.0.1"), "nobody.example.com": ()}
SECRETS = (secret_of("a key", "atlassian", "H1", 1),)


def resolve(host: str) -> tuple[str, ...]:
    return ADDRESSES.get(host, ("93.184.216.34",))


def parcel(host: str, event_id: str = "E1") -> Parcel:
    return Parcel(url=f"https://{host}/in", event_id=event_id, body="{}", secrets=SECRETS)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture(params=["fake", "real"])
def sender(request: pytest.FixtureRequest, receiver: Receiver) -> Sender:
    """Both send to public names; those of the real one lead to a receiver here, without TLS."""
    if request.param == "fake":
        refusing = {"https://full.example.com/in": 507}
        return FakeSender(StoppedClock(), answers=dict(refusing), addresses=ADDRESSES)

    def posted(target: Any, _: str, body: bytes, headers: Any) -> Any:
        here = type(target)(host="127.0.0.1", port=receiver.port, path=target.path, local=True)
        receiver.status = 507 if target.host.startswith("full") else 204
        return post(here, "127.0.0.1", body, headers)

    return WebhookSender(lambda: datetime.now(UTC), resolve=resolve, post=posted)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.com/in", "not_https"),
        ("http://127.0.0.1/in", "not_https"),
        ("https://127.0.0.1/in", "no_public_name"),
        ("https://inner.example.com/in", "address_not_public"),
        ("https://nobody.example.com/in", "name_not_found"),
    ],
)
def test_where_nothing_may_be_sent_is_refused_by_its_word(
    sender: Sender, url: str, why: str
) -> None:
    with pytest.raises(Refused) as refused:
        sender.check(url)
    assert (refused.value.reason, refused.value.facts["why"]) == (Reason.WEBHOOK_URL_REFUSED, why)


def test_a_public_address_is_welcome(sender: Sender) -> None:
    sender.check("https://hooks.example.com/in")


def test_each_parcel_has_its_own_outcome(sender: Sender) -> None:
    hosts = ["hooks.example.com", "inner.example.com", "nobody.example.com"]
    found: dict[int, Attempt] = dict(sender.send([parcel(host) for host in hosts]))
    assert sorted(found) == [0, 1, 2]
    assert (found[0].status, found[0].error, found[0].taken) == (204, None, True)
    assert (found[1].status, found[1].error, found[1].taken) == (None, "address_not_public", False)
    assert found[2].error == "name_not_found"
    assert all(one.milliseconds >= 0 for one in found.values())


def test_a_no_is_no_success(sender: Sender) -> None:
    [(_, attempt)] = sender.send([parcel("full.example.com")])
    assert (attempt.status, attempt.taken) == (507, False)


def test_of_nothing_there_is_no_outcome(sender: Sender) -> None:
    assert list(sender.send([])) == []


@pytest.fixture(params=["fake", "real"])
def queue(request: pytest.FixtureRequest) -> Iterator[DeliveryQueue]:
    if request.param == "fake":
        yield FakeQueue()
        return
    with engines.moto():
        yield SqsErrands(engines.mine("sqs").create_queue(QueueName="q")["QueueUrl"])


def kept(queue: DeliveryQueue) -> list[dict[str, str]]:
    """All that can be received now."""
    if isinstance(queue, FakeQueue):
        return [dict(one) for one in queue.errands]
    found: list[dict[str, str]] = []
    while messages := _received():
        found += [json.loads(one["Body"]) for one in messages]
    return found


def _received() -> list[Any]:
    sqs = engines.mine("sqs")
    url = sqs.get_queue_url(QueueName="q")["QueueUrl"]
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=360)
    messages: list[Any] = answer.get("Messages", [])
    return messages


def test_every_errand_is_on_the_queue(queue: DeliveryQueue) -> None:
    errands = [{"webhook": "H1", "delivery": f"D{n:02}"} for n in range(23)]
    assert queue.send(errands) == ()
    assert sorted(kept(queue), key=lambda one: one["delivery"]) == errands
    assert queue.send([]) == ()


def test_what_is_not_taken_is_told(queue: DeliveryQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    errands = [{"delivery": "D1"}, {"delivery": "D2"}]
    if isinstance(queue, FakeQueue):
        queue.down = True
        lost = tuple(errands)
    else:
        answer = {"Successful": [{"Id": "1"}], "Failed": [{"Id": "0"}]}
        client: Any = queue._client  # type: ignore[attr-defined]  # noqa: SLF001
        monkeypatch.setattr(client, "send_message_batch", lambda **_: answer)
        lost = (errands[0],)
    assert queue.send(errands) == lost


def test_what_is_put_off_does_not_show(queue: DeliveryQueue) -> None:
    queue.send([{"delivery": "D1"}])
    if isinstance(queue, FakeQueue):
        queue.put_off("r", timedelta(hours=1))
        assert queue.put_offs == [("r", timedelta(hours=1))]
        return
    [message] = _received()
    queue.put_off(message["ReceiptHandle"], timedelta())
    [message] = _received()
    queue.put_off(message["ReceiptHandle"], timedelta(hours=11, seconds=0.5))
    assert _received() == []
