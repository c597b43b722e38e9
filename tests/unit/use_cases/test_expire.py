from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.fakes.memory_ledger import MemoryLedger
from tests.world import World, ready
from training_credits.domain.decisions.expiry import expire, expiry_of
from training_credits.domain.model import Approval, Balance, EntryKind, Lot
from training_credits.ports import DueLot, Page
from training_credits.use_cases.expire import Swept, sweep
from training_credits.use_cases.worklist import PAGE

MOMENT = timedelta(microseconds=1)


def always() -> bool:
    return True


def run(world: World) -> Swept:
    """What is said of ends to come is in tests/unit/rules/test_ending_notices.py."""
    return replace(sweep(world.ledger, world.clock, always), told=0)


@pytest.mark.parametrize(
    ("after", "lots", "credits"), [(-MOMENT, 0, 0), (0 * MOMENT, 1, 500), (MOMENT, 1, 500)]
)
def test_a_lot_is_booked_from_its_instant_on(after: timedelta, lots: int, credits: int) -> None:
    world = ready()
    world.buy(500)
    world.clock.at = world.book().lots[0].expires_at + after
    assert run(world) == Swept(lots=lots, credits=credits, errors=(), finished=True)


@pytest.mark.rule("SF-15")
def test_what_is_left_of_a_lot_is_booked_once_dated_at_its_instant() -> None:
    world = World(program="salesforce")
    world.open()
    lot = world.grant("O1", 1_000, order_start=date(2026, 7, 1), issue=date(2026, 7, 3))
    world.issue_code(lot="O1")
    world.redeem(100)
    world.clock.at = lot.expires_at + timedelta(days=5)
    assert run(world) == Swept(lots=1, credits=900, errors=(), finished=True)
    assert run(world) == Swept(lots=0, credits=0, errors=(), finished=True)
    (entry,) = (e for e in world.entries() if e.kind is EntryKind.EXPIRE)
    assert (entry.at, entry.change, entry.actor) == (lot.expires_at, -900, "system")
    assert entry.title == "Credits that ended on 2027-07-01"
    assert world.balance() == Balance(redeemed=100, expired=900)
    assert world.book().lots == ()


def test_runs_that_were_missed_are_caught_up_with_in_one() -> None:
    world = ready()
    ends = []
    for _ in range(3):
        world.buy(100)
        ends.append(world.book().lots[-1].expires_at)
        world.clock.advance(timedelta(days=30))
    world.clock.advance(timedelta(days=800))
    assert run(world) == Swept(lots=3, credits=300, errors=(), finished=True)
    booked = [entry.at for entry in world.entries() if entry.kind is EntryKind.EXPIRE]
    assert booked == ends


def test_a_spent_lot_is_closed_without_an_entry() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(500)
    world.redeem(500)
    world.clock.advance(timedelta(days=400))
    assert run(world) == Swept(lots=1, credits=0, errors=(), finished=True)
    assert world.ledger.lots("atlassian", world.account)[0].closed
    assert EntryKind.EXPIRE not in [entry.kind for entry in world.entries()]


def test_held_credits_wait_for_their_request() -> None:
    world = ready(program="cisco")
    lot = world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    asked = world.redeem(22)
    world.clock.at = lot.expires_at
    assert run(world).credits == 39
    assert world.balance() == Balance(held=22, expired=39)
    world.deny(asked)
    assert world.balance() == Balance(expired=61)
    assert run(world) == Swept(lots=0, credits=0, errors=(), finished=True)


def test_a_lot_that_is_spent_from_while_it_is_swept_is_looked_at_again() -> None:
    world = ready(program="cisco")
    lot = world.grant("SO-5001", 61, invoice=date(2026, 1, 15))
    world.clock.at = lot.expires_at - MOMENT

    def a_late_redemption() -> None:
        now, world.clock.at = world.clock.at, lot.expires_at - MOMENT
        world.redeem(22)
        world.clock.at = now

    world.clock.at = lot.expires_at
    world.ledger.meanwhile.append(a_late_redemption)
    assert run(world) == Swept(lots=1, credits=39, errors=(), finished=True)
    assert world.balance() == Balance(held=22, expired=39)


def test_two_sweeps_at_once_book_each_lot_once() -> None:
    world = ready()
    world.buy(500)
    world.clock.advance(timedelta(days=400))
    world.ledger.meanwhile.append(lambda: run(world))
    assert run(world) == Swept(lots=0, credits=0, errors=(), finished=True)
    assert world.balance() == Balance(expired=500)


def test_a_run_that_is_out_of_time_leaves_the_rest_to_the_next() -> None:
    world = ready()
    for _ in range(3):
        world.buy(100)
    world.clock.advance(timedelta(days=400))
    answers = iter([True, True, False])
    assert sweep(world.ledger, world.clock, lambda: next(answers)) == Swept(
        lots=2, credits=200, errors=(), finished=False
    )
    assert run(world) == Swept(lots=1, credits=100, errors=(), finished=True)


def test_all_programs_are_swept_and_more_lots_than_one_page_holds() -> None:
    ledger = MemoryLedger()
    cisco = ready(program="cisco", ledger=ledger)
    cisco.grant("SO-1", 7, invoice=date(2026, 1, 15))
    world = ready(ledger=ledger, clock=cisco.clock)
    for _ in range(PAGE + 5):
        world.buy(1)
    world.clock.advance(timedelta(days=400))
    assert run(world) == Swept(lots=PAGE + 6, credits=PAGE + 12, errors=(), finished=True)


class LaggingLedger(MemoryLedger):
    """The worklist still shows what is closed, and what never was."""

    def due(
        self, program: str, until: datetime, shard: int, cursor: str | None, limit: int
    ) -> Page[DueLot]:
        del until, cursor, limit
        shown = tuple(
            DueLot(account_id=account_id, lot_id=lot_id)
            for (owner, account_id), rows in self.accounts.items()
            for lot_id in (*rows.lots, "never")
            if owner == program and not shard
        )
        return Page(items=shown)


def test_an_index_that_lags_behind_changes_nothing() -> None:
    world = ready(ledger=LaggingLedger())
    world.buy(500)
    assert run(world) == Swept(lots=0, credits=0, errors=(), finished=True)
    world.clock.advance(timedelta(days=400))
    assert run(world).credits == 500
    assert run(world) == Swept(lots=0, credits=0, errors=(), finished=True)


class BrokenLedger(MemoryLedger):
    """Some lots cannot be read: their lines are damaged, or the table says no."""

    def __init__(self, *broken: str) -> None:
        super().__init__()
        self.broken = broken

    def lot(self, program: str, account_id: str, lot_id: str) -> Lot | None:
        if lot_id in self.broken:
            raise ValueError(lot_id)
        return super().lot(program, account_id, lot_id)


def test_lots_that_cannot_be_closed_stand_in_no_others_way() -> None:
    ledger = BrokenLedger("SO-1", "SO-3")
    world = ready(program="cisco", ledger=ledger)
    for number in range(1, 5):
        world.grant(f"SO-{number}", number, invoice=date(2026, 1, 15))
    world.clock.advance(timedelta(days=400))
    swept = run(world)
    assert (swept.lots, swept.credits, swept.finished) == (2, 2 + 4, True)
    assert [(type(error), str(error)) for error in swept.errors] == [
        (ValueError, "SO-1"),
        (ValueError, "SO-3"),
    ]
    assert [lot.closed for lot in ledger.lots("cisco", world.account)] == [False, True] * 2
    ledger.broken = ()
    assert run(world) == Swept(lots=2, credits=1 + 3, errors=(), finished=True)


def test_a_run_out_of_time_says_what_went_wrong_until_then() -> None:
    ledger = BrokenLedger("SO-1")
    world = ready(program="cisco", ledger=ledger)
    for number in (1, 2):
        world.grant(f"SO-{number}", number, invoice=date(2026, 1, 15))
    world.clock.advance(timedelta(days=400))
    answers = iter([True, False])
    swept = sweep(ledger, world.clock, lambda: next(answers))
    assert (swept.lots, len(swept.errors), swept.finished) == (0, 1, False)


def test_nothing_is_due_of_a_lot_that_lives_is_closed_or_is_empty() -> None:
    world = ready(Approval.AUTOMATIC)
    world.buy(500)
    lot = world.book().lots[0]
    assert expiry_of("A1", lot, lot.expires_at - MOMENT) is None
    assert expire("atlassian", "A1", lot, lot.expires_at - MOMENT) is None
    world.clock.at = lot.expires_at
    run(world)
    (closed,) = world.ledger.lots("atlassian", world.account)
    assert expiry_of("A1", closed, lot.expires_at) is None
    assert expire("atlassian", "A1", closed, lot.expires_at) is None
