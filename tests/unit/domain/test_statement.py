from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from tests.builders import issued, lot_of
from training_credits.domain.columns import COLUMN_OF, COLUMNS, Sums
from training_credits.domain.model import EDGES, Balance, Entry, EntryKind, Lot, Movement, State
from training_credits.domain.statement import (
    BEGINNING,
    Closing,
    NextExpiry,
    Period,
    Statement,
    state,
)
from training_credits.domain.telling import by_lot, in_turn

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 4, 1, tzinfo=UTC)
MARCH = Period(start=BEGIN, end=END)
DAY = timedelta(days=1)
A, R, X = State.AVAILABLE, State.REDEEMED, State.EXPIRED


def moved(lot_id: str, source: State, target: State, credits: int) -> Movement:
    return Movement(lot_id=lot_id, source=source, target=target, credits=credits)


def entry(name: str, kind: EntryKind, *movements: Movement, at: datetime = BEGIN) -> Entry:
    return Entry(
        entry_id=name,
        account_id="A1",
        kind=kind,
        at=at,
        movements=movements,
        reference="r",
        title="t",
        actor="a",
    )


def bought(lot: Lot, at: datetime = BEGIN) -> Entry:
    return entry(f"purchase-{lot.lot_id}", EntryKind.PURCHASE, issued(lot.lot_id, 100), at=at)


def lot(lot_id: str, days: int = 365, granted_at: datetime = BEGIN, **more: object) -> Lot:
    """Of 100 credits; it ends so many days after the end of March."""
    return lot_of(lot_id, 100, END + days * DAY, granted_at, **more)


def closings(stated: Statement) -> dict[str, int]:
    return {one.product: one.closing for one in stated.products}


def test_no_kind_of_entry_is_without_a_column_and_no_column_without_a_kind() -> None:
    assert COLUMN_OF.keys() == set(EntryKind)
    assert set(COLUMN_OF.values()) == set(COLUMNS)


@pytest.mark.parametrize("kind", EntryKind)
@pytest.mark.parametrize("edge", sorted(EDGES))
def test_what_any_entry_moves_is_in_the_sums_of_its_lot_and_its_product(
    kind: EntryKind, edge: tuple[State, State]
) -> None:
    source, target = edge
    stock = Balance(available=9, held=9, redeemed=9, delivered=9, expired=9)
    since = Closing(at=BEGIN, balances={"L": stock})
    one = entry("e", kind, moved("L", source, target, 4))
    stated = state("A1", MARCH, [one], [lot("L")], since=since)
    (product,) = stated.products
    (line,) = stated.lots
    assert product.opening + product.sums.total == product.closing
    assert product.sums == line.sums == Sums(**{COLUMN_OF[kind]: one.change})
    assert product.closing == line.closing.unspent == line.opening.unspent + one.change
    assert [(told.change, told.balance) for told in stated.lines] == (
        [(one.change, product.closing)] if one.change else []
    )


@pytest.mark.rule("SF-01")
def test_credits_of_two_products_are_never_added_up() -> None:
    lots = [lot("L", product="LC"), lot("V", product="VLC")]
    both = entry("r", EntryKind.REDEEM, moved("L", A, R, 30), moved("V", A, R, 5), at=BEGIN + DAY)
    stated = state("A1", MARCH, [*map(bought, lots), both], lots)
    assert closings(stated) == {"LC": 70, "VLC": 95}
    assert [(line.product, line.change, line.balance) for line in stated.lines] == [
        ("LC", 100, 100),
        ("VLC", 100, 100),
        ("LC", -30, 70),
        ("VLC", -5, 95),
    ]
    assert [one.sums.redemptions for one in stated.products] == [-30, -5]
    assert {one.product: dict(one.paid_minor) for one in stated.products} == {
        "LC": {"USD": 7_000},
        "VLC": {"USD": 9_500},
    }


def test_what_was_paid_is_never_added_up_over_currencies() -> None:
    lots = [lot("L"), lot("E", currency="EUR"), lot("S")]
    gone = entry("r", EntryKind.REDEEM, moved("S", A, R, 100), at=BEGIN + DAY)
    (product,) = state("A1", MARCH, [*map(bought, lots), gone], lots).products
    assert product.paid_minor == {"USD": 10_000, "EUR": 10_000}


def test_a_reissue_is_told_in_both_lots_and_they_name_each_other() -> None:
    lots = [lot("old", -10), lot("new", 170, reissued_from="old", granted_at=END - DAY)]
    entries = [
        bought(lots[0]),
        entry("x", EntryKind.EXPIRE, moved("old", A, X, 100), at=lots[0].expires_at),
        entry(
            "y",
            EntryKind.REISSUE,
            moved("old", X, State.REISSUED, 100),
            issued("new", 100),
            at=END - DAY,
        ),
    ]
    stated = state("A1", MARCH, entries, lots)
    (product,) = stated.products
    assert product.sums == Sums(purchases=100, expiries=-100, reissues=100)
    assert (product.opening, product.closing) == (0, 100)
    assert [
        (line.lot.lot_id, line.reissued_to, line.lot.reissued_from) for line in stated.lots
    ] == [
        ("old", ("new",), None),
        ("new", (), "old"),
    ]
    assert [line.closing for line in stated.lots] == [
        Balance(reissued=100),
        Balance(available=100),
    ]
    before = state("A1", Period(start=BEGIN, end=END - DAY), entries[:2], lots)
    assert [line.reissued_to for line in before.lots] == [()]


def test_credits_that_go_on_while_alive_change_the_product_by_nothing_and_have_a_line() -> None:
    lots = [lot("old"), lot("new", 400, reissued_from="old")]
    on = entry(
        "y",
        EntryKind.EXTEND,
        moved("old", A, State.REISSUED, 60),
        issued("new", 60),
        at=BEGIN + DAY,
    )
    stated = state("A1", MARCH, [bought(lots[0]), on], lots)
    assert [(line.change, line.balance) for line in stated.lines] == [(100, 100), (0, 100)]
    assert [line.sums for line in stated.lots] == [
        Sums(purchases=100, extensions=-60),
        Sums(extensions=60),
    ]
    assert stated.products[0].sums == Sums(purchases=100)


def test_what_ends_next_is_as_of_the_end_and_of_each_product() -> None:
    soon = [lot("L1", 0), lot("L2", 0), lot("L3", 9), lot("V", 5, product="VLC")]
    spent = entry("r", EntryKind.REDEEM, moved("L1", A, R, 40), at=BEGIN + DAY)
    stated = state("A1", MARCH, [*map(bought, soon), spent], soon)
    assert [one.next_expiry for one in stated.products] == [
        NextExpiry(product="TC", expires_on=END.date(), credits=160),
        NextExpiry(product="VLC", expires_on=(END + 5 * DAY).date(), credits=100),
    ]
    held = entry("h", EntryKind.HOLD, moved("V", A, State.HELD, 100), at=BEGIN + DAY)
    stated = state("A1", MARCH, [bought(soon[3]), held], [soon[3]])
    assert stated.products[0].next_expiry is None
    assert stated.products[0].closing == 100


def test_a_lot_that_was_over_before_is_not_told_and_yet_handed_on() -> None:
    lots = [lot("L"), lot("done")]
    spent = entry("r", EntryKind.REDEEM, moved("done", A, R, 100), at=BEGIN + DAY)
    march = state("A1", MARCH, [*map(bought, lots), spent], lots)
    assert [line.lot.lot_id for line in march.lots] == ["L", "done"]
    after = Period(start=END, end=END + 30 * DAY)
    april = state("A1", after, [], lots, since=march.closing)
    assert [line.lot.lot_id for line in april.lots] == ["L"]
    assert april.balances == march.balances
    assert april.closing == Closing(at=after.end, balances=march.balances)
    assert (april.products[0].opening, april.products[0].closing) == (100, 100)


def taken(name: str, credits: int, at: datetime) -> Entry:
    return entry(name, EntryKind.REDEEM, moved("L", A, R, credits), at=at)


def test_who_was_first_to_ask_and_last_to_be_booked_is_told_when_it_could_be() -> None:
    """Lee asks, and before that is booked Kim spends all there is and gives it back."""
    late, spent = taken("lee", 100, BEGIN + DAY), taken("kim", 100, BEGIN + 2 * DAY)
    back = entry("back", EntryKind.RETURN, moved("L", R, A, 100), at=BEGIN + 3 * DAY)
    all_of_it = [bought(lot("L")), late, spent, back]
    for order in permutations(all_of_it):
        told, waiting = in_turn(order)
        assert [each.entry_id for each in told] == ["purchase-L", "lee", "back", "kim"]
        assert waiting == []
    stated = state("A1", MARCH, all_of_it, [lot("L")])
    assert [line.balance for line in stated.lines] == [100, 0, 100, 0]


def test_what_cannot_have_happened_yet_waits_in_a_period_that_runs() -> None:
    two = [taken("lee", 100, BEGIN + DAY), taken("kim", 100, BEGIN + 2 * DAY)]
    entries = [bought(lot("L")), *two]
    running = state("A1", MARCH, entries, [lot("L")], as_of=BEGIN + 3 * DAY)
    assert [line.balance for line in running.lines] == [100, 0]
    over = state("A1", MARCH, entries, [lot("L")])
    assert [line.balance for line in over.lines] == [100, 0, -100], "it has to be told somewhere"


def test_an_entry_takes_from_one_state_what_it_brings_there() -> None:
    through = entry(
        "e", EntryKind.REDEEM, moved("L", State.HELD, A, 5), moved("L", A, R, 5), at=BEGIN
    )
    opening = {"L": Balance(held=5)}
    assert in_turn([through], opening) == ([through], [])
    assert by_lot([through], opening) == {"L": Balance(redeemed=5)}
    assert opening == {"L": Balance(held=5)}
    assert BEGINNING.balances == {}
