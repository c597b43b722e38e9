"""Items that credits are in: lots, entries."""

from dataclasses import asdict, fields
from datetime import date

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb import keys
from tests.compat.before.dynamodb.attributes import (
    Choice,
    Day,
    Instant,
    Json,
    Movements,
    WholeNumber,
)
from tests.compat.before.dynamodb.items.base import Item, Stored


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
    policy = UnicodeAttribute()
    face_minor = WholeNumber()
    sales_order = UnicodeAttribute(null=True)
    country = UnicodeAttribute(null=True)
    anchors = Json(dict[str, date])

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
