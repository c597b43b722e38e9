"""How many documents an account may have made in a day."""

from datetime import date

from pynamodb.exceptions import UpdateError

from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import PapersItem


class Quotas:
    """Implements `ports.Quota`."""

    def take(self, program: str, account_id: str, day: date, most: int) -> bool:
        """One update that adds if there is room: of two at once for the last one, one gets it."""
        item = PapersItem(pk=keys.account(program, account_id), sk=keys.papers(day))
        kind = [PapersItem.item.set(PapersItem), PapersItem.v.set(item.v)]
        room = PapersItem.papers.does_not_exist() | (PapersItem.papers < most)
        with reading.answering():
            try:
                item.update(actions=[*kind, PapersItem.papers.add(1)], condition=room)
            except UpdateError as error:
                if reading.code_of(error) == "ConditionalCheckFailedException":
                    return False
                raise
        return True
