"""Statements for tests: two lots, and as many entries as a test wants."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from training_credits.domain.model import Balance, Entry, EntryKind, Lot, Movement, State
from training_credits.domain.statement import Period, Statement, state
from training_credits.programs import program_named

ACCOUNT = "WTZ9YN1R753T8PJQ"
MARCH = Period(
    start=datetime(2026, 3, 1, tzinfo=UTC),
    end=datetime(2026, 4, 1, tzinfo=UTC),
)
PROGRAM = program_named("atlassian", MARCH.end)
BOUGHT = MARCH.start - timedelta(days=19)
EACH = 3


def plainly(_: object, *said: object) -> bytes:
    """A paper that is not typeset, which takes long: what is in it, and no more."""
    return repr(said).encode()


def lot(lot_id: str, bought: datetime, credits: int, *, product: str = "", days: int = 365) -> Lot:
    """A lot of so many credits, each for a dollar."""
    ends = bought + timedelta(days=days)
    return Lot(
        lot_id=lot_id,
        order_id=lot_id,
        product=product or PROGRAM.products[0].id,
        credits=credits,
        paid_minor=credits * 100,
        currency="USD",
        granted_at=bought,
        expires_on=date(ends.year, ends.month, ends.day),
        expires_at=datetime(ends.year, ends.month, ends.day, tzinfo=UTC) + timedelta(days=1),
        balance=Balance(available=credits),
    )


def entry(
    number: int, title: str, at: datetime, lot_id: str, *, learner: str | None = None
) -> Entry:
    """Credits of a lot are spent on something."""
    moved = Movement(lot_id=lot_id, source=State.AVAILABLE, target=State.REDEEMED, credits=EACH)
    return _entry(f"redeem-{number}", EntryKind.REDEEM, at, moved, title, learner)


def bought(each: Lot) -> Entry:
    """The entry of its purchase."""
    moved = Movement(
        lot_id=each.lot_id, source=State.ISSUED, target=State.AVAILABLE, credits=each.credits
    )
    return _entry(f"purchase-{each.lot_id}", EntryKind.PURCHASE, each.granted_at, moved, "Purchase")


def _entry(
    entry_id: str,
    kind: EntryKind,
    at: datetime,
    moved: Movement,
    title: str,
    learner: str | None = None,
) -> Entry:
    return Entry(
        entry_id=entry_id,
        account_id=ACCOUNT,
        kind=kind,
        at=at,
        movements=(moved,),
        reference=entry_id.rpartition("-")[2],
        title=title,
        actor="ann@acme.example",
        learner=learner,
    )


def spending(titles: Iterator[str] | list[str], lot_id: str) -> Iterator[Entry]:
    """One after the other, through March."""
    listed = list(titles)
    step = (MARCH.end - MARCH.start) / (len(listed) + 1)
    for number, title in enumerate(listed, 1):
        learner = f"lee.{number}@acme.example" if number % 4 else None
        yield entry(number, title, MARCH.start + step * number, lot_id, learner=learner)


def statement(titles: list[str], name: str | None = "Acme", *, credits: int = 0) -> Statement:
    """A lot bought in February, one in March, and a redemption for each title."""
    old = lot("S8DECDQEWZDSX5EN", BOUGHT, credits or 1_000 + EACH * len(titles))
    new = lot("45PZB2X0AD1RYHHJ", MARCH.start + timedelta(days=5, hours=9), 12_500)
    entries = [bought(old), bought(new), *spending(titles, old.lot_id)]
    return state(ACCOUNT, MARCH, sorted(entries, key=lambda e: e.at), [old, new], name=name)
