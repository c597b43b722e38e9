"""What goes out to endpoints: where to, signed how, and what comes of misbehaviour."""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.receiver import NAME, Receiver, certificate, receiving, silence
from training_credits.domain.addresses import Target
from training_credits.domain.decisions.webhooks import secret_of
from training_credits.domain.errors import Refused
from training_credits.domain.model import Attempt
from training_credits.ports import Parcel
from training_credits.webhooks import posting, resolving
from training_credits.webhooks.posting import PostFailed, dial, post
from training_credits.webhooks.sender import WebhookSender, signed

SECRET = secret_of("a key", "atlassian", "0000000000000001", 1)
OLD = secret_of("a key", "atlassian", "0000000000000001", 0)
BODY = json.dumps({"type": "AccountOpened", "data": {"name": "Grüße"}})
PUBLIC = "93.184.216.34"


def parcel(url: str, event_id: str = "AccountOpened-1", *secrets: str) -> Parcel:
    return Parcel(url=url, event_id=event_id, body=BODY, secrets=secrets or (SECRET,))


def sent(*parcels: Parcel, **facts: Any) -> list[Attempt]:
    """What came of each, in their order."""
    sender = WebhookSender(lambda: datetime.now(UTC), local=True, **facts)
    return [attempt for _, attempt in sorted(sender.send(parcels), key=lambda one: one[0])]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_the_library_verifies_what_arrives(receiver: Receiver) -> None:
    [attempt] = sent(parcel(receiver.url))
    assert attempt.status == 204
    assert attempt.taken
    [got] = receiver.received
    assert Webhook(SECRET).verify(got.body, got.headers) == json.loads(BODY)
    assert got.headers["webhook-id"] == "AccountOpened-1"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("part", ["body", "webhook-id", "webhook-timestamp", "secret"])
def test_a_byte_more_or_less_is_no_signature(receiver: Receiver, part: str) -> None:
    sent(parcel(receiver.url))
    [got] = receiver.received
    headers, body, secret = dict(got.headers), got.body, SECRET
    if part == "body":
        body = body.replace(b"A", b"B", 1)
    elif part == "secret":
        secret = OLD
    else:
        headers[part] = headers[part][:-1] + ("1" if headers[part][-1] != "1" else "2")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers)


def test_for_a_day_after_a_rotation_both_secrets_sign(receiver: Receiver) -> None:
    sent(parcel(receiver.url, "AccountOpened-1", SECRET, OLD))
    [got] = receiver.received
    for secret in (SECRET, OLD):
        Webhook(secret).verify(got.body, got.headers)


def test_a_signature_is_dated_by_the_clock_of_whoever_verifies() -> None:
    headers = signed(parcel("https://hooks.example.com/"), datetime.now(UTC))
    Webhook(SECRET).verify(BODY, headers)
    late = signed(parcel("https://hooks.example.com/"), datetime.now(UTC) - timedelta(minutes=6))
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(SECRET).verify(BODY, late)


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    with receiving() as elsewhere:
        receiver.status, receiver.headers = 307, {"location": elsewhere.url}
        [attempt] = sent(parcel(receiver.url))
        assert (attempt.status, attempt.taken) == (307, False)
        assert elsewhere.received == []


def test_of_a_no_the_first_kilobyte_is_kept_and_of_a_yes_nothing(receiver: Receiver) -> None:
    receiver.status, receiver.text = 500, b"no\x00\n" + b"x" * 5_000
    [attempt] = sent(parcel(receiver.url))
    assert attempt.status == 500
    assert attempt.answer is not None
    assert attempt.answer.startswith("no  x")
    assert len(attempt.answer) == 1_024
    receiver.status = 200
    [attempt] = sent(parcel(receiver.url))
    assert (attempt.status, attempt.answer) == (200, None)


def test_one_that_hangs_keeps_no_other_waiting(receiver: Receiver) -> None:
    quick = partial(post, seconds=0.4)
    with silence() as port:
        sender = WebhookSender(lambda: datetime.now(UTC), local=True, post=quick)
        began, when = time.monotonic(), {}
        parcels = [parcel(f"http://127.0.0.1:{port}/"), parcel(receiver.url)]
        for number, attempt in sender.send(parcels):
            when[number] = (time.monotonic() - began, attempt)
    assert when[1][1].taken
    assert when[1][0] < 0.35
    hung = when[0][1]
    assert (hung.error, hung.status) == ("timed_out", None)
    assert 400 <= hung.milliseconds < 2_000


def test_one_that_dribbles_is_cut_off_in_time(receiver: Receiver) -> None:
    def dribble(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(60):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.05)

    receiver.behave = dribble
    began = time.monotonic()
    [attempt] = sent(parcel(receiver.url), post=partial(post, seconds=0.4))
    assert attempt.error == "timed_out"
    assert time.monotonic() - began < 2


def test_one_that_speaks_something_else_is_named(receiver: Receiver) -> None:
    def greet(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n\r\n")

    receiver.behave = greet
    assert sent(parcel(receiver.url))[0].error == "no_http"


def test_one_that_is_not_there_is_named() -> None:
    with silence() as port:
        pass
    assert sent(parcel(f"http://127.0.0.1:{port}/"))[0].error == "no_connection"


class Rebinding:
    """A name that is public when it is looked at, and ours when it is asked for again."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _: str) -> tuple[str, ...]:
        self.asked += 1
        return (PUBLIC,) if self.asked == 1 else ("127.0.0.1",)


def test_the_connection_goes_to_the_address_that_was_checked(receiver: Receiver) -> None:
    dialled: list[str] = []

    def to_the_receiver(address: str, _: int, seconds: float) -> Any:
        dialled.append(address)
        return dial("127.0.0.1", receiver.port, seconds)

    rebinding = Rebinding()
    quick = partial(post, connect=to_the_receiver, seconds=1)
    sent(parcel(f"https://{NAME}/"), resolve=rebinding, post=quick)
    assert (dialled, rebinding.asked) == ([PUBLIC], 1)


def test_a_name_that_has_become_ours_is_refused_at_delivery() -> None:
    rebinding = Rebinding()
    sender = WebhookSender(lambda: datetime.now(UTC), resolve=rebinding)
    sender.check(f"https://{NAME}/")
    [(_, attempt)] = sender.send([parcel(f"https://{NAME}:8443/")])
    assert (attempt.error, attempt.status) == ("address_not_public", None)
    with pytest.raises(Refused):
        sender.check(f"https://{NAME}/")


def test_one_address_of_several_that_is_ours_refuses_all() -> None:
    sender = WebhookSender(lambda: datetime.now(UTC), resolve=lambda _: (PUBLIC, "10.0.0.1"))
    with pytest.raises(Refused, match="Nothing is sent"):
        sender.check(f"https://{NAME}/")


def test_without_the_setting_of_a_laptop_nothing_local_is_sent(receiver: Receiver) -> None:
    sender = WebhookSender(lambda: datetime.now(UTC))
    [(_, attempt)] = sender.send([parcel(receiver.url)])
    assert attempt.error == "not_https"
    assert receiver.received == []


def test_over_tls_the_name_is_asked_for_and_looked_at(tmp_path: Path) -> None:
    own, other = certificate(tmp_path), certificate(tmp_path, "other.example.com")
    trusting = ssl.create_default_context(cafile=own)
    trusting.load_verify_locations(other)
    headers = signed(parcel(f"https://{NAME}/"), datetime.now(UTC))

    def told(path: Path, tls: ssl.SSLContext | None) -> tuple[int | str, Receiver]:
        with receiving(path) as receiver:
            target = Target(host=NAME, port=receiver.port, path="/in")
            try:
                reply = post(target, "127.0.0.1", BODY.encode(), headers, tls=tls, seconds=2)
            except PostFailed as failed:
                return str(failed), receiver
            return reply.status, receiver

    status, receiver = told(own, trusting)
    assert status == 204
    assert receiver.received[0].headers["host"] == f"{NAME}:{receiver.port}"
    assert told(other, trusting)[0] == "tls_failed"
    assert told(own, None)[0] == "tls_failed"


def test_names_are_never_dialled() -> None:
    with pytest.raises(ValueError, match="localhost"):
        dial("localhost", 443, 1)


def test_a_name_nobody_knows_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> list[Any]:
        time.sleep(0.3)
        return [(0, 0, 0, "", (PUBLIC, 0))]

    assert resolving.resolve("no such name.invalid") == ()
    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert resolving.resolve(NAME) == (PUBLIC,)
    monkeypatch.setattr(resolving, "RESOLVE_SECONDS", 0.05)
    assert resolving.resolve(NAME) == ()
    assert posting.TIMEOUT_SECONDS == 10
