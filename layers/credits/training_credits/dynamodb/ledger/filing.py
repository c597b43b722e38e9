"""Months that are filed, and accounts of which one is to be."""

from datetime import UTC, datetime

from training_credits.domain.model import Block
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import BlockItem, Item
from training_credits.ports import Page

# In the program's time zone a month may be over while it still runs in UTC, or run on.
NEWEST = 3


class Filing:
    """What `ports.Filed` asks of them."""

    def filed(self, program: str, account_id: str, before: datetime) -> Block | None:
        """One query, backwards."""
        first, _ = keys.under(keys.BLOCKS)
        last = keys.block(f"{before.astimezone(UTC):%Y-%m}")
        pk, within = keys.account(program, account_id), Item.sk.between(first, last)
        found = reading.of_kind(reading.newest(pk, within, NEWEST), BlockItem)
        blocks = (item.value() for item in found)
        return next((block for block in blocks if block.end <= before), None)

    def blocks(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Block]:
        """One query."""
        pk, bounds = keys.account(program, account_id), {"sk": keys.under(keys.BLOCKS)}
        return reading.listed(BlockItem, pk, bounds, cursor, limit)

    def due_months(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[str]:
        """One query of the worklist; eventually consistent, which the commit makes harmless."""
        bounds = {
            "pk": keys.under(keys.account(program, "")),
            "sk": (keys.FILING, f"{keys.FILING}{keys.LAST}"),
        }
        partition = keys.month_end_shard(program, shard)
        found = reading.due_by(partition, bounds, until, cursor, limit)
        accounts = tuple(account_id for account_id, _ in found.items)
        return Page(items=accounts, cursor=found.cursor)
