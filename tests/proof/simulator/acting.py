"""Each operation of a workload as requests to the API, sent until they are answered."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.http.asking import Reply, invoke
from tests.http.people import provider_says
from tests.http.stripe import signed_event
from tests.http.wire import Crash
from tests.proof.simulator.operations import Answer, Op
from tests.proof.simulator.requests import Requests, Sent
from tests.proof.simulator.tenants import WIRE, Account
from tests.proof.simulator.weather import Weather
from training_credits.domain.errors import Unavailable

TRIES, FAIR = 3, 4  # in this weather, and in a fair one: where all is slow, one may not do
OK, MADE, REFUSED, BUSY = 200, 201, 400, 503
STEPS = {
    "atlassian": (),
    "cisco": ("approved", "invoiced", "activated"),
    "salesforce": ("booked", "activated"),
}


class GivenUp(Exception):
    """Whoever asked goes away without an answer, and asks again another day."""


@dataclass
class Hands(Requests):
    """In this weather. `paid` is what the provider has told us of payments; `in_parts`, whether
    the last operation was answered for some of its requests before others.
    """

    weather: Weather = field(kw_only=True)
    patient: bool = True
    last: Reply | None = None
    in_parts: bool = False
    paid: list[dict[str, Any]] = field(default_factory=list)

    def carry_out(self, op: Op) -> Answer:
        """What came of it. GivenUp if its people are not patient, and the weather is not fair."""
        self.clock.at, self.in_parts = max(self.clock.at, op.at), False
        match op.kind:
            case "grant":
                return self._grant(op)
            case "sweep":
                return self._sweep()
            case "look":
                return self._look(op)
        reply = self.until_answered(self.request_of(op).go)
        return self._read(op, reply)

    def until_answered(self, send: Callable[[], Reply]) -> Reply:
        """Again and again under the same key; in the end the weather lets it through."""
        fair = self.weather.fair
        for number in range(TRIES + FAIR):
            self.weather.fair = fair or number >= TRIES
            try:
                answer = send()
                if not _busy(answer):
                    return answer
                self.in_parts |= answer.status == OK
            except Crash:
                pass
            finally:
                self.weather.fair = fair
            if not self.patient:
                raise GivenUp
        raise AssertionError("busy in fair weather")

    # The composites.

    def _grant(self, op: Op) -> Answer:
        """From order to usable credits, and what they are spent with."""
        account = self.accounts[op.account]
        owner, operators = account.who("ann"), (account.who("olga"), account.who("otto"))
        placed = self._well(self.order_of(op))
        order = placed.json["order"]
        if account.program == "atlassian":
            self._pay(account, placed.json)
        for number, step in enumerate(STEPS[account.program]):
            moves = f"{account.path}/orders/{order}/moves"
            who = operators[step == "activated"]
            key = f"step-{number}-of-{op.name}"
            self._well(Sent(who=who, path=moves, body={"to": step}, key=key))
        found = self.until_answered(lambda: owner.get(f"{account.path}/orders/{order}")).json
        self.ids["order", op.name], self.ids["lot", op.name] = order, found["lot"]
        self.ids["pays", op.name] = f"SO-{op.name}"
        if account.program == "salesforce":
            path, body = f"{account.path}/codes", {"lot": found["lot"]}
            made = self._well(Sent(who=owner, path=path, body=body, key=f"code-of-{op.name}"))
            self.ids["pays", op.name] = made.json["code"]
        return Answer(status=200, state=found["state"])

    def _well(self, sent: Sent) -> Reply:
        reply = self.until_answered(sent.go)
        assert reply.status in {OK, MADE}, reply
        return reply

    def _pay(self, account: Account, placed: dict[str, Any]) -> None:
        """The provider tells us until we have heard it, and once more if it is not sure."""
        event = {
            "program": account.program,
            "account": account.id,
            "order": placed["order"],
            "amount_minor": placed["total_minor"],
            "currency": placed["currency"],
        }
        self.paid.append(event)
        for _ in range(1 + self.weather.doubts()):
            self.hear(event)

    def hear(self, event: dict[str, Any]) -> bool:
        """Of a payment, for the first time or again; whether it was booked."""
        said = signed_event(**event)
        heard = self.until_answered(lambda: provider_says(WIRE, event["program"], said))
        assert heard.status == OK, heard
        return bool(heard.json["booked"])

    def _sweep(self) -> Answer:
        """Runs that are cut short, and then one of each that comes to its end."""
        for function in ("lapse", "expire"):
            with self.in_weather(fair=self.weather.fair):
                try:
                    invoke(function, {})
                except (Crash, Unavailable, ExceptionGroup):
                    self.weather.note(f"{function} did not end")
            with self.in_weather(fair=True):
                assert invoke(function, {})["finished"]
        return Answer(status=200)

    @contextmanager
    def in_weather(self, *, fair: bool) -> Iterator[None]:
        before, self.weather.fair = self.weather.fair, fair
        try:
            yield
        finally:
            self.weather.fair = before

    def _look(self, op: Op) -> Answer:
        account = self.accounts[op.account]
        return _refused_or(self.until_answered(lambda: account.who(op.who).get(account.path)))

    # The answers.

    def _read(self, op: Op, reply: Reply) -> Answer:
        """What the model predicts of it; and what was made is known by its name."""
        self.last = reply
        answer = _refused_or(reply)
        if answer.code:
            return answer
        said = reply.json
        match op.kind:
            case "approve" | "deny":
                each = self._outcomes(op, said["outcomes"])
                return replace(answer, each=each) if op.requests else replace(answer, state=each[0])
            case "redeem" | "book":
                self.ids["request", op.name] = said["redemption"]
                self._spent(op.name, said)
            case "ask":
                self.ids["case", op.name] = said["case"]
            case "answer" if said.get("new_lot"):
                self.ids["lot", op.name] = said["new_lot"]
            case "confirm":
                self._spent(op.request, said)
            case "fulfil" | "return":
                return replace(answer, state=said["lines"][0]["state"])
        return replace(answer, state=said["state"])

    def _outcomes(self, op: Op, outcomes: list[Any]) -> tuple[str, ...]:
        for name, one in zip(op.requests or (op.request,), outcomes, strict=True):
            if one.get("request"):
                self._spent(name, one["request"])
        states = (
            o["request"]["state"] if o.get("request") else o["problem"]["code"] for o in outcomes
        )
        return tuple(states)

    def _spent(self, request: str, said: dict[str, Any]) -> None:
        """When, as a dispute names it."""
        if said["state"] == "approved":
            self.ids["spent", request] = said.get("decided_at") or said["requested_at"]


def _busy(reply: Reply) -> bool:
    """All of it, or one request of those that were to be decided."""
    return reply.status == BUSY or (reply.status == OK and b'"code":"busy"' in reply.body)


def _refused_or(reply: Reply) -> Answer:
    if reply.status < REFUSED:
        return Answer(status=reply.status)
    return Answer(status=reply.status, code=json.loads(reply.body)["code"])
