"""Lots, requests, entries."""

from collections.abc import Sequence
from datetime import datetime

from training_credits.domain.model import (
    Entry,
    Lot,
    Redemption,
    RedemptionState,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    EntryItem,
    Item,
    LotItem,
    RedemptionItem,
)
from training_credits.ports import DueLot, Page


class Credits:
    """What `ports.Ledger` asks of them."""

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        """One get."""
        item = reading.get(LotItem, keys.account(program, account_id), keys.lot(lot_id))
        return item.value() if item else None

    def lots(self, program: str, account_id: str) -> tuple[Lot, ...]:
        """One query."""
        pk = keys.account(program, account_id)
        items = reading.query(pk, Item.sk.startswith(keys.LOTS))
        return tuple(item.value() for item in reading.of_kind(items, LotItem))

    def redemptions(
        self, program: str, account_id: str, redemption_ids: Sequence[str]
    ) -> tuple[Redemption, ...]:
        """One batch get."""
        pk = keys.account(program, account_id)
        items = reading.get_many([(pk, keys.redemption(i)) for i in redemption_ids])
        return tuple(item.value() for item in reading.of_kind(items, RedemptionItem))

    def requests(
        self,
        program: str,
        account_id: str,
        state: RedemptionState,
        cursor: str | None,
        limit: int,
    ) -> Page[Redemption]:
        """One query of the local index."""
        pk, prefix = keys.account(program, account_id), keys.requests_in(state)
        bounds = {"sk": keys.under(keys.redemption("")), "book": keys.under(prefix)}
        return reading.listed(RedemptionItem, pk, bounds, cursor, limit)

    def entries(
        self,
        program: str,
        account_id: str,
        start: datetime,
        end: datetime,
        cursor: str | None,
        limit: int,
    ) -> Page[Entry]:
        """One query; the bounds have no id, so the end is left out and the start is not."""
        pk, bounds = keys.account(program, account_id), {"sk": (keys.entry(start), keys.entry(end))}
        return reading.listed(EntryItem, pk, bounds, cursor, limit)

    def due(self, program: str, until: datetime, shard: int, limit: int) -> tuple[DueLot, ...]:
        """One query of the worklist; eventually consistent, which the commit makes harmless."""
        past = keys.under(f"{keys.instant(until)}#")[1]
        with reading.answering():
            found = list(
                Item.by_work.query(keys.expiry_shard(program, shard), Item.due <= past, limit=limit)
            )
        places = (str(item.due).split("#") for item in found)
        return tuple(DueLot(account_id=place[1], lot_id=place[2]) for place in places)
