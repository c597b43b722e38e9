"""The end of a lot: booked once, dated at its instant, whenever the sweep comes by."""

from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.model import Entry, EntryKind, Lot


def expiry_of(account_id: str, lot: Lot, now: datetime) -> Entry | None:
    """What the sweep books, or will: readers add it to what is booked, and agree with it."""
    lost = None if lot.closed else lot.write_off(now)
    if lost is None:
        return None
    return Entry(
        entry_id=f"expire-{lot.lot_id}",
        account_id=account_id,
        kind=EntryKind.EXPIRE,
        at=lot.expires_at,
        movements=(lost,),
        reference=lot.lot_id,
        title=f"Credits that ended on {lot.expires_on.isoformat()}",
        actor="system",
    )


def expire(
    program: str, account_id: str, lot: Lot, now: datetime, *, call_at: datetime | None = None
) -> c.Change | None:
    """Close a dead lot; held credits wait for their request. None if there is nothing to do.

    At `call_at` it is looked at once more: what is lost can still be asked for then.
    """
    if lot.closed or lot.alive(now):
        return None
    entry = expiry_of(account_id, lot, now)
    recorded = () if entry is None else (c.Record(entry=entry),)
    closed = c.CloseLot(lot=lot, call_at=call_at)
    return c.Change(program=program, account_id=account_id, writes=(closed, *recorded))
