from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tests.builders import issued, lot_of
from training_credits.domain.model import (
    EDGES,
    Balance,
    Entry,
    EntryKind,
    Movement,
    State,
)

END = datetime(2027, 2, 11, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def move(source: State, target: State, credits: int = 1) -> Movement:
    return Movement(lot_id="L1", source=source, target=target, credits=credits)


@pytest.mark.parametrize(("source", "target"), sorted(set(product(State, State)) - EDGES, key=str))
def test_credits_move_along_the_edges_of_the_diagram_only(source: State, target: State) -> None:
    with pytest.raises(ValueError, match="Movement"):
        move(source, target)


@pytest.mark.parametrize("credits", [0, -1])
def test_a_movement_moves_something(credits: int) -> None:
    with pytest.raises(ValueError, match="Movement"):
        move(State.AVAILABLE, State.HELD, credits)


@pytest.mark.parametrize(("source", "target"), sorted(EDGES, key=str))
def test_a_movement_keeps_the_sum_of_all_states(source: State, target: State) -> None:
    full = Balance(**{state.value: 7 for state in State if state is not State.ISSUED})
    after = full.moved(move(source, target, 5))
    assert after.total == full.total + (5 if source is State.ISSUED else 0)
    assert getattr(after, target) == 12
    if source is not State.ISSUED:
        assert getattr(after, source) == 2


def test_unspent_is_what_can_still_be_used() -> None:
    powers = enumerate(state.value for state in State if state is not State.ISSUED)
    balance = Balance(**{state: 2**n for n, state in powers})
    assert (balance.unspent, balance.total) == (3, 127)


def test_balances_add_state_by_state() -> None:
    one = Balance(available=1, held=2, redeemed=3, delivered=4, expired=5, voided=6)
    assert one.plus(one) == Balance(
        available=2, held=4, redeemed=6, delivered=8, expired=10, voided=12
    )


@pytest.mark.parametrize(
    ("now", "available", "expired"),
    [(END - MOMENT, 500, 0), (END, 0, 500), (END + MOMENT, 0, 500)],
)
def test_a_reader_sees_credits_expire_at_the_instant(
    now: datetime, available: int, expired: int
) -> None:
    lot = lot_of("L1", 500, END)
    assert lot.alive(now) is bool(available)
    assert lot.seen_at(now).balance == Balance(available=available, expired=expired)


def test_a_dead_lot_with_nothing_available_is_seen_as_it_is() -> None:
    lot = lot_of("L1", 500, END).after(move(State.AVAILABLE, State.HELD, 500))
    assert lot.seen_at(END) is lot


@pytest.mark.parametrize(
    ("source", "target", "change"),
    [
        (State.ISSUED, State.AVAILABLE, 5),
        (State.AVAILABLE, State.HELD, 0),
        (State.HELD, State.AVAILABLE, 0),
        (State.HELD, State.REDEEMED, -5),
        (State.AVAILABLE, State.EXPIRED, -5),
        (State.REDEEMED, State.DELIVERED, 0),
        (State.REDEEMED, State.AVAILABLE, 5),
    ],
)
def test_the_change_of_an_entry_is_what_it_does_to_unspent_credits(
    source: State, target: State, change: int
) -> None:
    entry = Entry(
        entry_id="e",
        account_id="A1",
        kind=EntryKind.REDEEM,
        at=END,
        movements=(move(source, target, 5),),
        reference="r",
        title="t",
        actor="a",
    )
    assert entry.change == change


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        lot_of("L1", 1, END).credits = 2  # type: ignore[misc]


@pytest.mark.rule("AT-13")
@pytest.mark.parametrize(
    ("left", "paid"),
    [(20_000, 1_600_000), (19_999, 1_599_920), (1, 80), (0, 0), (15_000, 1_200_000)],
)
def test_each_of_20000_credits_was_paid_with_80_cents(left: int, paid: int) -> None:
    lot = lot_of("L1", 20_000, END, paid_minor=1_600_000, face_minor=2_000_000)
    assert lot.paid_for(left) == paid


@pytest.mark.parametrize("spent", range(8))
def test_what_was_paid_for_the_spent_and_the_left_makes_what_was_paid(spent: int) -> None:
    lot = lot_of("L1", 7, END, paid_minor=100)
    parts = [lot.paid_for(n + 1) - lot.paid_for(n) for n in range(7)]
    assert sum(parts) == lot.paid_for(7) == 100
    assert lot.paid_for(spent) == sum(parts[:spent])
    assert set(parts) <= {14, 15}


def test_the_first_movement_makes_the_credits() -> None:
    assert Balance().moved(issued("L1", 500)) == Balance(available=500)


@pytest.mark.rule("CI-16")
@pytest.mark.parametrize(
    ("kind", "source", "target", "posted"),
    [
        (EntryKind.REDEEM, State.HELD, State.REDEEMED, True),
        (EntryKind.RETURN, State.REDEEMED, State.AVAILABLE, True),
        (EntryKind.RETURN, State.REDEEMED, State.EXPIRED, False),
        (EntryKind.HOLD, State.AVAILABLE, State.HELD, False),
        (EntryKind.RELEASE, State.HELD, State.AVAILABLE, False),
        (EntryKind.RELEASE, State.HELD, State.EXPIRED, True),
        (EntryKind.EXPIRE, State.AVAILABLE, State.EXPIRED, False),
    ],
)
def test_people_are_told_of_every_line_of_a_statement_but_the_expiry(
    kind: EntryKind, source: State, target: State, *, posted: bool
) -> None:
    entry = Entry(
        entry_id="E1",
        account_id="A1",
        kind=kind,
        at=END,
        movements=(move(source, target),),
        reference="R1",
        title="A class",
        actor="ann@acme.example",
    )
    assert entry.posted is posted
