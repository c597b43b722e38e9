"""What a decision wants written: all of it, or none.

Each write names its own guard. A ledger turns the tuple into one transaction; nothing else
writes. Balances change by deltas (`Move`), never by absolute values, so that two redemptions
of one lot commute and nobody needs to read a version first.
"""

from dataclasses import dataclass

from training_credits.domain.change.accounts import (
    AcceptTerms,
    EditAccount,
    EndDigest,
    Invite,
    Join,
    LeaveSeat,
    NameDeputy,
    Note,
    OpenAccount,
    OwnerCount,
    PlanDigest,
    RemoveMember,
    SetPreferences,
    StillMember,
    TakeSeat,
)
from training_credits.domain.change.asking import CountAsked, ForgetAsked
from training_credits.domain.change.budgets import CountBudgets, CountVoided, SetBudget, UseBudget
from training_credits.domain.change.cases import BeNewest, MoveCase, OpenCase
from training_credits.domain.change.catalogue import (
    BookSeat,
    FreeSeat,
    PutOffering,
    PutSession,
)
from training_credits.domain.change.codes import (
    EndCode,
    IssueCode,
    RotateCode,
    UseCode,
)
from training_credits.domain.change.credits import (
    CloseLot,
    EditLines,
    GrantLot,
    MakeRequest,
    Move,
    Nudge,
    Record,
    Remind,
    SettleRequest,
    TellLot,
    VoidLot,
)
from training_credits.domain.change.filing import BeginFiling, FileMonth
from training_credits.domain.change.selling import (
    CountMade,
    FreeSalesOrder,
    MoveOrder,
    PlaceOrder,
    SetPlan,
    TakeSalesOrder,
)
from training_credits.domain.change.vouchers import ExportVouchers, IssueVoucher, MoveVoucher
from training_credits.domain.change.webhooks import OpenDelivery, SetDelivery, SetEndpoint
from training_credits.domain.model import Entry, Submission

__all__ = [
    "WRITES_MAX",
    "AcceptTerms",
    "BeNewest",
    "BeginFiling",
    "BookSeat",
    "Change",
    "CloseLot",
    "CountAsked",
    "CountBudgets",
    "CountMade",
    "CountVoided",
    "EditAccount",
    "EditLines",
    "EndCode",
    "EndDigest",
    "ExportVouchers",
    "FileMonth",
    "ForgetAsked",
    "FreeSalesOrder",
    "FreeSeat",
    "GrantLot",
    "Invite",
    "IssueCode",
    "IssueVoucher",
    "Join",
    "LeaveSeat",
    "MakeRequest",
    "Move",
    "MoveCase",
    "MoveOrder",
    "MoveVoucher",
    "NameDeputy",
    "Note",
    "Nudge",
    "OpenAccount",
    "OpenCase",
    "OpenDelivery",
    "OwnerCount",
    "PlaceOrder",
    "PlanDigest",
    "PutOffering",
    "PutSession",
    "Record",
    "Remind",
    "RemoveMember",
    "RotateCode",
    "SetBudget",
    "SetDelivery",
    "SetEndpoint",
    "SetPlan",
    "SetPreferences",
    "SettleRequest",
    "StillMember",
    "TakeSalesOrder",
    "TakeSeat",
    "TellLot",
    "UseBudget",
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
    | NameDeputy
    | StillMember
    | OwnerCount
    | TakeSeat
    | LeaveSeat
    | AcceptTerms
    | SetPreferences
    | PlanDigest
    | EndDigest
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
    | PutOffering
    | PutSession
    | BookSeat
    | FreeSeat
    | IssueVoucher
    | MoveVoucher
    | ExportVouchers
    | SetBudget
    | UseBudget
    | CountBudgets
    | CountVoided
    | GrantLot
    | Move
    | VoidLot
    | CloseLot
    | TellLot
    | MakeRequest
    | SettleRequest
    | Remind
    | Nudge
    | EditLines
    | CountAsked
    | ForgetAsked
    | OpenCase
    | BeNewest
    | MoveCase
    | SetEndpoint
    | OpenDelivery
    | SetDelivery
    | BeginFiling
    | FileMonth
    | Record
    | Note
)

WRITES_MAX = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One operation on one account: one transaction, at most 60 writes.

    The catalogue is no account's: a change of it alone names none.
    """

    program: str
    account_id: str = ""
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
