"""The filing of accounts in memory: filed months, and when the next one is due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.journal import GENESIS
from training_credits.domain.model import Block


@dataclass
class Months:
    """Of one account."""

    blocks: dict[str, Block] = field(default_factory=dict)
    due: datetime | None = None
    head: str = GENESIS

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on one of these is met; of any other, it is."""
        if not isinstance(write, c.FileMonth):
            return True
        return write.block.month not in self.blocks and write.block.previous == self.head

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.BeginFiling(due=due):
                self.due = self.due or due
            case c.FileMonth(block=block, due=due):
                self.blocks[block.month] = block
                self.due, self.head = due, block.digest

    def newest(self, before: datetime) -> Block | None:
        """The newest that had ended by then."""
        over = [block for block in self.blocks.values() if block.end <= before]
        return max(over, key=lambda block: block.end, default=None)

    def oldest_first(self) -> list[Block]:
        return [block for _, block in sorted(self.blocks.items())]


def due_months(
    accounts: Iterable[tuple[tuple[str, str], Months]], program: str
) -> Iterable[tuple[datetime, str, str]]:
    """Every account that is filed, by when it is."""
    for (owner, account_id), months in accounts:
        if owner == program and months.due is not None:
            yield months.due, account_id, "FILING"
