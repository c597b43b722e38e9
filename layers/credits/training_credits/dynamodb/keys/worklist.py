"""The worklist: what is to be done, and when."""

import hashlib
from datetime import UTC, datetime

from training_credits.domain.model import Case, Lot, Order, Redemption
from training_credits.dynamodb.keys.places import FILING, instant
from training_credits.ports import SHARDS


def expiry_shard(program: str, shard: int) -> str:
    """Partition of the worklist; sharded, so that a day on which much ends is no hot spot."""
    return f"{program}#EXPIRY#{shard}"


def shard_of(unique: str) -> int:
    """The shard of a lot or a request, for ever."""
    return hashlib.sha256(unique.encode()).digest()[0] % SHARDS


def due(account_id: str, lot: Lot) -> str | None:
    """Sort key in the worklist: when it is due, and what; None if it is done with."""
    return None if lot.due is None else f"{instant(lot.due)}#{account_id}#{lot.lot_id}"


def notice_at(due: str | None, lot: Lot) -> datetime | None:
    """What the same key says of a lot's next notice; None if its end comes first."""
    at = datetime.fromisoformat(due.partition("#")[0]).astimezone(UTC) if due else None
    return None if at == lot.expires_at else at


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


def open_cases(program: str) -> str:
    """Partition of the worklist with the cases that wait for the vendor; they are few."""
    return f"{program}#CASES"


def case_due(case: Case) -> str | None:
    """Sort key in the worklist: by when, and which; None while nobody waits for the vendor."""
    if case.due_on is None:
        return None
    return f"{case.due_on.isoformat()}#{case.account_id}#{case.case_id}"


def month_end_shard(program: str, shard: int) -> str:
    """Partition of the worklist with the accounts of which a month is to be filed."""
    return f"{program}#MONTH_END#{shard}"


def month_due(account_id: str, at: datetime) -> str:
    """Sort key in the worklist: when its month is to be filed, and of which account."""
    return f"{instant(at)}#{account_id}#{FILING}"


def digest_shard(program: str, shard: int) -> str:
    """Partition of the worklist with the days of which somebody is to be told; sharded too."""
    return f"{program}#DIGESTS#{shard}"


def digest_due(account_id: str, place: str, at: datetime) -> str:
    """Sort key in the worklist: when they are told, and of what."""
    return f"{instant(at)}#{account_id}#{place}"
