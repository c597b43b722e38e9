"""What a decision wants written: all of it, or none.

Each write names its own guard. A ledger turns the tuple into one transaction; nothing else
writes. Balances change by deltas (`Move`), never by absolute values, so that two redemptions
of one lot commute and nobody needs to read a version first.
"""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import (
    Account,
    Approval,
    Code,
    Entry,
    Lot,
    Movement,
    Order,
    Owner,
    Redemption,
    RedemptionState,
    State,
    Submission,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAccount:
    """Guard: no account has this id."""

    account: Account


@dataclass(frozen=True, kw_only=True, slots=True)
class EditAccount:
    """Guard: the account exists. None leaves a value as it is."""

    name: str | None = None
    approval: Approval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AddOwner:
    """Guard: this address is not an owner now."""

    owner: Owner


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveOwner:
    """Guard: this address is an owner now."""

    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StillOwner:
    """Guard only: whoever decides is an owner at the moment of the write (AT-25)."""

    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerCount:
    """Guard: the number of owners is still `expected`; it becomes `expected + change`.

    Two owners who remove each other at once would otherwise both succeed (AT-40).
    """

    expected: int
    change: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeSeat:
    """Guard: this person sits on no other account, where the program allows one (AT-23)."""

    email: str
    only: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveSeat:
    """Frees the person for another account. Guard: they sit on this one."""

    email: str
    only: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueCode:
    """Guard: neither this code nor another one of its account or lot exists (AT-15)."""

    code: Code


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOrder:
    """Guard: no order has this id."""

    order: Order


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantLot:
    """Guard: no lot has this id."""

    lot: Lot


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """All movements of one lot. Guards: enough in each source; open where `needs_open`."""

    lot_id: str
    movements: tuple[Movement, ...]
    at: datetime

    @property
    def needs_open(self) -> bool:
        """Whether it spends or frees available credits, for which the lot must live at `at`."""
        return any(State.AVAILABLE in (m.source, m.target) for m in self.movements)

    def taken(self) -> dict[State, int]:
        """Credits that leave each state."""
        totals: dict[State, int] = {}
        for movement in self.movements:
            totals[movement.source] = totals.get(movement.source, 0) + movement.credits
        return totals

    def delta(self) -> dict[State, int]:
        """The signed change of each state that changes."""
        totals: dict[State, int] = {}
        for m in self.movements:
            totals[m.source] = totals.get(m.source, 0) - m.credits
            totals[m.target] = totals.get(m.target, 0) + m.credits
        return {state: n for state, n in totals.items() if n and state is not State.ISSUED}


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseLot:
    """Writes off what is available of a dead lot. Guard: it is exactly what was read."""

    lot: Lot


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeRequest:
    """Guard: no redemption has this id."""

    redemption: Redemption


@dataclass(frozen=True, kw_only=True, slots=True)
class SettleRequest:
    """Guard: the redemption is still in state `was`."""

    redemption: Redemption
    was: RedemptionState


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Guard: there is no such entry at this instant."""

    entry: Entry


Write = (
    OpenAccount
    | EditAccount
    | AddOwner
    | RemoveOwner
    | StillOwner
    | OwnerCount
    | TakeSeat
    | LeaveSeat
    | IssueCode
    | PlaceOrder
    | GrantLot
    | Move
    | CloseLot
    | MakeRequest
    | SettleRequest
    | Record
)

WRITES_MAX = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One operation on one account: one transaction, at most 60 writes."""

    program: str
    account_id: str
    writes: tuple[Write, ...]
    submission: Submission | None = None


def moves(entry: Entry) -> tuple[Write, ...]:
    """An entry with what it does to each lot that was there before."""
    lots = dict.fromkeys(movement.lot_id for movement in entry.movements)
    return (
        *(
            Move(
                lot_id=lot_id,
                movements=tuple(m for m in entry.movements if m.lot_id == lot_id),
                at=entry.at,
            )
            for lot_id in lots
        ),
        Record(entry=entry),
    )
