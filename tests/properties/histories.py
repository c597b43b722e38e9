"""Histories of an account with every kind of entry: nothing is taken that is not there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tests.builders import issued, lot_of
from training_credits.domain.model import Balance, Entry, EntryKind, Lot, Movement, State

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 400
EVERY = 3
PRODUCTS = ("LC", "VLC")
EDGE_OF = {
    EntryKind.HOLD: (State.AVAILABLE, State.HELD),
    EntryKind.RELEASE: (State.HELD, State.AVAILABLE),
    EntryKind.REDEEM: (State.HELD, State.REDEEMED),
    EntryKind.EXPIRE: (State.AVAILABLE, State.EXPIRED),
    EntryKind.VOID: (State.AVAILABLE, State.VOIDED),
    EntryKind.RETURN: (State.REDEEMED, State.AVAILABLE),
    EntryKind.DELIVER: (State.REDEEMED, State.DELIVERED),
    EntryKind.REFUTE: (State.DELIVERED, State.AVAILABLE),
    EntryKind.REISSUE: (State.EXPIRED, State.REISSUED),
    EntryKind.EXTEND: (State.AVAILABLE, State.REISSUED),
}
INTO_ANOTHER = {EntryKind.REISSUE, EntryKind.EXTEND}
Act = tuple[int, EntryKind, int, int]
ACTS = st.lists(
    st.tuples(
        st.integers(0, DAYS),
        st.sampled_from([*EntryKind, EntryKind.HOLD, EntryKind.REDEEM]),
        st.integers(1, 300),
        st.integers(0, 9),
    ),
    max_size=30,
)
CUTS = st.lists(st.integers(0, DAYS + 1), max_size=8)


@dataclass
class History:
    """Entries in the order of their commits, and the lots they are about."""

    entries: list[Entry] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    balances: dict[str, Balance] = field(default_factory=dict)

    @classmethod
    def of(cls, acts: list[Act]) -> "History":
        """500 of each product on the first day; and of what was tried, what was possible."""
        made = cls()
        for product in PRODUCTS:
            made.buy(0, product, 500)
        for day, kind, credits, number in sorted(acts, key=lambda act: act[0]):
            made.act(day, kind, credits, number)
        return made

    def buy(self, day: int, product: str, credits: int, before: str | None = None) -> Movement:
        """A new lot, and the movement that fills it."""
        name, at = f"L{len(self.lots)}", BEGIN + timedelta(days=day)
        end = BEGIN + timedelta(days=9_999 + len(self.lots))
        made = lot_of(name, credits, end, at, product=product, reissued_from=before)
        self.lots.append(made)
        if before is None:
            self.write(day, EntryKind.PURCHASE, issued(name, credits))
        return issued(name, credits)

    def act(self, day: int, kind: EntryKind, credits: int, number: int) -> None:
        """Of one lot, and of a second one where that has as much: also of another product."""
        if kind is EntryKind.PURCHASE:
            self.buy(day, PRODUCTS[number % 2], credits)
            return
        source, target = EDGE_OF[kind]
        own = self.lots[number % len(self.lots)]
        take = min(credits, getattr(self.balances[own.lot_id], source))
        if not take:
            return
        moved = [Movement(lot_id=own.lot_id, source=source, target=target, credits=take)]
        if kind in INTO_ANOTHER:
            moved.append(self.buy(day, own.product, take, own.lot_id))
        else:
            other = self.lots[(number + 1) % len(self.lots)].lot_id
            if other != own.lot_id and getattr(self.balances[other], source) >= take:
                moved.append(Movement(lot_id=other, source=source, target=target, credits=take))
        self.write(day, kind, *moved)

    def write(self, day: int, kind: EntryKind, *moved: Movement) -> None:
        """An entry, some of a day at the same instant; ids are in no order."""
        number = len(self.entries)
        one = Entry(
            entry_id=f"{number * 7 % 100:02}-{number}",
            account_id="A1",
            kind=kind,
            at=BEGIN + timedelta(days=day, seconds=number // EVERY),
            movements=moved,
            reference="r",
            title="t",
            actor="a",
        )
        self.entries.append(one)
        for each in moved:
            before = self.balances.get(each.lot_id, Balance())
            self.balances[each.lot_id] = before.moved(each)
