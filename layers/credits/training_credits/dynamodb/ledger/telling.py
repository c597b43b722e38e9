"""Which mails people want, and who is told of a whole day."""

from collections.abc import Collection
from datetime import date, datetime

from training_credits.domain.model import Preferences
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import PreferencesItem
from training_credits.ports import DueDigest, Page


class Wishes:
    """What `ports.Wishes` asks of them."""

    def preferences(self, program: str, emails: Collection[str]) -> dict[str, Preferences]:
        """One batch get."""
        places = {(keys.preferences(program, email), keys.PREFERENCES): email for email in emails}
        items = reading.get_many(list(places)) if places else []
        chosen = reading.of_kind(items, PreferencesItem)
        return {places[item.pk, item.sk]: item.value() for item in chosen}

    def due_digests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueDigest]:
        """One query of the worklist; eventually consistent, which the commit makes harmless."""
        bounds = {"pk": keys.under(keys.account(program, "")), "sk": keys.under(keys.DIGESTS)}
        partition = keys.digest_shard(program, shard)
        found = reading.due_by(partition, bounds, until, cursor, limit)
        return Page(items=tuple(_digest(*place) for place in found.items), cursor=found.cursor)


def _digest(account_id: str, place: str) -> DueDigest:
    _, day, email = place.split("#", 2)
    return DueDigest(account_id=account_id, email=email, day=date.fromisoformat(day))
