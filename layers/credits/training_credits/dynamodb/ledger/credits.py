"""Lots, requests, entries."""

from collections.abc import Sequence
from datetime import datetime

from training_credits.domain.model import (
    Entry,
    Lot,
    Redemption,
    RedemptionState,
    Voucher,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    EntryItem,
    Item,
    LotItem,
    RedemptionItem,
    VoucherItem,
)
from training_credits.ports import DueLot, DueRequest, Page


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

    def due(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueLot]:
        """One query of the worklist; eventually consistent, which the commit makes harmless."""
        bounds = {"pk": keys.under(keys.account(program, "")), "sk": keys.under(keys.LOTS)}
        partition = keys.expiry_shard(program, shard)
        found = reading.due_by(partition, bounds, until, cursor, limit)
        lots = tuple(DueLot(account_id=account, lot_id=lot) for account, lot in found.items)
        return Page(items=lots, cursor=found.cursor)

    def due_requests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueRequest]:
        """The same for requests."""
        bounds = {
            "pk": keys.under(keys.account(program, "")),
            "sk": keys.under(keys.redemption("")),
        }
        partition = keys.waiting_shard(program, shard)
        found = reading.due_by(partition, bounds, until, cursor, limit)
        asked = tuple(DueRequest(account_id=a, redemption_id=one) for a, one in found.items)
        return Page(items=asked, cursor=found.cursor)

    def vouchers(self, program: str, account_id: str, redemption_id: str) -> tuple[Voucher, ...]:
        """One query."""
        pk, prefix = keys.account(program, account_id), keys.vouchers(redemption_id)
        items = reading.query(pk, Item.sk.startswith(prefix))
        return tuple(item.value() for item in reading.of_kind(items, VoucherItem))
