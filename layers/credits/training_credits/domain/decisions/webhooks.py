"""Who is told at which address, when it is tried again, and when it is given up."""

import base64
import hashlib
import hmac
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from training_credits.domain import change as c
from training_credits.domain.decisions.rights import not_permitted
from training_credits.domain.errors import Conflict, NotFound, Reason, Refused
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    VENDOR_ROLES,
    Attempt,
    Caller,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    Permission,
    Role,
)
from training_credits.domain.program import Program

ENDPOINTS_MAX = 20
GRACE = timedelta(hours=24)
ATTEMPTS_KEPT = 30
GONE = 410
ANSWER_MAX = 1_024
# Between the tries: two days in all. SQS hides a message for at most 12 hours.
PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 39_600, 39_600)
)
TRIES_MAX = len(PAUSES) + 1
JITTER_PERCENT = 8


def check_may_hook(program: Program, caller: Caller) -> None:
    """Machines and operators of the vendor, by the program's table; it is about no account."""
    roles = frozenset(role for role in VENDOR_ROLES if role in caller.groups)
    everywhere = roles & {Role.OPERATOR, Role.INTEGRATOR}
    if not program.may(everywhere, Permission.HOOK):
        raise not_permitted(program, Permission.HOOK)


def secret_of(key: str, program: str, endpoint_id: str, generation: int) -> str:
    """The secret of one generation, as the convention writes it; derived, so never kept."""
    parts = "\x1f".join(("webhook", program, endpoint_id, str(generation)))
    mac = hmac.new(key.encode(), parts.encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(mac).decode()}"


def secrets_of(key: str, program: str, endpoint: Endpoint, now: datetime) -> tuple[str, ...]:
    """Those to sign with: the newest, and for a day after a rotation the one before."""
    rotated = endpoint.rotated_at
    both = rotated is not None and now < rotated + GRACE
    generations = range(endpoint.generation, endpoint.generation - (2 if both else 1), -1)
    return tuple(secret_of(key, program, endpoint.endpoint_id, number) for number in generations)


def add(program: Program, endpoints: Sequence[Endpoint], endpoint: Endpoint) -> c.Change:
    """One endpoint more."""
    check_room(endpoints)
    return _set(program, endpoint, None)


def check_room(endpoints: Sequence[Endpoint]) -> None:
    """Each event is sent to all that are enabled, so there are not too many of them."""
    if sum(one.enabled for one in endpoints) >= ENDPOINTS_MAX:
        raise Refused(
            Reason.TOO_MANY_WEBHOOKS, f"A program has at most {ENDPOINTS_MAX} webhooks at a time."
        )


def check_types(types: Sequence[str], known: Collection[str]) -> None:
    """Only what there is can be waited for."""
    unknown = sorted(set(types) - set(known))
    if unknown:
        raise Refused(Reason.EVENT_TYPE_UNKNOWN, "There are no such events.", unknown=unknown[:10])


def edit(
    program: Program,
    was: Endpoint,
    *,
    url: str | None,
    name: str | None,
    contact: str | None,
    types: tuple[str, ...] | None,
    enabled: bool | None,
) -> tuple[Endpoint, c.Change | None]:
    """What is said, and nothing else; enabled again, it has nothing against it any more."""
    after = replace(
        was,
        url=was.url if url is None else url,
        name=was.name if name is None else name,
        contact=was.contact if contact is None else contact,
        types=was.types if types is None else types,
    )
    if enabled is not None and enabled != was.enabled:
        state = EndpointState.ACTIVE if enabled else EndpointState.DISABLED
        after = replace(after, state=state, failing_since=None)
    return after, None if after == was else _set(program, after, was)


def rotate(program: Program, was: Endpoint, now: datetime) -> tuple[Endpoint, c.Change]:
    """Another secret; the one before it signs too for a day."""
    after = replace(was, generation=was.generation + 1, rotated_at=now)
    return after, _set(program, after, was)


def opened(program: str, delivery: Delivery) -> c.Change:
    """An event is to be told to an endpoint."""
    return c.Change(program=program, writes=(c.OpenDelivery(delivery=delivery),))


def delivery_of(
    endpoint: Endpoint, event_id: str, event_type: str, body: str, now: datetime
) -> Delivery:
    """The same event for the same endpoint is the same delivery."""
    return Delivery(
        delivery_id=derived("delivery", endpoint.endpoint_id, event_id),
        endpoint_id=endpoint.endpoint_id,
        event_id=event_id,
        type=event_type,
        body=body,
        made_at=now,
    )


def check_enabled(endpoint: Endpoint) -> None:
    """Nothing is sent to one that is disabled."""
    if not endpoint.enabled:
        raise Conflict(Reason.WEBHOOK_DISABLED, "The webhook is disabled. Enable it first.")


def again(program: Program, endpoint: Endpoint, was: Delivery) -> tuple[Delivery, c.Change]:
    """Told once more, whatever became of it before."""
    check_enabled(endpoint)
    after = replace(was, state=DeliveryState.PENDING)
    write = c.SetDelivery(delivery=after, was=was)
    return after, c.Change(program=program.id, writes=(write,))


def tried(
    program: str, endpoint: Endpoint, was: Delivery, attempt: Attempt, *, last: bool
) -> tuple[Delivery, Endpoint, c.Change]:
    """What one more try makes of the delivery, and of its endpoint."""
    gone = attempt.status == GONE
    state = DeliveryState.PENDING
    if attempt.taken:
        state = DeliveryState.DELIVERED
    elif last or gone:
        state = DeliveryState.FAILED
    attempts = (*was.attempts, attempt)[-ATTEMPTS_KEPT:]
    after = replace(was, state=state, attempts=attempts)
    writes: list[c.Write] = [c.SetDelivery(delivery=after, was=was)]
    changed = _judged(endpoint, state, attempt)
    if changed != endpoint:
        writes.append(c.SetEndpoint(endpoint=changed, was=endpoint))
    return after, changed, c.Change(program=program, writes=tuple(writes))


def _judged(endpoint: Endpoint, state: DeliveryState, attempt: Attempt) -> Endpoint:
    """A success clears it; a 410 is its own wish; and it fails once something was given up."""
    if attempt.status == GONE:
        return replace(endpoint, state=EndpointState.DISABLED)
    if state is DeliveryState.DELIVERED and endpoint.state is EndpointState.FAILING:
        return replace(endpoint, state=EndpointState.ACTIVE, failing_since=None)
    if state is DeliveryState.FAILED and endpoint.state is EndpointState.ACTIVE:
        return replace(endpoint, state=EndpointState.FAILING, failing_since=attempt.at)
    return endpoint


def pause_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries; `chance` in [0, 1) spreads those of one minute."""
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    return pause * (1 + chance * JITTER_PERCENT / 100)


def webhook_not_found() -> NotFound:
    """Of this program."""
    return NotFound(Reason.WEBHOOK_NOT_FOUND, "There is no such webhook for you.")


def delivery_not_found() -> NotFound:
    """Of this webhook."""
    return NotFound(Reason.DELIVERY_NOT_FOUND, "There is no such delivery for you.")


def _set(program: Program, endpoint: Endpoint, was: Endpoint | None) -> c.Change:
    return c.Change(program=program.id, writes=(c.SetEndpoint(endpoint=endpoint, was=was),))
