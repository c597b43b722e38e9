"""A month of an account that is over, told to its last entry, and sealed."""

from dataclasses import dataclass
from datetime import datetime

from training_credits.domain.model.credits import Balance


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A calendar month by its name, `2026-03`, as [start, end)."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One month in the chain of an account: what it holds, and the digest of the month before.

    `opening` and `closing` are unspent credits, `lots` is the balance of each lot at the month's
    end: that of its beginning is in the block which `previous` names. `listed` is the digest of
    the list of its entries; `digest` covers all the rest.
    """

    program: str
    account_id: str
    month: str
    start: datetime
    end: datetime
    previous: str
    entries: int
    listed: str
    opening: int
    closing: int
    lots: dict[str, Balance]
    digest: str
