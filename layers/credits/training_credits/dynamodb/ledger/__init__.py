"""The ledger on DynamoDB."""

from collections.abc import Callable

from training_credits.domain.change import Change
from training_credits.dynamodb import keys, transaction
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
        """One conditional put."""
        released = SentItem.released == True  # noqa: E712 - builds a condition
        return transaction.put_if(_sent(program, message_id), released)

    def release(self, program: str, message_id: str) -> None:
        """One update."""
        _sent(program, message_id).update(actions=[SentItem.released.set(True)])


def _sent(program: str, message_id: str) -> SentItem:
    return SentItem(pk=keys.mail(program, message_id), sk=keys.SENT)
