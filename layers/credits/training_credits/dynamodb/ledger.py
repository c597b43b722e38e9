"""The ledger on DynamoDB."""

from collections.abc import Callable, Sequence
from datetime import datetime

from training_credits.domain.change import Change
from training_credits.domain.model import (
    Book,
    Code,
    Entry,
    Lot,
    Order,
    Redemption,
    RedemptionState,
    Submission,
)
from training_credits.dynamodb import keys, reading, transaction
from training_credits.dynamodb.items import (
    AccountItem,
    CodeItem,
    EntryItem,
    Item,
    LotItem,
    OrderItem,
    OwnerItem,
    RedemptionItem,
    SeatItem,
    SentItem,
    SubmissionItem,
)
from training_credits.ports import Depth, DueLot, Page, Standing

PATIENCE_SECONDS = 10.0


class DynamoLedger:
    """Implements `ports.Ledger` and `ports.Outbox` on one table."""

    def __init__(
        self,
        table_name: str,
        region: str,
        seconds_left: Callable[[], float] = lambda: PATIENCE_SECONDS,
    ) -> None:
        Item.bind(table_name, region)
        self._seconds_left = seconds_left

    def book(self, program: str, account_id: str, depth: Depth) -> Book | None:
        """One query of the local index, from the header down to `depth`."""
        upto = Item.book.between(keys.ACCOUNT, keys.under(f"{depth}#")[1])
        items = reading.query(keys.account(program, account_id), upto, index="book")
        headers = reading.of_kind(items, AccountItem)
        if not headers:
            return None
        lots = [item.value() for item in reading.of_kind(items, LotItem)]
        return Book(
            account=headers[0].value(),
            lots=tuple(lot for lot in lots if not lot.closed),
            past=tuple(lot for lot in lots if lot.closed),
            owners=tuple(item.value() for item in reading.of_kind(items, OwnerItem)),
            requests=tuple(item.value() for item in reading.of_kind(items, RedemptionItem)),
        )

    def standing(
        self, program: str, account_id: str, email: str, subject: str, operation: str, key: str
    ) -> Standing:
        """One batch get of the owner and the submission."""
        owner = (keys.account(program, account_id), keys.owner(email))
        submission = (keys.caller(program, subject), keys.submission(operation, key))
        items = reading.get_many([owner, submission])
        submissions = reading.of_kind(items, SubmissionItem)
        return Standing(
            owner=any(item.active for item in reading.of_kind(items, OwnerItem)),
            submission=submissions[0].value() if submissions else None,
        )

    def submission(self, program: str, subject: str, operation: str, key: str) -> Submission | None:
        """One get."""
        place = keys.submission(operation, key)
        item = reading.get(SubmissionItem, keys.caller(program, subject), place)
        return item.value() if item else None

    def owns(self, program: str, account_id: str, email: str) -> bool:
        """One get."""
        item = reading.get(OwnerItem, keys.account(program, account_id), keys.owner(email))
        return item is not None and item.active

    def accounts_of(self, program: str, email: str) -> tuple[str, ...]:
        """One query of the person's seats; freed ones name no account."""
        seats = reading.query(keys.person(program, email), Item.sk.startswith(keys.SEATS))
        found = (item.account_id for item in reading.of_kind(seats, SeatItem))
        return tuple(account_id for account_id in found if account_id)

    def code(self, program: str, digest: str) -> Code | None:
        """One get."""
        item = reading.get(CodeItem, keys.code(program, digest), keys.CODE)
        return item.value() if item else None

    def order(self, program: str, account_id: str, order_id: str) -> Order | None:
        """One get."""
        item = reading.get(OrderItem, keys.account(program, account_id), keys.order(order_id))
        return item.value() if item else None

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
        after = reading.key_of(cursor, pk, bounds)
        within = Item.book.startswith(prefix)
        items, last = reading.page(pk, within, limit=limit, after=after, index="book")
        found = tuple(item.value() for item in reading.of_kind(items, RedemptionItem))
        return Page(items=found, cursor=reading.cursor_of(last))

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
        pk = keys.account(program, account_id)
        first, last = keys.entry(start), keys.entry(end)
        after = reading.key_of(cursor, pk, {"sk": (first, last)})
        within = Item.sk.between(first, last)
        items, key = reading.page(pk, within, limit=limit, after=after)
        found = tuple(item.value() for item in reading.of_kind(items, EntryItem))
        return Page(items=found, cursor=reading.cursor_of(key))

    def due(self, program: str, until: datetime, shard: int, limit: int) -> tuple[DueLot, ...]:
        """One query of the worklist; eventually consistent, which the commit makes harmless."""
        past = keys.under(f"{keys.instant(until)}#")[1]
        with reading.answering():
            found = list(
                Item.by_work.query(keys.expiry_shard(program, shard), Item.due <= past, limit=limit)
            )
        places = (str(item.due).split("#") for item in found)
        return tuple(DueLot(account_id=place[1], lot_id=place[2]) for place in places)

    def commit(self, change: Change) -> None:
        """One transaction."""
        transaction.commit(change, self._seconds_left)

    def claim(self, program: str, message_id: str) -> bool:
        """One conditional put."""
        released = SentItem.released == True  # noqa: E712 - builds a condition
        return transaction.put_if(_sent(program, message_id), released)

    def release(self, program: str, message_id: str) -> None:
        """One update."""
        _sent(program, message_id).update(actions=[SentItem.released.set(True)])


def _sent(program: str, message_id: str) -> SentItem:
    return SentItem(pk=keys.mail(program, message_id), sk=keys.SENT)
