"""The ledger on DynamoDB."""

import secrets
from collections.abc import Callable

from training_credits.domain.change import Change
from training_credits.dynamodb import keys, reading, transaction
from training_credits.dynamodb.items import Item, SentItem
from training_credits.dynamodb.ledger.accounts import Accounts
from training_credits.dynamodb.ledger.cases import Cases
from training_credits.dynamodb.ledger.catalogue import Catalogue
from training_credits.dynamodb.ledger.codes import Codes
from training_credits.dynamodb.ledger.credits import Credits
from training_credits.dynamodb.ledger.filing import Filing
from training_credits.dynamodb.ledger.naming import Names
from training_credits.dynamodb.ledger.quota import Quotas
from training_credits.dynamodb.ledger.selling import Selling
from training_credits.dynamodb.ledger.telling import Wishes
from training_credits.dynamodb.ledger.webhooks import Webhooks

PATIENCE_SECONDS = 10.0


class DynamoLedger(
    Accounts, Codes, Selling, Credits, Filing, Cases, Catalogue, Names, Quotas, Wishes, Webhooks
):
    """Implements `ports.Ledger`, `ports.Quota`, `ports.Tries` and `ports.Outbox` on one table."""

    def __init__(
        self,
        table_name: str,
        region: str,
        seconds_left: Callable[[], float] = lambda: PATIENCE_SECONDS,
    ) -> None:
        Item.bind(table_name, region)
        self._seconds_left = seconds_left

    def commit(self, change: Change) -> None:
        """One transaction."""
        transaction.commit(change, self._seconds_left)

    def claim(self, program: str, message_id: str) -> bool:
        """One conditional put, and where it fails a look at whose the claim is.

        It may be our own: an answer is lost, and botocore asks again.
        """
        mine = _sent(program, message_id)
        mine.claimed_by = secrets.token_hex(8)
        released = SentItem.released == True  # noqa: E712 - builds a condition
        if transaction.put_if(mine, released):
            return True
        found = reading.of_kind(reading.get_many([(mine.pk, mine.sk)]), SentItem)
        return [one.claimed_by for one in found] == [mine.claimed_by]

    def release(self, program: str, message_id: str) -> None:
        """One update."""
        _sent(program, message_id).update(actions=[SentItem.released.set(True)])


def _sent(program: str, message_id: str) -> SentItem:
    return SentItem(pk=keys.mail(program, message_id), sk=keys.SENT)
