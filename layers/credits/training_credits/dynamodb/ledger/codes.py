"""Redemption codes: what opens what, who used it, who guessed."""

import secrets
from dataclasses import replace
from datetime import datetime

from training_credits.domain.model import (
    Redemption,
)
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import (
    AskedItem,
    RedemptionItem,
    TriesItem,
    UseItem,
)
from training_credits.ports import Page


class Codes:
    """What `ports.Ledger` asks of them."""

    def used(self, program: str, account_id: str, code_id: str, subject: str) -> int:
        """One get."""
        place = keys.use(code_id, subject)
        item = reading.get(UseItem, keys.account(program, account_id), place)
        return item.used if item else 0

    def asked(self, program: str, account_id: str, subject: str) -> frozenset[str]:
        """One get."""
        item = reading.get(AskedItem, keys.account(program, account_id), keys.asked(subject))
        return frozenset(item.redemptions or ()) if item else frozenset()

    def uses(
        self, program: str, account_id: str, code_id: str, cursor: str | None, limit: int
    ) -> Page[Redemption]:
        """One query of the local index; those of other codes are left out of what it read."""
        pk = keys.account(program, account_id)
        asked = (keys.REQUESTS, keys.under(keys.SETTLED)[1])
        bounds = {"sk": keys.under(keys.redemption("")), "book": asked}
        page = reading.listed(RedemptionItem, pk, bounds, cursor, limit)
        return replace(page, items=tuple(each for each in page.items if code_id in each.codes))

    def count_try(self, program: str, subject: str, at: datetime) -> None:
        """One update that adds, so that tries at once are all counted."""
        item = TriesItem(pk=keys.caller(program, subject), sk=keys.tries(at))
        kind = [TriesItem.item.set(TriesItem), TriesItem.v.set(item.v)]
        one = f"{keys.instant(at)}#{secrets.token_hex(4)}"
        with reading.answering():
            item.update(actions=[*kind, TriesItem.wrong.add([one])])
