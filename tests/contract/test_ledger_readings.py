"""What was written is read again: each field, in each book, by nobody else."""

from datetime import timedelta

import pytest

from tests.contract.scene import (
    ANN,
    BOB,
    ELSEWHERE,
    END,
    FAR_OFF,
    HERE,
    INSTANT,
    LEE,
    LONG_AGO,
    NOON,
    Scene,
    account,
    code,
    entry,
    lot,
    move,
    movement,
    order,
    owner,
    redemption,
    submission,
)
from training_credits.domain import change as c
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    EntryKind,
    RedemptionState,
    State,
)
from training_credits.ports import Depth, Page, Standing

HOUR = timedelta(hours=1)


def test_an_account_is_read_as_it_was_opened(scene: Scene) -> None:
    opened = account()
    scene.write(c.OpenAccount(account=opened))
    assert scene.book().account == opened


def test_an_edit_leaves_what_it_does_not_name(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()))
    scene.write(c.EditAccount(name="New"))
    assert scene.book().account == account(name="New")
    scene.write(c.EditAccount(approval=Approval.AUTOMATIC))
    assert scene.book().account == account(name="New", approval=Approval.AUTOMATIC)


def test_an_order_is_read_as_it_was_placed(scene: Scene) -> None:
    scene.write(c.PlaceOrder(order=order()))
    assert scene.ledger.order(scene.program, HERE, "O1") == order()
    assert scene.ledger.order(scene.program, HERE, "O2") is None
    assert scene.ledger.order(scene.program, ELSEWHERE, "O1") is None


def test_a_lot_is_read_as_it_was_granted(scene: Scene) -> None:
    granted = lot(
        balance=Balance(available=1, held=2, redeemed=3, delivered=4, expired=5, voided=6)
    )
    scene.write(c.GrantLot(lot=granted))
    assert scene.ledger.lot(scene.program, HERE, "L1") == granted
    assert scene.ledger.lots(scene.program, HERE) == (granted,)
    assert scene.ledger.lot(scene.program, HERE, "L2") is None


def test_a_code_is_read_by_its_digest(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()), c.GrantLot(lot=lot()))
    scene.write(c.IssueCode(code=code()))
    scene.write(c.IssueCode(code=code("d2", lot_id="L1")))
    assert scene.ledger.code(scene.program, "d1") == code()
    assert scene.ledger.code(scene.program, "d2") == code("d2", lot_id="L1")
    assert scene.ledger.code(scene.program, "d3") is None
    assert scene.book().account.code_hint == "7F3K"


def test_a_request_is_read_in_every_state(scene: Scene) -> None:
    asked = redemption(lot_id="L1", draws=(Draw(lot_id="L1", credits=30),))
    scene.write(c.MakeRequest(redemption=asked))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1", "R2"]) == (asked,)
    denied = redemption(state=RedemptionState.DENIED, at=NOON + HOUR, lot_id="L1", note="Not now")
    scene.write(c.SettleRequest(redemption=denied, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (denied,)
    assert scene.ledger.redemptions(scene.program, ELSEWHERE, ["R1"]) == ()


def test_an_entry_is_read_as_it_was_recorded(scene: Scene) -> None:
    whole = entry(
        kind=EntryKind.RELEASE,
        movements=(
            movement(State.HELD, State.AVAILABLE),
            movement(State.HELD, State.EXPIRED, 1, lot_id="L2"),
        ),
        learner=LEE.email,
        at=NOON + INSTANT,
    )
    scene.write(c.Record(entry=whole))
    assert scene.entries() == [whole]


# The book of an account


def test_there_is_no_book_of_an_account_that_was_not_opened(scene: Scene) -> None:
    scene.write(c.GrantLot(lot=lot()))
    assert scene.ledger.book(scene.program, HERE, Depth.REQUESTS) is None
    assert scene.ledger.book(scene.program, ELSEWHERE, Depth.FUNDS) is None


def test_each_depth_of_the_book_includes_the_ones_before(scene: Scene) -> None:
    scene.write(
        c.OpenAccount(account=account()),
        c.AddOwner(owner=owner(ANN)),
        c.GrantLot(lot=lot("L1")),
        c.GrantLot(lot=lot("L2", 7)),
        c.MakeRequest(redemption=redemption()),
    )
    scene.write(c.CloseLot(lot=lot("L2", 7)))
    read = {depth: scene.book(depth) for depth in Depth}
    shown = {
        depth: (len(b.lots), len(b.owners), len(b.past), len(b.requests))
        for depth, b in read.items()
    }
    assert shown == {
        Depth.FUNDS: (1, 0, 0, 0),
        Depth.OWNERS: (1, 1, 0, 0),
        Depth.PAST: (1, 1, 1, 0),
        Depth.REQUESTS: (1, 1, 1, 1),
    }
    assert {b.account for b in read.values()} == {account()}


def test_the_lots_of_a_book_are_in_spending_order(scene: Scene) -> None:
    ends = {"L3": END, "L1": END + INSTANT, "L2": END - INSTANT}
    scene.write(c.OpenAccount(account=account()))
    for lot_id, end in ends.items():
        scene.write(c.GrantLot(lot=lot(lot_id, ends=end)))
    assert [one.lot_id for one in scene.book().lots] == ["L2", "L3", "L1"]
    assert [one.lot_id for one in scene.ledger.lots(scene.program, HERE)] == ["L1", "L2", "L3"]


def test_a_closed_lot_moves_to_the_past_and_its_rest_expires(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()), c.GrantLot(lot=lot()))
    scene.write(move(movement(State.AVAILABLE, State.HELD)))
    left = lot(balance=Balance(available=70, held=30))
    scene.write(c.CloseLot(lot=left))
    closed = lot(balance=Balance(held=30, expired=70), closed=True)
    assert scene.book().lots == ()
    assert scene.book().past == (closed,)
    scene.write(move(movement(State.HELD, State.EXPIRED), at=END))
    assert scene.book().past == (lot(balance=Balance(expired=100), closed=True),)
    assert scene.ledger.lots(scene.program, HERE) == scene.book().past


def test_deltas_commute_and_nothing_else_of_the_lot_changes(scene: Scene) -> None:
    scene.write(c.GrantLot(lot=lot()))
    scene.write(move(movement(credits=30)))
    scene.write(move(movement(State.AVAILABLE, State.HELD, 20)))
    scene.write(move(movement(State.HELD, State.AVAILABLE, 5)))
    scene.write(move(movement(State.REDEEMED, State.AVAILABLE, 10)))
    left = lot(balance=Balance(available=65, held=15, redeemed=20))
    assert scene.ledger.lot(scene.program, HERE, "L1") == left


# Owners and their seats


def test_owners_leave_and_come_again(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()), c.AddOwner(owner=owner(BOB)))
    scene.write(c.AddOwner(owner=owner(ANN)))
    assert scene.book().owners == (owner(ANN), owner(BOB))
    scene.write(c.RemoveOwner(email=ANN))
    assert scene.book().owners == (owner(BOB),)
    assert not scene.ledger.owns(scene.program, HERE, ANN)
    scene.write(c.AddOwner(owner=owner(ANN, NOON + HOUR)))
    assert scene.book().owners == (owner(ANN, NOON + HOUR), owner(BOB))
    assert scene.ledger.owns(scene.program, HERE, ANN)
    assert not scene.ledger.owns(scene.program, ELSEWHERE, ANN)


@pytest.mark.parametrize("only", [True, False])
def test_a_person_is_found_on_the_account_they_sit_on(scene: Scene, *, only: bool) -> None:
    take, leave = (kind(email=ANN, only=only) for kind in (c.TakeSeat, c.LeaveSeat))
    scene.write(take)
    assert scene.ledger.accounts_of(scene.program, ANN) == (HERE,)
    assert scene.ledger.accounts_of(scene.program, BOB) == ()
    scene.write(leave)
    assert scene.ledger.accounts_of(scene.program, ANN) == ()
    scene.write(take, account_id=ELSEWHERE)
    assert scene.ledger.accounts_of(scene.program, ANN) == (ELSEWHERE,)


def test_where_seats_are_many_a_person_has_several(scene: Scene) -> None:
    for account_id in (ELSEWHERE, HERE):
        scene.write(c.TakeSeat(email=ANN, only=False), account_id=account_id)
    assert scene.ledger.accounts_of(scene.program, ANN) == (HERE, ELSEWHERE)


def test_a_buyer_learns_both_answers_in_one_read(scene: Scene) -> None:
    def standing(email: str, key: str) -> Standing:
        asked = ("s-ann", "openAccount", key)
        return scene.ledger.standing(scene.program, HERE, email, *asked)

    scene.write(c.AddOwner(owner=owner(ANN)), submission=submission())
    assert standing(ANN, "key-0001") == Standing(owner=True, submission=submission())
    assert standing(BOB, "key-0002") == Standing(owner=False, submission=None)
    scene.write(c.RemoveOwner(email=ANN))
    assert standing(ANN, "key-0002") == Standing(owner=False, submission=None)


# The tenant wall


def test_another_program_sees_none_of_it(scene: Scene) -> None:
    scene.write(
        c.OpenAccount(account=account()),
        c.AddOwner(owner=owner(ANN)),
        c.TakeSeat(email=ANN, only=True),
        c.GrantLot(lot=lot()),
        c.PlaceOrder(order=order()),
        c.MakeRequest(redemption=redemption()),
        c.Record(entry=entry()),
        submission=submission(),
    )
    scene.write(c.IssueCode(code=code("d2")))
    other = Scene(scene.ledger, program=f"{scene.program}-other")
    assert other.everything() == {
        "book": None,
        "lots": (),
        "order": None,
        "entries": Page(items=()),
        "redemptions": (),
        "seats": (),
        "code": None,
        "submission": None,
    }
    assert other.due(FAR_OFF) == []
    assert not scene.ledger.owns(other.program, HERE, ANN)


# The worklist and the outbox


def test_what_is_due_is_what_has_ended_and_is_not_closed(scene: Scene) -> None:
    ends = {"L1": END, "L2": END + INSTANT, "L3": END - HOUR, "L4": END - HOUR}
    for lot_id, end in ends.items():
        scene.write(c.GrantLot(lot=lot(lot_id, ends=end)))
    scene.write(c.GrantLot(lot=lot("L5", ends=END)), account_id=ELSEWHERE)
    scene.write(c.CloseLot(lot=lot("L4", ends=END - HOUR)))
    due = {(one.account_id, one.lot_id) for one in scene.due(END)}
    assert due == {(HERE, "L1"), (HERE, "L3"), (ELSEWHERE, "L5")}
    assert scene.due(END - HOUR - INSTANT) == []
    assert scene.due(LONG_AGO) == []


def test_what_is_due_comes_in_the_order_of_its_end(scene: Scene) -> None:
    for n in (3, 1, 2):
        scene.write(c.GrantLot(lot=lot(f"L{n}", ends=END + n * INSTANT)))
    for n in range(4):
        page = scene.ledger.due(scene.program, FAR_OFF, n, 100)
        assert list(page) == sorted(page, key=lambda due: due.lot_id)
        assert scene.ledger.due(scene.program, FAR_OFF, n, 1) == page[:1]


def test_a_message_is_claimed_once_in_each_program(scene: Scene) -> None:
    ledger, program = scene.ledger, scene.program
    assert ledger.claim(program, "m1#ann@acme.example")
    assert not ledger.claim(program, "m1#ann@acme.example")
    assert ledger.claim(program, "m1#bob@acme.example")
    assert ledger.claim(f"{program}-other", "m1#ann@acme.example")
