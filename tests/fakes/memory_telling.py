"""Days of which somebody is to be told, in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from training_credits.domain import change as c


@dataclass
class Digests:
    """Of one account: when each is due; None once it is told."""

    planned: dict[tuple[str, date], datetime | None] = field(default_factory=dict)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on one of these is met; of any other, it is."""
        match write:
            case c.PlanDigest(email=email, day=day):
                return (email, day) not in self.planned
            case c.EndDigest(email=email, day=day):
                return self.planned.get((email, day)) is not None
        return True

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.PlanDigest(email=email, day=day, at=at):
                self.planned[email, day] = at
            case c.EndDigest(email=email, day=day):
                self.planned[email, day] = None


def due_digests(
    accounts: Iterable[tuple[tuple[str, str], Digests]], program: str
) -> Iterable[tuple[datetime, str, str]]:
    """Every day that is to be told, by when it is."""
    for (owner, account_id), digests in accounts:
        for (email, day), at in digests.planned.items():
            if owner == program and at is not None:
                yield at, account_id, f"{day.isoformat()}#{email}"
