"""Months of accounts that are over: which are filed, and which are to be."""

from datetime import datetime
from typing import Protocol

from training_credits.domain.model import Block
from training_credits.ports.paging import Page


class Filed(Protocol):
    """What the table knows of them. Strongly consistent but `due_months`."""

    def filed(self, program: str, account_id: str, before: datetime) -> Block | None:
        """The newest filed month that had ended by then; one query."""

    def blocks(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Block]:
        """Filed months, oldest first; one query."""

    def due_months(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[str]:
        """Accounts of which a month is to be filed by `until`; may lag behind a moment."""
