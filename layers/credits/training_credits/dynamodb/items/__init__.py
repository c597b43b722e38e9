"""The items: each stores the fields of one domain value under the same names."""

from training_credits.dynamodb.items.base import (
    SCHEMA,
    Item,
    Stored,
)
from training_credits.dynamodb.items.cases import CaseItem, NewestItem
from training_credits.dynamodb.items.catalogue import (
    ListedItem,
    OfferingItem,
    SessionItem,
)
from training_credits.dynamodb.items.credits import (
    EntryItem,
    LotItem,
)
from training_credits.dynamodb.items.filing import BlockItem, FilingItem
from training_credits.dynamodb.items.people import (
    AccountItem,
    CodeItem,
    DigestItem,
    HappeningItem,
    InvitationItem,
    MemberItem,
    OpenerItem,
    PapersItem,
    PreferencesItem,
    SeatItem,
    SentItem,
    SubmissionItem,
    TermsItem,
    TriesItem,
    UseItem,
)
from training_credits.dynamodb.items.requests import RedemptionItem
from training_credits.dynamodb.items.selling import (
    MadeItem,
    OrderItem,
    SalesOrderItem,
    TrainingPlanItem,
)
from training_credits.dynamodb.items.spending import AskedItem, BudgetItem, VoucherItem
from training_credits.dynamodb.items.webhooks import DeliveryItem, EndpointItem

__all__ = [
    "SCHEMA",
    "AccountItem",
    "AskedItem",
    "BlockItem",
    "BudgetItem",
    "CaseItem",
    "CodeItem",
    "DeliveryItem",
    "DigestItem",
    "EndpointItem",
    "EntryItem",
    "FilingItem",
    "HappeningItem",
    "InvitationItem",
    "Item",
    "ListedItem",
    "LotItem",
    "MadeItem",
    "MemberItem",
    "NewestItem",
    "OfferingItem",
    "OpenerItem",
    "OrderItem",
    "PapersItem",
    "PreferencesItem",
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
