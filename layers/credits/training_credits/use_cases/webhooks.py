"""Webhooks as their owners see them: where events go, and what became of each."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.decisions import webhooks as decisions
from training_credits.domain.errors import Reason, Unavailable
from training_credits.domain.identity import derived
from training_credits.domain.model import Caller, Delivery, Endpoint
from training_credits.domain.program import Program
from training_credits.ports import Clock, Errands, Event, Hooks, Ledger, Page, Sender
from training_credits.programs import program_named
from training_credits.use_cases.submit import Intent, carry_out, until_fresh

TEST = "WebhookTest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants of an endpoint; None stays as it is, or is what it is without."""

    url: str | None = None
    name: str | None = None
    contact: str | None = None
    types: tuple[str, ...] | None = None
    enabled: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What is needed to look after webhooks; `known` are the types of events there are."""

    ledger: Ledger
    hooks: Hooks
    clock: Clock
    sender: Sender
    errands: Errands
    known: Collection[str]

    def program(self, caller: Caller, now: datetime) -> Program:
        """The caller's program, if they may."""
        program = program_named(caller.program, now)
        decisions.check_may_hook(program, caller)
        return program

    def endpoint(self, program: Program, endpoint_id: str) -> Endpoint:
        """One of the program's."""
        found = self.hooks.endpoint(program.id, endpoint_id)
        if found is None:
            raise decisions.webhook_not_found()
        return found

    def check(self, wish: Wish) -> None:
        """Where it leads, and what it waits for."""
        if wish.types is not None:
            decisions.check_types(wish.types, self.known)
        if wish.url is not None:
            self.sender.check(wish.url)


def add(desk: Desk, intent: Intent, wish: Wish, url: str) -> str:
    """One endpoint more; its secret is derived anew wherever it is shown or signed with."""
    caller = intent.caller

    def decide(now: datetime) -> tuple[Endpoint, Change]:
        program = desk.program(caller, now)
        desk.check(replace(wish, url=url))
        endpoint = Endpoint(
            endpoint_id=derived("webhook", program.id, caller.person.subject, intent.key),
            url=url,
            name=wish.name or "",
            contact=wish.contact or caller.person.email,
            made_by=caller.person.email,
            made_at=now,
            types=wish.types or (),
        )
        return endpoint, decisions.add(program, desk.hooks.endpoints(program.id), endpoint)

    return carry_out(desk.ledger, desk.clock, intent, decide)


def listed(desk: Desk, caller: Caller) -> tuple[Endpoint, ...]:
    """All of the program, disabled ones too."""
    return desk.hooks.endpoints(desk.program(caller, desk.clock()).id)


def read(desk: Desk, caller: Caller, endpoint_id: str) -> Endpoint:
    """One of them."""
    return desk.endpoint(desk.program(caller, desk.clock()), endpoint_id)


def edit(desk: Desk, caller: Caller, endpoint_id: str, wish: Wish) -> Endpoint:
    """What is said, and nothing else."""

    def attempt(now: datetime) -> Endpoint:
        program = desk.program(caller, now)
        was = desk.endpoint(program, endpoint_id)
        desk.check(wish)
        if wish.enabled and not was.enabled:
            decisions.check_room(desk.hooks.endpoints(program.id))
        after, change = decisions.edit(
            program,
            was,
            url=wish.url,
            name=wish.name,
            contact=wish.contact,
            types=wish.types,
            enabled=wish.enabled,
        )
        if change is not None:
            desk.ledger.commit(change)
        return after

    return until_fresh(desk.clock, attempt)


def rotate(desk: Desk, intent: Intent, endpoint_id: str) -> str:
    """Another secret; for a day both sign."""

    def decide(now: datetime) -> tuple[Endpoint, Change]:
        program = desk.program(intent.caller, now)
        return decisions.rotate(program, desk.endpoint(program, endpoint_id), now)

    return carry_out(desk.ledger, desk.clock, intent, decide)


def deliveries(
    desk: Desk, caller: Caller, endpoint_id: str, cursor: str | None, limit: int
) -> Page[Delivery]:
    """What it was told, newest first."""
    program = desk.program(caller, desk.clock())
    desk.endpoint(program, endpoint_id)
    return desk.hooks.deliveries(program.id, endpoint_id, cursor, limit)


def redeliver(desk: Desk, intent: Intent, endpoint_id: str, delivery_id: str) -> str:
    """The same event once more, under the same id, whatever became of it."""

    def decide(now: datetime) -> tuple[Delivery, Change]:
        program = desk.program(intent.caller, now)
        endpoint, delivery = desk.hooks.delivery(program.id, endpoint_id, delivery_id)
        if endpoint is None:
            raise decisions.webhook_not_found()
        if delivery is None:
            raise decisions.delivery_not_found()
        return decisions.again(program, endpoint, delivery)

    answer = carry_out(desk.ledger, desk.clock, intent, decide)
    _send(desk, intent.caller.program, endpoint_id, delivery_id)
    return answer


def send_test(desk: Desk, intent: Intent, endpoint_id: str) -> str:
    """An event that says nothing, for whoever sets up a receiver."""
    program_id = intent.caller.program
    event_id = f"{TEST}-{derived('test', program_id, intent.caller.person.subject, intent.key)}"

    def decide(now: datetime) -> tuple[Delivery, Change]:
        program = desk.program(intent.caller, now)
        endpoint = desk.endpoint(program, endpoint_id)
        decisions.check_enabled(endpoint)
        event = Event(id=event_id, type=TEST, program=program.id, account_id="", at=now, facts={})
        delivery = decisions.delivery_of(endpoint, event_id, TEST, body_of(event), now)
        return delivery, decisions.opened(program.id, delivery)

    answer = carry_out(desk.ledger, desk.clock, intent, decide)
    _send(desk, program_id, endpoint_id, derived("delivery", endpoint_id, event_id))
    return answer


def body_of(event: Event) -> str:
    """As the convention has it: type, timestamp, and as `data` what is on the bus."""
    data = {**event.detail, "account": event.account_id or None}  # a test is of no account
    said = {"type": event.type, "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(said, separators=(",", ":"))


def errand(program: str, endpoint_id: str, delivery_id: str) -> dict[str, str]:
    """The message that a delivery is to be tried."""
    return {"program": program, "webhook": endpoint_id, "delivery": delivery_id}


def _send(desk: Desk, program: str, endpoint_id: str, delivery_id: str) -> None:
    """On a replay too, for the first may have broken off here: what is delivered stays so."""
    if desk.errands.send([errand(program, endpoint_id, delivery_id)]):
        raise Unavailable(Reason.BUSY, "It is not on its way. Send the same request again.")
