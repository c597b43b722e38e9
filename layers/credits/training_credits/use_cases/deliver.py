"""From an event to every endpoint that waits for such: noted down first, then sent and retried."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.decisions import webhooks as decisions
from training_credits.domain.errors import Stale, Unavailable
from training_credits.domain.model import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
)
from training_credits.ports import (
    Clock,
    Errand,
    Errands,
    Event,
    Hooks,
    Ledger,
    Parcel,
    Retries,
    Sender,
)
from training_credits.programs import program_named
from training_credits.use_cases.mailing import Office, frame, mail_of, send_once
from training_credits.use_cases.submit import until_fresh
from training_credits.use_cases.webhooks import body_of, errand

FAILING = "WebhookFailing"


class NotHandedOver(Exception):
    """The queue did not take all; the event comes again, and what is noted down is noted down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """An errand as the queue hands it over: how often it did, and with which receipt."""

    message_id: str
    receipt: str
    received: int
    errand: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What is needed to send; `chance` is a number in [0, 1), another each time."""

    ledger: Ledger
    hooks: Hooks
    clock: Clock
    sender: Sender
    retries: Retries
    secret: str
    chance: Callable[[], float]
    gave_up: Callable[[str, Endpoint], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a batch: the messages to be tried again, and how many were what."""

    failed: tuple[str, ...] = ()
    delivered: int = 0
    given_up: int = 0


def dispatch(hooks: Hooks, ledger: Ledger, clock: Clock, errands: Errands, event: Event) -> int:
    """One delivery and one message for each endpoint that hears of it; how many those are.

    The event again makes the same deliveries; a message again is harmless where it is delivered.
    """
    wanted = [one for one in hooks.endpoints(event.program) if one.hears(event.type)]
    now, body = clock(), body_of(event)
    made = [decisions.delivery_of(one, event.id, event.type, body, now) for one in wanted]
    for delivery in made:
        with suppress(Stale):
            ledger.commit(decisions.opened(event.program, delivery))
    sent = [errand(event.program, one.endpoint_id, one.delivery_id) for one in made]
    if sent and errands.send(sent):
        raise NotHandedOver(event.id)
    return len(sent)


def deliver(post: Post, messages: Sequence[Message]) -> Outcome:
    """All that is still to be sent, at the same time; each has its own outcome."""
    now = post.clock()
    waiting = [(each, found) for each in messages if (found := _open(post, each.errand))]
    parcels = [_parcel(post, each, *found, now) for each, found in waiting]
    failed: list[str] = []
    states: Counter[DeliveryState] = Counter()
    for number, attempt in post.sender.send(parcels):
        message, _ = waiting[number]
        try:
            after = _tried(post, message, attempt)
        except Unavailable:
            # It may have arrived, and is sent again under its id; the others are noted.
            failed.append(message.message_id)
            continue
        if after is None:
            continue
        states[after.state] += 1
        if after.state is DeliveryState.PENDING:
            pause = decisions.pause_after(message.received, post.chance())
            post.retries.put_off(message.receipt, pause)
        if after.state is not DeliveryState.DELIVERED and attempt.status != decisions.GONE:
            # Received as often as the queue allows, it goes to the dead letters.
            failed.append(message.message_id)
    return Outcome(
        failed=tuple(failed),
        delivered=states[DeliveryState.DELIVERED],
        given_up=states[DeliveryState.FAILED],
    )


def _open(post: Post, errand: Errand) -> tuple[Endpoint, Delivery] | None:
    """What is to be sent; None if it has arrived, or nobody waits for it any more."""
    endpoint, delivery = post.hooks.delivery(
        errand["program"], errand["webhook"], errand["delivery"]
    )
    if endpoint is None or delivery is None or not endpoint.enabled:
        return None
    return (endpoint, delivery) if delivery.state is DeliveryState.PENDING else None


def _parcel(
    post: Post, message: Message, endpoint: Endpoint, delivery: Delivery, now: datetime
) -> Parcel:
    secrets = decisions.secrets_of(post.secret, message.errand["program"], endpoint, now)
    return Parcel(url=endpoint.url, event_id=delivery.event_id, body=delivery.body, secrets=secrets)


def _tried(post: Post, message: Message, attempt: Attempt) -> Delivery | None:
    """Noted down with what it means for the endpoint; None if somebody else has settled it."""
    program, last = message.errand["program"], message.received >= decisions.TRIES_MAX

    def note(_: datetime) -> Delivery | None:
        found = _open(post, message.errand)
        if found is None:
            return None
        endpoint, was = found
        after, changed, change = decisions.tried(program, endpoint, was, attempt, last=last)
        post.ledger.commit(change)
        if after.state is DeliveryState.FAILED and changed.state is EndpointState.FAILING:
            # Not only the first time: whoever was killed between the two lines has told nobody.
            post.gave_up(program, changed)
        return after

    return until_fresh(post.clock, note)


def messages_of(records: Iterable[Message]) -> tuple[Message, ...]:
    """In the order they came, each delivery once: two messages of one are one try."""
    found: dict[tuple[tuple[str, str], ...], Message] = {}
    for each in records:
        found.setdefault(tuple(sorted(each.errand.items())), each)
    return tuple(found.values())


def tell_contact(office: Office, program: str, endpoint: Endpoint) -> bool:
    """Once for each time it begins to fail."""
    since = endpoint.failing_since or endpoint.made_at
    facts = {
        **frame(office, program_named(program, since), ""),
        "webhook": endpoint.endpoint_id,
        "name": endpoint.name or endpoint.url,
        "url": endpoint.url,
        "since": since.strftime("%Y-%m-%d %H:%M UTC"),
    }
    mail = mail_of(endpoint.contact, FAILING, facts, None)
    message_id = f"{FAILING}-{endpoint.endpoint_id}-{since.isoformat()}#{endpoint.contact}"
    return send_once(office, program, message_id, mail)
