"""The API as people use it, and the doors that only a local cloud has: clock, inbox, tokens."""

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
TIMEOUT_SECONDS = 120
# The sweep catches up, so that its last call before the target books what all of them would.
CALLS_PER_MOVE_MAX = 1


class Unexpected(RuntimeError):
    """An answer that the story has no place for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, as it was sent."""

    status: int
    text: str

    @property
    def good(self) -> bool:
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def busy(self) -> bool:
        """Nothing was done, and the same may be asked again."""
        return self.status == HTTPStatus.SERVICE_UNAVAILABLE and self.json["code"] == "busy"

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class LocalCloud:
    """One connection to a local cloud."""

    def __init__(self, url: str) -> None:
        self.url = url
        place = urlsplit(url).netloc
        if not place:
            raise ValueError(f"not the address of a local cloud: {url}")
        self._connection = HTTPConnection(place, timeout=TIMEOUT_SECONDS)
        self._moved_to: datetime | None = None

    def close(self) -> None:
        self._connection.close()

    def call(
        self, method: str, path: str, body: Json | None = None, headers: Json | None = None
    ) -> Answer:
        """One request. A refusal is an answer, too."""
        sent = None if body is None else json.dumps(body)
        kind = {"content-type": "application/json"}
        self._connection.request(method, path, sent, kind | (headers or {}))
        answer = self._connection.getresponse()
        return Answer(status=answer.status, text=answer.read().decode())

    def ask(self, method: str, path: str, body: Json | None = None) -> Any:
        """Of the cloud itself, under /_local."""
        return good(self.call(method, path, body), method, path).json

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("GET", "/_local/clock")["now"])

    def move_to(self, instant: datetime) -> None:
        """Forward only. What is due at `instant` itself has happened when this returns."""
        target = {"now": instant.isoformat(), "calls_max": CALLS_PER_MOVE_MAX}
        self._moved_to = instant
        self.ask("POST", "/_local/clock", target)

    def move_once_to(self, instant: datetime) -> None:
        """Unless the last move went there."""
        if instant != self._moved_to:
            self.move_to(instant)

    def flush(self) -> None:
        """Wait until nothing is on its way any more, also no word of a payment."""
        self.ask("POST", "/_local/flush")

    def mails(self) -> list[Json]:
        """Every mail that was sent, oldest first, once nothing is on its way any more."""
        self.flush()
        found: list[Json] = self.ask("GET", "/_local/inbox")
        return found

    def failures(self) -> int:
        """How many calls of functions failed for good since it was started."""
        return len(self.ask("GET", "/_local/failures"))


def good(answer: Answer, method: str, path: str) -> Answer:
    if not answer.good:
        raise Unexpected(f"{method} {path} answered {answer.status}: {answer.text}")
    return answer
