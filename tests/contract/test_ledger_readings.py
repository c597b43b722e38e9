"""What was written of credits is read again: each field, in each book, by nobody else."""

from tests.contract.nouns import (
    ANN,
    BOB,
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
from tests.contract.scene import FAR_OFF, LONG_AGO, Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    Balance,
    Draw,
    EntryKind,
    RedemptionState,
    State,
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
    asked = redemption(lot_id="L1", draws=(Draw(lot_id="L1", credits=30),))
    scene.write(c.MakeRequest(redemption=asked))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1", "R2"]) == (asked,)
    denied = redemption(
        state=RedemptionState.DENIED,
        at=NOON + HOUR,
        lot_id="L1",
        note="Not now",
        decision="D1",
    )
    scene.write(c.SettleRequest(redemption=denied, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (denied,)
    assert scene.ledger.redemptions(scene.program, ELSEWHERE, ["R1"]) == ()


def test_a_decision_changes_nothing_of_what_was_asked(scene: Scene) -> None:
    asked = redemption(code_id=None, limited=False, policy="2013-01-01")
    scene.write(c.MakeRequest(redemption=asked))
    other = redemption(
        state=RedemptionState.APPROVED,
        title="Another",
        credits=7,
        code_id="C9",
        policy="x",
        country="DE",
        partner=False,
        terms="x",
    )
    scene.write(c.SettleRequest(redemption=other, was=RedemptionState.PENDING))
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (
        redemption(
            state=RedemptionState.APPROVED, code_id=None, limited=False, policy="2013-01-01"
        ),
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


# The worklist, the outbox and the tries


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


def test_a_message_is_claimed_once_in_each_program_until_it_is_released(scene: Scene) -> None:
    ledger, program = scene.ledger, scene.program
    assert ledger.claim(program, f"m1#{ANN}")
    assert not ledger.claim(program, f"m1#{ANN}")
    assert ledger.claim(program, f"m1#{BOB}")
    assert ledger.claim(f"{program}-other", f"m1#{ANN}")
    ledger.release(program, f"m1#{ANN}")
    assert ledger.claim(program, f"m1#{ANN}")
    assert not ledger.claim(program, f"m1#{ANN}")
    assert not ledger.claim(program, f"m1#{BOB}")


def test_wrong_tries_are_counted_for_each_caller_by_days(scene: Scene) -> None:
    ledger, program = scene.ledger, scene.program
    days = [NOON.date().replace(day=n) for n in (1, 2, 30)]
    for day in (days[0], days[0], days[1], days[2]):
        ledger.count_try(program, "s-eve", day)
    ledger.count_try(program, "s-lee", days[0])
    assert ledger.tries(program, "s-eve", days[0], days[2]) == 4
    assert ledger.tries(program, "s-eve", days[0], days[1]) == 3
    assert ledger.tries(program, "s-eve", days[1], days[1]) == 1
    assert ledger.tries(program, "s-lee", days[0], days[2]) == 1
    assert ledger.tries(program, "s-kim", days[0], days[2]) == 0
    assert ledger.tries(f"{program}-other", "s-eve", days[0], days[2]) == 0
