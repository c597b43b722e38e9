"""Writes of the journal: an account begins to be filed, and a month of it is sealed."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model import Block


@dataclass(frozen=True, kw_only=True, slots=True)
class BeginFiling:
    """From its first credits on an account is filed month by month; `due` is the first time.

    No guard: where it has begun, it stays as it is.
    """

    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FileMonth:
    """Guards: this month has no block, and the newest block is the one that it names.

    `due` is when the next month is to be filed.
    """

    block: Block
    due: datetime
