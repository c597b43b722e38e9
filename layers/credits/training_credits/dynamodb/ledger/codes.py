"""Redemption codes: what opens what, who used it, who guessed."""

from dataclasses import replace
from datetime import date

from training_credits.domain.model import (
    Opened,
    Redemption,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    Item,
    OpenerItem,
    RedemptionItem,
    TriesItem,
    UseItem,
)
from training_credits.ports import Page


class Codes:
    """What `ports.Ledger` asks of them."""

    def code(self, program: str, digest: str) -> Opened | None:
        """One get."""
        item = reading.get(OpenerItem, keys.code(program, digest), keys.CODE)
        return item.value() if item else None

    def used(self, program: str, account_id: str, code_id: str, subject: str) -> int:
        """One get."""
        place = keys.use(code_id, subject)
        item = reading.get(UseItem, keys.account(program, account_id), place)
        return item.used if item else 0

    def uses(
        self, program: str, account_id: str, code_id: str, cursor: str | None, limit: int
    ) -> Page[Redemption]:
        """One query of the local index; those of other codes are left out of what it read."""
        pk = keys.account(program, account_id)
        asked = (keys.REQUESTS, keys.under(keys.SETTLED)[1])
        bounds = {"sk": keys.under(keys.redemption("")), "book": asked}
        page = reading.listed(RedemptionItem, pk, bounds, cursor, limit)
        return replace(page, items=tuple(each for each in page.items if each.code_id == code_id))

    def tries(self, program: str, subject: str, since: date, until: date) -> int:
        """One query of at most so many days."""
        within = Item.sk.between(keys.tries(since), keys.tries(until))
        items = reading.query(keys.caller(program, subject), within)
        return sum(item.wrong for item in reading.of_kind(items, TriesItem))

    def count_try(self, program: str, subject: str, day: date) -> None:
        """One update that adds, so that tries at once are all counted."""
        item = TriesItem(pk=keys.caller(program, subject), sk=keys.tries(day))
        kind = [TriesItem.item.set(TriesItem), TriesItem.v.set(item.v)]
        with reading.answering():
            item.update(actions=[*kind, TriesItem.wrong.add(1)])
