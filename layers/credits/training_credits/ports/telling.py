"""Who wants which mails, and who is told of a whole day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from training_credits.domain.model import Preferences
from training_credits.ports.paging import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDigest:
    """A day's transactions of an account, of which somebody is to be told."""

    account_id: str
    email: str
    day: date


class Wishes(Protocol):
    """What the table knows of that."""

    def preferences(self, program: str, emails: Collection[str]) -> dict[str, Preferences]:
        """Of those who have chosen any; one strongly consistent read."""

    def due_digests(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueDigest]:
        """Days of which somebody is to be told by `until`; may lag behind a moment."""
