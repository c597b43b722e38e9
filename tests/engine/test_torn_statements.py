"""A statement that is read page by page while others write: in every order of all calls."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from tests import engines
from tests.engine.fresh import Fresh, Table
from tests.engine.interleaving import Run, Turns
from tests.engine.pairs import said
from tests.engine.stages import TICK, asked, atlassian
from training_credits.domain.change import Move, Record
from training_credits.domain.model import Approval, Entry, EntryKind, Lot, Movement, State
from training_credits.domain.statement import Period, Statement
from training_credits.domain.telling import by_lot
from training_credits.ports import DueLot
from training_credits.use_cases import entries, statements

pytestmark = [pytest.mark.engine, pytest.mark.proves("G12")]
YEARS = timedelta(days=800)
LONG_AGO = 2 * entries.SETTLING
CREDITS = 20
A, R = State.AVAILABLE, State.REDEEMED
Staged = tuple[Callable[[], Statement], Callable[[], object]]
Stage = Callable[[Fresh], Staged]


@pytest.fixture
def board(table: str) -> Table:
    engines.make_table(table)
    return Table(table)


@pytest.fixture(autouse=True)
def _three_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PAGE", 3)


def read(world: Fresh) -> Statement:
    """From long ago until long after."""
    now = world.clock()
    period = Period(start=now - YEARS, end=now + YEARS)
    return statements.stated(world.ledger, world.program, world.account, period, now)


def writes(
    world: Fresh, lot: Lot, kind: EntryKind, credits: int, after: int, *edge: State
) -> Callable[[], None]:
    """An entry that was asked for so many moments from now, and is committed when it is called."""
    source, target = edge
    moved = Movement(lot_id=lot.lot_id, source=source, target=target, credits=credits)
    at = world.clock() + timedelta(seconds=after)
    one = Entry(
        entry_id=f"{kind}{after}",
        account_id=world.account,
        kind=kind,
        at=at,
        movements=(moved,),
        reference="r",
        title="t",
        actor="a",
    )
    taken = Move(lot_id=lot.lot_id, movements=(moved,), at=at)
    return lambda: world.commit(taken, Record(entry=one))


def funded(world: Fresh) -> Lot:
    """An account with one lot, and nothing else that takes time to make."""
    world.open()
    lot = world.grant(f"L{world.tag}", CREDITS)
    world.clock.advance(LONG_AGO)
    return lot


def late(world: Fresh, *, until: int) -> Staged:
    """Two that have asked before the reading began are booked during it, one after the other.

    The first is dated before all that the reader finds, the second, a return of it, after all.
    """
    lot = funded(world)
    spent = writes(world, lot, EntryKind.REDEEM, 5, 1, A, R)
    for after in (2, 3):
        writes(world, lot, EntryKind.REDEEM, 1, after, A, R)()
    back = writes(world, lot, EntryKind.RETURN, 2, 4, R, A)
    reader = world.later(world.clock() + timedelta(seconds=until))
    return lambda: read(reader), lambda: (spent(), back())


def spending(world: Fresh) -> Staged:
    """Somebody spends, as people do, and asked before."""
    atlassian(world, CREDITS, approval=Approval.AUTOMATIC)
    asked(world)
    reader = world.later()
    return lambda: read(reader), said("redeemed", lambda: world.redeem(1))


def ending(world: Fresh) -> Staged:
    """The end of the lot is booked."""
    after = world.later(funded(world).expires_at + TICK)
    after.table.lots_named[world.program] = DueLot(account_id=world.account, lot_id=f"L{world.tag}")
    return lambda: read(after), after.expires


def walked(board: Table, stage: Stage) -> Iterator[tuple[Run, Statement, Fresh]]:
    """Every schedule, on an account of its own, and what the reader was told."""
    latest: list[Fresh] = []

    def staged(number: int) -> Staged:
        latest[:] = [Fresh.of(board, "atlassian", number)]
        return stage(latest[0])

    with Turns() as turns:
        for run in turns.walk(staged):
            stated = run.outcomes[0]
            assert isinstance(stated, Statement), run
            yield run, stated, latest[0]


def flaws(run: Run, stated: Statement, world: Fresh) -> Iterator[str]:
    """What is not the story up to a moment: all that was booked by then, and nothing else."""
    booked = sorted(world.kept().entries, key=lambda entry: entry.at)
    late = [entry for entry in booked if entry.entry_id in ("redeem1", "return4")]
    seen = {line.entry.entry_id for line in stated.lines}
    told = [entry for entry in late if entry.entry_id in seen]
    if told != late[: len(told)]:
        yield f"{run.schedule}: torn, {sorted(seen)}"
    (product,) = stated.products
    if product.opening + product.sums.total != product.closing:
        yield f"{run.schedule}: does not add up"
    if any(line.balance < 0 for line in stated.lines):
        yield f"{run.schedule}: below zero"
    known = [entry for entry in booked if entry.entry_id in seen]
    if sum(balance.unspent for balance in by_lot(known).values()) != product.closing:
        yield f"{run.schedule}: not what its entries make"


def test_what_is_read_is_what_was_there_at_one_moment(board: Table) -> None:
    runs = [
        (run.schedule, stated, [*flaws(run, stated, world)])
        for run, stated, world in walked(board, lambda world: late(world, until=5))
    ]
    assert [flaw for *_, found in runs for flaw in found] == []
    closings = {stated.products[0].closing for _, stated, _ in runs}
    assert closings == {18, 13, 15}, "none, the first, or both of two"
    assert len(runs) >= 20


def test_read_once_it_would_be_torn(board: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The defect, planted: what is still coming in is taken for settled."""
    monkeypatch.setattr(entries, "SETTLING", -2 * TICK)
    found = [
        flaw
        for run, stated, world in walked(board, lambda world: late(world, until=5))
        for flaw in flaws(run, stated, world)
    ]
    assert any("torn" in flaw for flaw in found)


def test_nothing_is_told_that_was_asked_for_after_the_reading_began(board: Table) -> None:
    for run, stated, world in walked(board, lambda world: late(world, until=3)):
        seen = {line.entry.entry_id for line in stated.lines}
        assert "return4" not in seen, run.schedule
        assert [*flaws(run, stated, world)] == []
        assert stated.as_of == max(line.entry.at for line in stated.lines)


@pytest.mark.proof
def test_while_somebody_spends_it_adds_up(board: Table) -> None:
    closings = set()
    for run, stated, world in walked(board, spending):
        assert [*flaws(run, stated, world)] == []
        closings.add(stated.products[0].closing)
    assert closings == {17, 16}


def test_while_the_end_of_a_lot_is_booked_it_says_the_same(board: Table) -> None:
    told = set()
    for run, stated, world in walked(board, ending):
        assert [*flaws(run, stated, world)] == []
        told.add(
            (
                stated.products[0].sums.expiries,
                stated.products[0].closing,
                *(line.entry.kind for line in stated.lines),
            )
        )
    assert told == {(-CREDITS, 0, EntryKind.PURCHASE, EntryKind.EXPIRE)}
