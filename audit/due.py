"""What is to be done stands on the worklist, and what had to be done is done (I20)."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from audit.facts import OPEN, Found, Item, Partition, later, stamp
from training_credits.ports import SHARDS

DELIVERED_WITHIN = timedelta(days=3)
# An HTTP status of 200 to 299.
TAKEN, HUNDRED = 2, 100


def laws(account: Partition) -> Iterator[Found]:
    """All of them."""
    for lot in account.of("lot"):
        yield from _lot(account, lot)
    for request in account.of("redemption"):
        yield from _request(account, request)
    for filing in account.of("filing"):
        yield from _placed(account, filing, "MONTH_END", account.name, filing.get("due"))
        yield from _overdue(account, filing, "the end of its month")
    for digest in account.of("digest"):
        due = digest.get("due") if "worklist" in digest else None
        yield from _placed(account, digest, "DIGESTS", digest["sk"], due)
        yield from _overdue(account, digest, f"the day of {digest['email']}")


def _lot(account: Partition, lot: Item) -> Iterator[Found]:
    """Until its end it is looked at by then; after it, once more at the most, and later."""
    name, closed = lot["lot_id"], lot["closed"]
    due = lot["due"].partition("#")[0] if "worklist" in lot and "due" in lot else None
    called = due is None or due > lot["expires_at"]
    if not called if closed else (due is None or called):
        yield account.says("I20", f"lot {name}: the sweep would look at it for nothing, or never")
    at = f"{due}#{account.name}#{name}" if due else None
    yield from _placed(account, lot, "EXPIRY", name, at)
    place = f"{'PAST' if closed else 'LOT'}#{lot['expires_at']}#{name}"
    if lot.get("book") != place:
        yield account.says("I15", f"lot {name}: the book has it at {lot.get('book')}")
    yield from _overdue(account, lot, f"the lot {name}")


def _request(account: Partition, request: Item) -> Iterator[Found]:
    name, state = request["redemption_id"], request["state"]
    at = request.get("nudge_at") if state == "approved" else None
    if state in OPEN:
        times = (request.get("remind_at"), request.get("lapses_at"))
        at = min((one for one in times if one), default=None)
    due = f"{at}#{account.name}#{name}" if at else None
    yield from _placed(account, request, "WAITING", name, due)
    when = request.get("decided_at", request["requested_at"])
    place = f"SETTLED#{state}#{when}#{name}"
    if state == "pending":
        place = f"REQUEST#{request['requested_at']}#{name}"
    if request.get("book") != place:
        yield account.says("I15", f"request {name}: {state}, the book says {request.get('book')}")
    yield from _overdue(account, request, f"the request {name}")


def _placed(
    account: Partition, item: Item, what: str, unique: str, due: str | None
) -> Iterator[Found]:
    """On the worklist of its shard by then, or not at all."""
    shard = hashlib.sha256(unique.encode()).digest()[0] % SHARDS
    work = f"{account.program}#{what}#{shard}" if due else None
    if item.get("worklist") != work or item.get("due") != due:
        words = f"{item['sk']}: the worklist has it at {item.get('due')}, it is due at {due}"
        yield account.says("I20", words)


def _overdue(account: Partition, item: Item, what: str) -> Iterator[Found]:
    now, due = account.bounds.now, item.get("due")
    if now is None or due is None or "worklist" not in item:
        return
    if later(str(due).partition("#")[0], account.bounds.grace) < stamp(now):
        yield account.says("I20", f"{what}: due since {due}, and nobody has seen to it")


def deliveries(endpoint: Partition) -> Iterator[Found]:
    """What was to be told is told, or given up; and there is somebody to tell."""
    now = endpoint.bounds.now
    for delivery in endpoint.of("delivery"):
        name, state = delivery["delivery_id"], delivery["state"]
        words = f"delivery {name}: nobody is there to be told"
        yield endpoint.needs("I16", f"endpoint|{delivery['endpoint_id']}", words)
        taken = [
            one for one in delivery["attempts"] if (one.get("status") or 0) // HUNDRED == TAKEN
        ]
        if state not in ("pending", "delivered", "failed") or (state == "delivered" and not taken):
            yield endpoint.says("I15", f"delivery {name}: {state}, and its attempts say otherwise")
        over = later(delivery["made_at"], DELIVERED_WITHIN)
        if now is not None and state == "pending" and over < stamp(now):
            yield endpoint.says("I20", f"delivery {name}: pending since {delivery['made_at']}")


def endpoints(program: Partition) -> Iterator[Found]:
    """Those that are told."""
    for item in program.of("endpoint"):
        yield program.has(f"endpoint|{item['endpoint_id']}")
        yield program.has(f"id|{item['endpoint_id']}")
        if (item["state"] == "failing") and "failing_since" not in item:
            yield program.says("I15", f"webhook {item['endpoint_id']}: failing since never")
