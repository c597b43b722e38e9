from datetime import UTC, datetime

import pytest

from tests.builders import issued
from training_credits.domain.change import Move, Record, moves
from training_credits.domain.model import Entry, EntryKind, Movement, State

NOW = datetime(2026, 2, 10, tzinfo=UTC)


def movement(lot_id: str, source: State, target: State, credits: int) -> Movement:
    return Movement(lot_id=lot_id, source=source, target=target, credits=credits)


def move(*movements: Movement) -> Move:
    return Move(lot_id="L1", movements=movements, at=NOW)


TAKEN = movement("L1", State.AVAILABLE, State.REDEEMED, 5)
POSTED = movement("L1", State.HELD, State.REDEEMED, 2)


def test_a_move_takes_and_gives_by_differences() -> None:
    both = move(TAKEN, POSTED)
    assert both.taken() == {State.AVAILABLE: 5, State.HELD: 2}
    assert both.delta() == {State.AVAILABLE: -5, State.HELD: -2, State.REDEEMED: 7}


def test_two_movements_of_one_state_are_one_difference() -> None:
    held = movement("L1", State.AVAILABLE, State.HELD, 3)
    assert move(TAKEN, held).taken() == {State.AVAILABLE: 8}
    back = movement("L1", State.HELD, State.AVAILABLE, 3)
    assert move(held, back).delta() == {}


def test_what_is_issued_comes_from_nowhere() -> None:
    assert move(issued("L1", 5)).delta() == {State.AVAILABLE: 5}


@pytest.mark.parametrize(
    ("of", "needed"),
    [
        (TAKEN, True),
        (movement("L1", State.HELD, State.AVAILABLE, 1), True),
        (POSTED, False),
        (movement("L1", State.HELD, State.EXPIRED, 1), False),
    ],
)
def test_a_lot_must_be_open_where_credits_become_or_were_available(
    of: Movement, *, needed: bool
) -> None:
    assert move(of).needs_open is needed


def test_an_entry_and_its_moves_are_written_together_one_move_a_lot() -> None:
    other = movement("L2", State.AVAILABLE, State.REDEEMED, 1)
    entry = Entry(
        entry_id="redeem-R1",
        account_id="A1",
        kind=EntryKind.REDEEM,
        at=NOW,
        movements=(TAKEN, other, POSTED),
        reference="R1",
        title="t",
        actor="a",
    )
    assert moves(entry) == (
        move(TAKEN, POSTED),
        Move(lot_id="L2", movements=(other,), at=NOW),
        Record(entry=entry),
    )
