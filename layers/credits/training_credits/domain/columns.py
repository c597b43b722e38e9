"""The columns of a statement: what each kind of entry does to the unspent credits."""

from dataclasses import dataclass, replace
from typing import Self

from training_credits.domain.model import EntryKind

# Holding and delivering change nothing that is unspent; what is released in a lot that has ended
# is spent no more, and counts as its expiry does.
COLUMN_OF = {
    EntryKind.PURCHASE: "purchases",
    EntryKind.HOLD: "redemptions",
    EntryKind.REDEEM: "redemptions",
    EntryKind.DELIVER: "redemptions",
    EntryKind.RETURN: "returns",
    EntryKind.RELEASE: "expiries",
    EntryKind.EXPIRE: "expiries",
    EntryKind.REISSUE: "reissues",
    EntryKind.EXTEND: "extensions",
    EntryKind.VOID: "voids",
    EntryKind.REFUTE: "disputes",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """Signed changes by column; with the opening they make the closing."""

    purchases: int = 0
    redemptions: int = 0
    returns: int = 0
    expiries: int = 0
    reissues: int = 0
    extensions: int = 0
    voids: int = 0
    disputes: int = 0

    @property
    def by_column(self) -> dict[str, int]:
        """By the names of the columns, in their order."""
        return {name: getattr(self, name) for name in COLUMNS}

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.by_column.values())

    def plus(self, kind: EntryKind, change: int) -> Self:
        """With the change that an entry of this kind has made."""
        column = COLUMN_OF[kind]
        return replace(self, **{column: getattr(self, column) + change}) if change else self

    def with_all(self, other: "Sums") -> Self:
        """Column by column."""
        mine, theirs = self.by_column, other.by_column
        return replace(self, **{name: mine[name] + theirs[name] for name in COLUMNS})


COLUMNS = tuple(Sums.__dataclass_fields__)
