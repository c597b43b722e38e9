"""What a write demands of a lot in memory, and how a lot ends."""

from dataclasses import replace

from training_credits.domain import change as c
from training_credits.domain.model import Lot, Movement, State


def can_move(lot: Lot | None, write: c.Move) -> bool:
    if lot is None or (write.needs_open and (lot.closed or not lot.alive(write.at))):
        return False
    return all(getattr(lot.balance, state) >= n for state, n in write.taken().items())


def can_void(lot: Lot | None, write: c.VoidLot) -> bool:
    alive = lot is not None and not lot.closed and lot.alive(write.at)
    return lot is not None and alive and lot.balance.available == write.lot.credits


def can_close(lot: Lot | None, read: Lot) -> bool:
    return lot is not None and not lot.closed and lot.balance.available == read.balance.available


def can_tell(lot: Lot | None, write: c.TellLot) -> bool:
    if lot is None or (lot.closed, lot.due) != (write.was.closed, write.was.due):
        return False
    left = lot.balance.expired if lot.closed else lot.balance.available
    return left > 0 or not write.says


def closed(lot: Lot, target: State = State.EXPIRED) -> Lot:
    left = lot.balance.available
    if left:
        gone = Movement(lot_id=lot.lot_id, source=State.AVAILABLE, target=target, credits=left)
        lot = lot.after(gone)
    return replace(lot, closed=True, notice_at=None)
