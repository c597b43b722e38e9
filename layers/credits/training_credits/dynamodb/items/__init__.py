"""The items: each stores the fields of one domain value under the same names."""

from training_credits.dynamodb.items.base import (
    SCHEMA,
    Item,
    Stored,
)
from training_credits.dynamodb.items.credits import (
    EntryItem,
    LotItem,
    RedemptionItem,
)
from training_credits.dynamodb.items.people import (
    AccountItem,
    CodeItem,
    HappeningItem,
    InvitationItem,
    MemberItem,
    OpenerItem,
    SeatItem,
    SentItem,
    SubmissionItem,
    TermsItem,
    TriesItem,
    UseItem,
)
from training_credits.dynamodb.items.selling import (
    MadeItem,
    OrderItem,
    SalesOrderItem,
    TrainingPlanItem,
)

__all__ = [
    "SCHEMA",
    "AccountItem",
    "CodeItem",
    "EntryItem",
    "HappeningItem",
    "InvitationItem",
    "Item",
    "LotItem",
    "MadeItem",
    "MemberItem",
    "OpenerItem",
    "OrderItem",
    "RedemptionItem",
    "SalesOrderItem",
    "SeatItem",
    "SentItem",
    "Stored",
    "SubmissionItem",
    "TermsItem",
    "TrainingPlanItem",
    "TriesItem",
    "UseItem",
]
