"""What every event from the stream has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from training_credits.dynamodb.items import Item
from training_credits.dynamodb.reading import known
from training_credits.ports import Event

Facts = dict[str, str | int | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """An item as it was and as it is; `record` is what the table says of the change."""

    before: Item
    now: Item
    record: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        """When the table saw it, to the second: in time from the API, in seconds from Lambda."""
        at = self.record["ApproximateCreationDateTime"]
        return at if isinstance(at, datetime) else datetime.fromtimestamp(at, UTC)


def seen(image: Mapping[str, Any]) -> Item:
    """The item of an image; one that newer code has written is refused."""
    return known(Item.from_raw_data(dict(image)))


def event(item: Item, kind: str, about: str, at: datetime, facts: Facts) -> Event:
    """Ids come from what happened, so that a record read twice makes the same event."""
    program, _, account_id = item.pk.split("#", 2)
    return Event(
        id=f"{kind}-{about}",
        type=kind,
        program=program,
        account_id=account_id,
        at=at.astimezone(UTC),
        facts=facts,
    )
