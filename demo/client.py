"""The API as people use it, and the doors that only a local cloud has: clock, inbox, tokens."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

Json = dict[str, Any]
COMPANY = "Acme"
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
        return self.status < 400  # noqa: PLR2004  # where HTTP's errors begin

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
        return _good(self.call(method, path, body), method, path).json

    def sign_in(self, name: str, email: str, program: str, *groups: str) -> "Person":
        """A token; and what an address is asked into, it joins by signing in."""
        fields = {"name": name, "email": email, "program": program, "groups": groups}
        token = self.ask("POST", "/_local/tokens", fields)["token"]
        return Person(name=name, email=email, token=token, cloud=self)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("GET", "/_local/clock")["now"])

    def move_to(self, instant: datetime) -> None:
        """Forward only. What is due at `instant` itself has happened when this returns."""
        target = {"now": instant.isoformat(), "calls_max": CALLS_PER_MOVE_MAX}
        self.ask("POST", "/_local/clock", target)

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who is signed in."""

    name: str
    email: str
    token: str
    cloud: LocalCloud

    def send(self, method: str, path: str, body: Json | None = None) -> Answer:
        """The same words are the same request, because its key comes from them."""
        words = f"{method} {path} {json.dumps(body)}"
        key = hashlib.sha256(words.encode()).hexdigest()[:32]
        headers = {"authorization": f"Bearer {self.token}", "idempotency-key": key}
        return self.cloud.call(method, path, body, headers)

    def get(self, path: str, **query: str) -> Answer:
        asked = f"{path}?{urlencode(query)}" if query else path
        return _good(self.send("GET", asked), "GET", path)

    def post(self, path: str, body: Json) -> Json:
        found: Json = _good(self.send("POST", path, body), "POST", path).json
        return found

    def open_account(self, name: str, **more: str) -> str:
        opened = self.post("/v1/accounts", {"name": name, **more})
        return str(opened["account"])

    def account(self, account: str) -> Json:
        found: Json = self.get(f"/v1/accounts/{account}").json
        return found

    def invite(self, account: str, email: str) -> Json:
        return self.post(f"/v1/accounts/{account}/members", {"email": email})

    def join(self) -> Json:
        """What a portal asks first: invitations are accepted, terms may be due."""
        return self.post("/v1/sign-ins", {})

    def approve_automatically(self, account: str) -> None:
        path = f"/v1/accounts/{account}"
        _good(self.send("PATCH", path, {"approval": "automatic"}), "PATCH", path)

    def make_code(self, account: str) -> Answer:
        return self.send("POST", f"/v1/accounts/{account}/codes", {})

    def place(self, account: str, credits: int, channel: str = "card") -> str:
        """The path of a new order."""
        billing = {"company": COMPANY, "country": "US"}
        body = {"credits": credits, "billing": billing, "channel": channel}
        order = self.post(f"/v1/accounts/{account}/orders", body)["order"]
        return f"/v1/accounts/{account}/orders/{order}"

    def try_card(self, order: str, method: str) -> Answer:
        """What follows from it has happened when this returns."""
        answer = self.send("POST", f"{order}/payment", {"method": method})
        self.cloud.flush()
        return answer

    def pay(self, order: str, **how: object) -> Json:
        """By card: the order, activated."""
        self.post(f"{order}/payment", dict(how))
        self.cloud.flush()
        bought = self.order(order)
        if "lot" not in bought:
            raise Unexpected(f"{order} was paid and is {bought['state']}")
        return bought

    def move(self, order: str, to: str) -> Json:
        return self.post(f"{order}/moves", {"to": to})

    def order(self, order: str) -> Json:
        """Where it stands."""
        found: Json = self.get(order).json
        return found

    def redeem(self, code: str, title: str, credits: int) -> Answer:
        return self.send(
            "POST", "/v1/redemptions", {"code": code, "title": title, "credits": credits}
        )

    def cancel(self, redemption: str) -> Json:
        return self.post(f"/v1/redemptions/{redemption}/cancellation", {})

    def requests(self, account: str, state: str = "pending") -> Json:
        found: Json = self.get(f"/v1/accounts/{account}/redemptions", state=state).json
        return found

    def decide(
        self, account: str, verdict: str, redemptions: Sequence[str], note: str | None = None
    ) -> Json:
        said = {"verdict": verdict, "redemptions": list(redemptions)}
        body = said if note is None else {**said, "note": note}
        return self.post(f"/v1/accounts/{account}/decisions", body)

    def entries(self, account: str, start: datetime, end: datetime) -> list[Json]:
        path = f"/v1/accounts/{quote(account)}/transactions"
        period = {"from": start.isoformat(), "to": end.isoformat()}
        found: list[Json] = self.get(path, **period).json["entries"]
        return found

    def statement(self, account: str, month: str) -> Json:
        found: Json = self.get(f"/v1/accounts/{account}/statements/{month}").json
        return found

    def statement_as_csv(self, account: str, month: str) -> str:
        return self.get(f"/v1/accounts/{account}/statements/{month}", format="csv").text


def _good(answer: Answer, method: str, path: str) -> Answer:
    if not answer.good:
        raise Unexpected(f"{method} {path} answered {answer.status}: {answer.text}")
    return answer
