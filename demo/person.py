"""Somebody who is signed in, and what they ask of the API."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from demo.client import Answer, Json, LocalCloud, Unexpected, good

TRIES_MORE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One caller of one program."""

    name: str
    email: str
    token: str
    cloud: LocalCloud

    def send(self, method: str, path: str, body: Json | None = None) -> Answer:
        """The same words are the same request, because its key comes from them.

        So a busy cloud is simply asked again.
        """
        words = f"{method} {path} {json.dumps(body)}"
        key = hashlib.sha256(words.encode()).hexdigest()[:32]
        headers = {"authorization": f"Bearer {self.token}", "idempotency-key": key}
        answer = self.cloud.call(method, path, body, headers)
        for _ in range(TRIES_MORE):
            if not answer.busy:
                break
            answer = self.cloud.call(method, path, body, headers)
        return answer

    def get(self, path: str, **query: str) -> Answer:
        asked = f"{path}?{urlencode(query)}" if query else path
        return good(self.send("GET", asked), "GET", path)

    def post(self, path: str, body: Json) -> Json:
        found: Json = good(self.send("POST", path, body), "POST", path).json
        return found

    def put(self, path: str, body: Json) -> Json:
        found: Json = good(self.send("PUT", path, body), "PUT", path).json
        return found

    def open_account(self, name: str, **more: str) -> str:
        opened = self.post("/v1/accounts", {"name": name, **more})
        return str(opened["account"])

    def account(self, account: str) -> Json:
        found: Json = self.get(f"/v1/accounts/{account}").json
        return found

    def invite(self, account: str, email: str, role: str = "owner") -> Json:
        return self.post(f"/v1/accounts/{account}/members", {"email": email, "role": role})

    def join(self) -> Json:
        """What a portal asks first: invitations are accepted, terms may be due."""
        return self.post("/v1/sign-ins", {})

    def accept(self, terms: Json) -> None:
        self.post("/v1/terms", {"version": terms["version"]})

    def approve(self, account: str, how: str) -> None:
        """From now on: automatic, or manual."""
        path = f"/v1/accounts/{account}"
        good(self.send("PATCH", path, {"approval": how}), "PATCH", path)

    def make_code(self, account: str) -> Answer:
        return self.send("POST", f"/v1/accounts/{account}/codes", {})

    def order(self, order: str) -> Json:
        """Where it stands."""
        found: Json = self.get(order).json
        return found

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

    def move(self, order: str, to: str, **more: object) -> Json:
        return self.post(f"{order}/moves", {"to": to, **more})

    def ask(self, *lines: Json, **more: object) -> Answer:
        """A request to spend, or its refusal."""
        return self.send("POST", "/v1/redemptions", {"lines": lines, **more})

    def after(self, redemption: str, step: str, **said: object) -> Answer:
        """A step of a request, or of what is booked with it."""
        return self.send("POST", f"/v1/redemptions/{redemption}/{step}", dict(said))

    def redemption(self, redemption: str) -> Json:
        """As whoever asked for it sees it."""
        found: Json = self.get(f"/v1/redemptions/{redemption}").json
        return found

    def requests(self, account: str, state: str = "pending") -> Json:
        found: Json = self.get(f"/v1/accounts/{account}/redemptions", state=state).json
        return found

    def decide(
        self, account: str, verdict: str, redemptions: Sequence[str], note: str | None = None
    ) -> Answer:
        said = {"verdict": verdict, "redemptions": list(redemptions)}
        body = said if note is None else {**said, "note": note}
        return self.send("POST", f"/v1/accounts/{account}/decisions", body)

    def entries(self, account: str, start: datetime, end: datetime) -> list[Json]:
        """All of a period, however many pages they are."""
        path = f"/v1/accounts/{quote(account)}/transactions"
        asked = {"from": start.isoformat(), "to": end.isoformat(), "limit": "100"}
        found: list[Json] = []
        while True:
            page = self.get(path, **asked).json
            found += page["entries"]
            if "cursor" not in page:
                return found
            asked["cursor"] = page["cursor"]

    def statement(self, account: str, month: str) -> Json:
        found: Json = self.get(f"/v1/accounts/{account}/statements/{month}").json
        return found

    def statement_as_csv(self, account: str, month: str) -> str:
        return self.get(f"/v1/accounts/{account}/statements/{month}", format="csv").text


def sign_in(cloud: LocalCloud, name: str, email: str, program: str, *groups: str) -> Person:
    """With a token; and what an address is asked into, it joins by signing in."""
    fields = {"name": name, "email": email, "program": program, "groups": groups}
    token = cloud.ask("POST", "/_local/tokens", fields)["token"]
    return Person(name=name, email=email, token=token, cloud=cloud)
