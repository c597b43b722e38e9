"""The worklist: what is to be done, and when."""

import hashlib

from tests.compat.before.domain.model import Lot, Order, Redemption
from tests.compat.before.dynamodb.keys.places import instant

EXPIRY_SHARDS = 4


def expiry_shard(program: str, shard: int) -> str:
    """Partition of the worklist; sharded, so that a day on which much ends is no hot spot."""
    return f"{program}#EXPIRY#{shard}"


def shard_of(unique: str) -> int:
    """The shard of a lot or a request, for ever."""
    return hashlib.sha256(unique.encode()).digest()[0] % EXPIRY_SHARDS


def due(account_id: str, lot: Lot) -> str:
    """Sort key in the worklist: when it is due, and what."""
    return f"{instant(lot.expires_at)}#{account_id}#{lot.lot_id}"


def open_orders(program: str) -> str:
    """Partition of the worklist with the orders that wait for the vendor; they are few."""
    return f"{program}#ORDERS"


def order_due(order: Order) -> str | None:
    """Sort key in the worklist: by when, and which; None once the order is finished."""
    if order.due_on is None:
        return None
    return f"{order.due_on.isoformat()}#{order.account_id}#{order.order_id}"


def waiting_shard(program: str, shard: int) -> str:
    """Partition of the worklist with the requests that wait; sharded as lots are."""
    return f"{program}#WAITING#{shard}"


def request_due(redemption: Redemption) -> str | None:
    """Sort key in the worklist: when, and which; None if nothing is to be done about it."""
    if redemption.due is None:
        return None
    return f"{instant(redemption.due)}#{redemption.account_id}#{redemption.redemption_id}"
