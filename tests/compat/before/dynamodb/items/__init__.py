"""The items: each stores the fields of one domain value under the same names."""

from tests.compat.before.dynamodb.items.base import (
    SCHEMA,
    Item,
    Stored,
)
from tests.compat.before.dynamodb.items.catalogue import (
    ListedItem,
    OfferingItem,
    SessionItem,
)
from tests.compat.before.dynamodb.items.credits import (
    EntryItem,
    LotItem,
)
from tests.compat.before.dynamodb.items.people import (
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
from tests.compat.before.dynamodb.items.requests import RedemptionItem
from tests.compat.before.dynamodb.items.selling import (
    MadeItem,
    OrderItem,
    SalesOrderItem,
    TrainingPlanItem,
)
from tests.compat.before.dynamodb.items.spending import BudgetItem, VoucherItem

__all__ = [
    "SCHEMA",
    "AccountItem",
    "BudgetItem",
    "CodeItem",
    "EntryItem",
    "HappeningItem",
    "InvitationItem",
    "Item",
    "ListedItem",
    "LotItem",
    "MadeItem",
    "MemberItem",
    "OfferingItem",
    "OpenerItem",
    "OrderItem",
    "RedemptionItem",
    "SalesOrderItem",
    "SeatItem",
    "SentItem",
    "SessionItem",
    "Stored",
    "SubmissionItem",
    "TermsItem",
    "TrainingPlanItem",
    "TriesItem",
    "UseItem",
    "VoucherItem",
]
