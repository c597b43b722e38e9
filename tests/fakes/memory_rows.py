"""The rows of one account in memory: what each write demands of them, and does to them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.model import (
    Account,
    Entry,
    Lot,
    Movement,
    Order,
    Owner,
    Redemption,
    State,
)


@dataclass
class Rows:
    """Everything of one account."""

    account: Account | None = None
    owners: dict[str, Owner] = field(default_factory=dict)
    owner_count: int = 0
    lots: dict[str, Lot] = field(default_factory=dict)
    lot_hints: dict[str, str] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    redemptions: dict[str, Redemption] = field(default_factory=dict)
    entries: dict[tuple[datetime, str], Entry] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write is met."""
        return self._holds_of_people(write) and self._holds_of_credits(write)

    def apply(self, write: c.Write) -> None:
        """Carry a write out; its guard was met."""
        self._apply_to_people(write)
        self._apply_to_credits(write)

    def _holds_of_people(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.OpenAccount():
                met = self.account is None
            case c.EditAccount():
                met = self.account is not None
            case c.OwnerCount(expected=expected):
                met = self.account is not None and self.owner_count == expected
            case c.AddOwner(owner=owner):
                met = owner.email not in self.owners
            case c.RemoveOwner(email=email) | c.StillOwner(email=email):
                met = email in self.owners
        return met

    def _holds_of_credits(self, write: c.Write) -> bool:
        met = True
        match write:
            case c.PlaceOrder(order=order):
                met = order.order_id not in self.orders
            case c.GrantLot(lot=lot):
                met = lot.lot_id not in self.lots
            case c.Move():
                met = _can_move(self.lots.get(write.lot_id), write)
            case c.CloseLot(lot=lot):
                met = _can_close(self.lots.get(lot.lot_id), lot)
            case c.MakeRequest(redemption=redemption):
                met = redemption.redemption_id not in self.redemptions
            case c.SettleRequest(redemption=redemption, was=was):
                before = self.redemptions.get(redemption.redemption_id)
                met = before is not None and before.state is was
            case c.Record(entry=entry):
                met = (entry.at, entry.entry_id) not in self.entries
        return met

    def _apply_to_people(self, write: c.Write) -> None:
        match write:
            case c.OpenAccount(account=account):
                self.account, self.owner_count = account, 1
            case c.EditAccount(name=name, approval=approval) if self.account:
                self.account = replace(
                    self.account,
                    name=name or self.account.name,
                    approval=approval or self.account.approval,
                )
            case c.OwnerCount(change=by):
                self.owner_count += by
            case c.AddOwner(owner=owner):
                self.owners[owner.email] = owner
            case c.RemoveOwner(email=email):
                del self.owners[email]

    def _apply_to_credits(self, write: c.Write) -> None:
        match write:
            case c.PlaceOrder(order=order):
                self.orders[order.order_id] = order
            case c.GrantLot(lot=lot):
                self.lots[lot.lot_id] = lot
            case c.Move(lot_id=lot_id, movements=movements):
                for movement in movements:
                    self.lots[lot_id] = self.lots[lot_id].after(movement)
            case c.CloseLot(lot=lot):
                self.lots[lot.lot_id] = _closed(self.lots[lot.lot_id])
            case c.MakeRequest(redemption=redemption) | c.SettleRequest(redemption=redemption):
                self.redemptions[redemption.redemption_id] = redemption
            case c.Record(entry=entry):
                self.entries[entry.at, entry.entry_id] = entry


def _can_move(lot: Lot | None, write: c.Move) -> bool:
    if lot is None or (write.needs_open and (lot.closed or not lot.alive(write.at))):
        return False
    return all(getattr(lot.balance, state) >= n for state, n in write.taken().items())


def _can_close(lot: Lot | None, read: Lot) -> bool:
    return lot is not None and not lot.closed and lot.balance.available == read.balance.available


def _closed(lot: Lot) -> Lot:
    left = lot.balance.available
    if left:
        written_off = Movement(
            lot_id=lot.lot_id, source=State.AVAILABLE, target=State.EXPIRED, credits=left
        )
        lot = lot.after(written_off)
    return replace(lot, closed=True)
