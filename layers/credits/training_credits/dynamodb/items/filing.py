"""Items of the journal: where the filing of an account has come to, and its filed months."""

from dataclasses import asdict
from typing import Any

import msgspec
from pynamodb.attributes import UnicodeAttribute

from training_credits.domain import model
from training_credits.dynamodb.attributes import Instant, Json, WholeNumber
from training_credits.dynamodb.items.base import Item, Stored


class Lots(Json[dict[str, model.Balance]]):
    """Balances by lot; a state without credits is not written, for lots are many."""

    def serialize(self, value: dict[str, model.Balance]) -> str:
        """As short as it can be read."""
        filled = {
            lot_id: {state: credits for state, credits in asdict(balance).items() if credits}
            for lot_id, balance in value.items()
        }
        return msgspec.json.encode(filled).decode()


class FilingItem(Item, discriminator="filing"):
    """When the next month of an account is to be filed, and the digest of the newest one."""

    head = UnicodeAttribute(null=True)


class BlockItem(Stored[model.Block], discriminator="block"):
    """A month of an account: written once, never changed."""

    stands_for = model.Block
    program = UnicodeAttribute()
    account_id = UnicodeAttribute()
    month = UnicodeAttribute()
    start = Instant()
    end = Instant()
    previous = UnicodeAttribute()
    entries = WholeNumber()
    listed = UnicodeAttribute()
    opening = WholeNumber()
    closing = WholeNumber()
    lots: Any = Lots(dict[str, model.Balance])
    digest = UnicodeAttribute()
