"""The items: each stores the fields of one domain value under the same names."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, ClassVar, Generic, TypeVar

from pynamodb.attributes import BooleanAttribute, DiscriminatorAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
    LocalSecondaryIndex,
)
from pynamodb.models import Model

from training_credits.domain import model
from training_credits.dynamodb import keys
from training_credits.dynamodb.attributes import (
    Choice,
    Day,
    Draws,
    Instant,
    Movements,
    Who,
    WholeNumber,
)

SCHEMA = 1
V = TypeVar("V")


class BookIndex(LocalSecondaryIndex["Item"]):
    """An account in the order of its page."""

    class Meta:
        """As in template.yaml."""

        index_name = "book"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    book = UnicodeAttribute(range_key=True)


class WorklistIndex(GlobalSecondaryIndex["Item"]):
    """What a schedule must do, and when."""

    class Meta:
        """As in template.yaml."""

        index_name = "worklist"
        projection = IncludeProjection(["kind"])

    worklist = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class Item(Model):
    """Anything in the table. `v` is the schema it was written with; a newer one is refused."""

    class Meta:
        """`table_name` and `region` are set when a ledger is made: one table in a process."""

        table_name: ClassVar[str]
        region: ClassVar[str | None]
        # One retry: two silent tries end within the time-out of a function that answers people.
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 1
        max_pool_connections = 50

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    item = DiscriminatorAttribute(attr_name="kind")
    v = WholeNumber(default=SCHEMA)
    book = UnicodeAttribute(null=True)
    worklist = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    by_book = BookIndex()
    by_work = WorklistIndex()

    @classmethod
    def bind(cls, table_name: str, region: str) -> None:
        """Point every kind of item at a table; connections are made anew."""
        cls.Meta.table_name = table_name
        cls.Meta.region = region
        for kind in (cls, *_all_kinds(cls)):
            kind._connection = None  # noqa: SLF001 - pynamodb has no other way

    @classmethod
    def connection(cls) -> Connection:
        """The one client of the process, which transactions share with reads."""
        return Item._get_connection().connection


def _all_kinds(kind: type[Item]) -> Iterator[type[Item]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_kinds(below)


class Stored(Item, Generic[V]):
    """An item that is one domain value."""

    stands_for: ClassVar[type]

    @classmethod
    def of(cls, value: V, **places: Any) -> Any:
        """The item of a value, at these places of the table."""
        names = (field.name for field in fields(cls.stands_for))
        return cls(**{name: getattr(value, name) for name in names}, **places)

    def value(self) -> V:
        """The value again."""
        names = (field.name for field in fields(self.stands_for))
        found: V = self.stands_for(**{name: getattr(self, name) for name in names})
        return found


class AccountItem(Stored[model.Account], discriminator="account"):
    """An account's header; `owners` counts them, so that the last one cannot leave."""

    stands_for = model.Account
    account_id = UnicodeAttribute()
    program = UnicodeAttribute()
    name = UnicodeAttribute()
    approval = Choice(model.Approval)
    opened_by = UnicodeAttribute()
    opened_at = Instant()
    code_hint = UnicodeAttribute(null=True)
    owners = WholeNumber()


class OwnerItem(Stored[model.Owner], discriminator="owner"):
    """An owner; a removed one stays, inactive and off the book."""

    stands_for = model.Owner
    email = UnicodeAttribute()
    added_by = UnicodeAttribute()
    added_at = Instant()
    active = BooleanAttribute()


class SeatItem(Item, discriminator="seat"):
    """That a person owns an account; free when it names none."""

    account_id = UnicodeAttribute(null=True)


class CodeItem(Stored[model.Code], discriminator="code"):
    """A redemption code, under its digest."""

    stands_for = model.Code
    digest = UnicodeAttribute()
    account_id = UnicodeAttribute()
    hint = UnicodeAttribute()
    made_by = UnicodeAttribute()
    made_at = Instant()
    lot_id = UnicodeAttribute(null=True)


class LotItem(Item, discriminator="lot"):
    """A lot: its facts never change, its balance changes by deltas, one number per state."""

    account_id = UnicodeAttribute()
    lot_id = UnicodeAttribute()
    order_id = UnicodeAttribute()
    product = UnicodeAttribute()
    credits = WholeNumber()
    paid_minor = WholeNumber()
    currency = UnicodeAttribute()
    granted_at = Instant()
    expires_on = Day()
    expires_at = Instant()
    closed = BooleanAttribute()
    available = WholeNumber()
    held = WholeNumber()
    redeemed = WholeNumber()
    delivered = WholeNumber()
    expired = WholeNumber()
    voided = WholeNumber()
    code_hint = UnicodeAttribute(null=True)

    @classmethod
    def of(cls, program: str, account_id: str, lot: model.Lot) -> "LotItem":
        """On the book, and on the worklist until it is closed."""
        facts = {f.name: getattr(lot, f.name) for f in fields(lot) if f.name != "balance"}
        return cls(
            pk=keys.account(program, account_id),
            sk=keys.lot(lot.lot_id),
            book=keys.lot_in_book(lot),
            worklist=keys.expiry_shard(program, keys.shard_of(lot.lot_id)),
            due=keys.due(account_id, lot),
            account_id=account_id,
            **facts,
            **asdict(lot.balance),
        )

    def value(self) -> model.Lot:
        """The lot with its balance."""
        states = (field.name for field in fields(model.Balance))
        names = (field.name for field in fields(model.Lot) if field.name != "balance")
        balance = model.Balance(**{state: getattr(self, state) for state in states})
        return model.Lot(**{name: getattr(self, name) for name in names}, balance=balance)


class OrderItem(Stored[model.Order], discriminator="order"):
    """An order."""

    stands_for = model.Order
    order_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    product = UnicodeAttribute()
    credits = WholeNumber()
    list_minor = WholeNumber()
    discount_minor = WholeNumber()
    currency = UnicodeAttribute()
    channel = UnicodeAttribute()
    state = Choice(model.OrderState)
    buyer = Who()
    placed_at = Instant()
    payment_id = UnicodeAttribute()
    lot_id = UnicodeAttribute()


class RedemptionItem(Stored[model.Redemption], discriminator="redemption"):
    """A redemption, in every state."""

    stands_for = model.Redemption
    redemption_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    title = UnicodeAttribute()
    credits = WholeNumber()
    learner = Who()
    state = Choice(model.RedemptionState)
    approval = Choice(model.Approval)
    requested_at = Instant()
    draws = Draws()
    decided_at = Instant(null=True)
    decided_by = UnicodeAttribute(null=True)
    decision = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    lot_id = UnicodeAttribute(null=True)


class EntryItem(Stored[model.Entry], discriminator="entry"):
    """An entry: written once, never changed."""

    stands_for = model.Entry
    entry_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    at = Instant()
    kind = Choice(model.EntryKind, attr_name="entry_kind")
    movements = Movements()
    reference = UnicodeAttribute()
    title = UnicodeAttribute()
    actor = UnicodeAttribute()
    learner = UnicodeAttribute(null=True)


class SubmissionItem(Stored[model.Submission], discriminator="submission"):
    """A request that was carried out, with the answer that was given."""

    stands_for = model.Submission
    subject = UnicodeAttribute()
    operation = UnicodeAttribute()
    key = UnicodeAttribute()
    digest = UnicodeAttribute()
    answer = UnicodeAttribute()
    at = Instant()
    repeatable = BooleanAttribute()


class SentItem(Item, discriminator="sent"):
    """That a mail was sent, or may be tried again."""

    released = BooleanAttribute(default=False)
