"""What was written of credits is read again: each field, in each book, by nobody else."""

from dataclasses import replace

from tests.contract.listed import LISTED
from tests.contract.nouns import (
    ANN,
    ELSEWHERE,
    END,
    HERE,
    HOUR,
    INSTANT,
    LEE,
    NOON,
    account,
    code,
    entry,
    lot,
    member,
    move,
    movement,
    redemption,
)
from tests.contract.scene import FAR_OFF, Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    EntryKind,
    Line,
    RedemptionState,
    State,
    Tender,
)
from training_credits.ports import Depth


def test_a_lot_is_read_as_it_was_granted(scene: Scene) -> None:
    granted = lot(
        balance=Balance(available=1, held=2, redeemed=3, delivered=4, expired=5, voided=6)
    )
    plain = lot("L2", sales_order=None, policy="", face_minor=0)
    scene.write(c.GrantLot(lot=granted), c.GrantLot(lot=plain))
    assert scene.ledger.lot(scene.program, HERE, "L1") == granted
    assert scene.ledger.lots(scene.program, HERE) == (granted, plain)
    assert scene.ledger.lot(scene.program, HERE, "L3") is None


def test_a_request_is_read_in_every_state(scene: Scene) -> None:
    bound = (Tender(code_id="C1", lot_id="L1", limited=True),)
    asked = redemption(tenders=bound, draws=(Draw(lot_id="L1", credits=30),))
    scene.write(c.MakeRequest(redemption=asked))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1", "R2"]) == (asked,)
    denied = redemption(
        state=RedemptionState.DENIED,
        at=NOON + HOUR,
        tenders=bound,
        note="Not now",
        decision="D1",
    )
    scene.write(c.SettleRequest(redemption=denied, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (denied,)
    assert scene.ledger.redemptions(scene.program, ELSEWHERE, ["R1"]) == ()


def test_all_of_several_lines_is_read_before_and_after_a_decision(scene: Scene) -> None:
    plain = Line(title="A book", credits=0)
    asked = redemption(lines=(replace(LISTED, draws=()), plain))
    scene.write(c.MakeRequest(redemption=asked))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (asked,)
    approved = redemption(state=RedemptionState.APPROVED, lines=(LISTED, plain))
    scene.write(c.SettleRequest(redemption=approved, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (approved,)


def test_a_decision_changes_nothing_of_what_was_asked(scene: Scene) -> None:
    bare = (Tender(lot_id="L1"),)
    asked = redemption(tenders=bare, policy="2013-01-01")
    scene.write(c.MakeRequest(redemption=asked))
    other = redemption(
        state=RedemptionState.APPROVED,
        tenders=bare,
        learner=replace(LEE, subject="s-eve"),
        approval=Approval.AUTOMATIC,
        policy="x",
        country="DE",
        partner=False,
        terms="x",
    )
    scene.write(c.SettleRequest(redemption=other, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (
        redemption(state=RedemptionState.APPROVED, tenders=bare, policy="2013-01-01"),
    )


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
        c.OpenAccount(account=account(), owners=1),
        c.Invite(member=member(ANN)),
        c.GrantLot(lot=lot("L1")),
        c.GrantLot(lot=lot("L2", 7)),
        c.MakeRequest(redemption=redemption()),
        c.IssueCode(code=code(), made=None),
        c.IssueCode(code=code("d2", "C2"), made=None),
    )
    scene.write(c.CloseLot(lot=lot("L2", 7)), c.EndCode(code=code("d2", "C2"), at=NOON))
    read = {depth: scene.book(depth) for depth in Depth}
    shown = {
        depth: (len(b.codes), len(b.lots), len(b.members), len(b.past), len(b.requests))
        for depth, b in read.items()
    }
    assert shown == {
        Depth.FUNDS: (1, 1, 0, 0, 0),
        Depth.MEMBERS: (1, 1, 1, 0, 0),
        Depth.PAST: (2, 1, 1, 1, 0),
        Depth.REQUESTS: (2, 1, 1, 1, 1),
    }
    assert {b.account for b in read.values()} == {account()}


def test_the_lots_of_a_book_are_in_spending_order(scene: Scene) -> None:
    ends = {"L3": END, "L1": END + INSTANT, "L2": END - INSTANT}
    scene.write(c.OpenAccount(account=account(), owners=1))
    for lot_id, end in ends.items():
        scene.write(c.GrantLot(lot=lot(lot_id, ends=end)))
    assert [one.lot_id for one in scene.book().lots] == ["L2", "L3", "L1"]
    assert [one.lot_id for one in scene.ledger.lots(scene.program, HERE)] == ["L1", "L2", "L3"]


def test_a_closed_lot_moves_to_the_past_and_its_rest_expires(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account(), owners=1), c.GrantLot(lot=lot()))
    scene.write(move(movement(State.AVAILABLE, State.HELD)))
    left = lot(balance=Balance(available=70, held=30))
    scene.write(c.CloseLot(lot=left))
    closed = lot(balance=Balance(held=30, expired=70), closed=True)
    assert scene.book().lots == ()
    assert scene.book().past == (closed,)
    scene.write(move(movement(State.HELD, State.EXPIRED), at=END))
    assert scene.book().past == (lot(balance=Balance(expired=100), closed=True),)
    assert scene.ledger.lots(scene.program, HERE) == scene.book().past


def test_a_lot_taken_back_moves_to_the_past_and_is_due_no_more(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account(), owners=1), c.GrantLot(lot=lot()))
    scene.write(c.VoidLot(lot=lot(), at=NOON))
    assert scene.book().lots == ()
    assert scene.book().past == (lot(balance=Balance(voided=100), closed=True),)
    assert scene.due(FAR_OFF) == []


def test_deltas_commute_and_nothing_else_of_the_lot_changes(scene: Scene) -> None:
    scene.write(c.GrantLot(lot=lot()))
    scene.write(move(movement(credits=30)))
    scene.write(move(movement(State.AVAILABLE, State.HELD, 20)))
    scene.write(move(movement(State.HELD, State.AVAILABLE, 5)))
    scene.write(move(movement(State.REDEEMED, State.AVAILABLE, 10)))
    left = lot(balance=Balance(available=65, held=15, redeemed=20))
    assert scene.ledger.lot(scene.program, HERE, "L1") == left
