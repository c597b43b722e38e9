"""What a decision wants written: all of it, or none.

Each write names its own guard. A ledger turns the tuple into one transaction; nothing else
writes. Balances change by deltas (`Move`), never by absolute values, so that two redemptions
of one lot commute and nobody needs to read a version first.
"""

from dataclasses import dataclass

from training_credits.domain.change.accounts import (
    AcceptTerms,
    EditAccount,
    Invite,
    Join,
    LeaveSeat,
    Note,
    OpenAccount,
    OwnerCount,
    RemoveMember,
    StillMember,
    TakeSeat,
)
from training_credits.domain.change.codes import (
    EndCode,
    IssueCode,
    RotateCode,
    UseCode,
)
from training_credits.domain.change.credits import (
    CloseLot,
    GrantLot,
    MakeRequest,
    Move,
    Record,
    SettleRequest,
    VoidLot,
)
from training_credits.domain.change.selling import (
    CountMade,
    FreeSalesOrder,
    MoveOrder,
    PlaceOrder,
    SetPlan,
    TakeSalesOrder,
)
from training_credits.domain.model import Entry, Submission

__all__ = [
    "WRITES_MAX",
    "AcceptTerms",
    "Change",
    "CloseLot",
    "CountMade",
    "EditAccount",
    "EndCode",
    "FreeSalesOrder",
    "GrantLot",
    "Invite",
    "IssueCode",
    "Join",
    "LeaveSeat",
    "MakeRequest",
    "Move",
    "MoveOrder",
    "Note",
    "OpenAccount",
    "OwnerCount",
    "PlaceOrder",
    "Record",
    "RemoveMember",
    "RotateCode",
    "SetPlan",
    "SettleRequest",
    "StillMember",
    "TakeSalesOrder",
    "TakeSeat",
    "UseCode",
    "VoidLot",
    "Write",
    "moves",
]

Write = (
    OpenAccount
    | EditAccount
    | Invite
    | Join
    | RemoveMember
    | StillMember
    | OwnerCount
    | TakeSeat
    | LeaveSeat
    | AcceptTerms
    | IssueCode
    | EndCode
    | RotateCode
    | UseCode
    | PlaceOrder
    | TakeSalesOrder
    | FreeSalesOrder
    | MoveOrder
    | CountMade
    | SetPlan
    | GrantLot
    | Move
    | VoidLot
    | CloseLot
    | MakeRequest
    | SettleRequest
    | Record
    | Note
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
