"""What a ledger promises: kept by the fake, on moto, and on DynamoDB Local."""

import base64
import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.guards import GUARDS, Guard
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
from training_credits.domain.errors import Reason, Refused, Stale
from training_credits.domain.model import (
    Approval,
    Balance,
    Draw,
    EntryKind,
    RedemptionState,
    State,
)
from training_credits.ports import Depth, Page, Replayed, Standing

HOUR = timedelta(hours=1)
MARKER = c.Record(entry=entry("marker", at=FAR_OFF - HOUR))
STOPPED = [guard for guard in GUARDS if not guard.holds]


def stage(scene: Scene, guard: Guard) -> None:
    for write in guard.before:
        scene.write(write)
    for write in guard.elsewhere:
        scene.write(write, account_id=ELSEWHERE)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.says)
def test_a_write_is_kept_if_its_guard_holds_and_leaves_nothing_if_not(
    scene: Scene, guard: Guard
) -> None:
    stage(scene, guard)
    before = scene.everything()
    if guard.holds:
        scene.write(guard.write, MARKER, submission=submission())
        assert entries_of(scene)[-1] == MARKER.entry
        assert recorded(scene) == submission()
    else:
        with pytest.raises(Stale) as stale:
            scene.write(MARKER, guard.write, submission=submission())
        assert stale.value.write == guard.write
        assert scene.everything() == before


@pytest.mark.parametrize("guard", STOPPED, ids=lambda guard: guard.says)
def test_a_replay_is_told_before_any_other_guard(scene: Scene, guard: Guard) -> None:
    stage(scene, guard)
    scene.write(submission=submission())
    for digest in ("body", "another body"):
        with pytest.raises(Replayed) as replayed:
            scene.write(MARKER, guard.write, submission=submission(digest, answer="{}"))
        assert replayed.value.submission == submission()
    assert entries_of(scene) == [w.entry for w in guard.before if isinstance(w, c.Record)]


def test_every_kind_of_write_has_a_guard_that_holds_and_one_that_stops_it() -> None:
    guarded = {(type(guard.write), guard.holds) for guard in GUARDS}
    assert guarded == set(itertools.product(c.Write.__args__, (True, False)))


def test_of_several_guards_that_fail_one_is_named(scene: Scene) -> None:
    failing = (c.StillOwner(email=ANN), move(movement()), c.EditAccount(name="New"))
    with pytest.raises(Stale) as stale:
        scene.write(*failing)
    assert stale.value.write in failing


def test_a_ledger_without_its_guard_can_fail(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(c.Move, "taken", lambda _: {})
    scene.write(c.GrantLot(lot=lot()))
    scene.write(move(movement(credits=101)))
    found = scene.ledger.lot(scene.program, HERE, "L1")
    assert found is not None
    assert found.balance.available == -1


def test_a_change_is_at_most_sixty_writes(scene: Scene) -> None:
    many = [c.Record(entry=entry(f"E{n:02}")) for n in range(c.WRITES_MAX + 1)]
    with pytest.raises(ValueError, match="61"):
        scene.write(*many)
    assert entries_of(scene) == []
    scene.write(*many[:-1])
    assert len(entries_of(scene)) == c.WRITES_MAX


# Submissions


def test_a_repeatable_submission_is_carried_out_again_under_the_same_body(scene: Scene) -> None:
    scene.write(c.Record(entry=entry("E1")), submission=submission(repeatable=True))
    scene.write(c.Record(entry=entry("E2")), submission=submission(repeatable=True))
    assert [e.entry_id for e in entries_of(scene)] == ["E1", "E2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (submission(repeatable=True), submission("another body", repeatable=True)),
        (submission(repeatable=True), submission()),
        (submission(), submission("another body", repeatable=True)),
    ],
    ids=["another body", "a plain one after it", "another body after a plain one"],
)
def test_it_is_not_repeatable_otherwise(scene: Scene, first: Any, second: Any) -> None:
    scene.write(submission=first)
    with pytest.raises(Replayed) as replayed:
        scene.write(c.Record(entry=entry()), submission=second)
    assert replayed.value.submission == first
    assert entries_of(scene) == []


@pytest.mark.parametrize(
    "other",
    [{"subject": "s-bob"}, {"operation": "purchase"}, {"key": "key-0002"}],
    ids=["caller", "operation", "key"],
)
def test_a_submission_is_known_by_caller_operation_and_key(
    scene: Scene, other: dict[str, str]
) -> None:
    scene.write(submission=submission())
    scene.write(submission=submission("another body", **other))
    assert recorded(scene) == submission()


def test_an_empty_answer_is_kept(scene: Scene) -> None:
    scene.write(submission=submission(answer=""))
    assert recorded(scene) == submission(answer="")


# What was written is read again, each field of it


def test_an_account_is_read_as_it_was_opened(scene: Scene) -> None:
    opened = account()
    scene.write(c.OpenAccount(account=opened))
    assert book(scene).account == opened


def test_an_edit_leaves_what_it_does_not_name(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()))
    scene.write(c.EditAccount(name="New"))
    assert book(scene).account == account(name="New")
    scene.write(c.EditAccount(approval=Approval.AUTOMATIC))
    assert book(scene).account == account(name="New", approval=Approval.AUTOMATIC)


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
    assert book(scene).account.code_hint == "7F3K"


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
    assert entries_of(scene) == [whole]


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
    read = {depth: book(scene, depth) for depth in Depth}
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
    assert [one.lot_id for one in book(scene).lots] == ["L2", "L3", "L1"]
    assert [one.lot_id for one in scene.ledger.lots(scene.program, HERE)] == ["L1", "L2", "L3"]


def test_a_closed_lot_moves_to_the_past_and_its_rest_expires(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()), c.GrantLot(lot=lot()))
    scene.write(move(movement(State.AVAILABLE, State.HELD)))
    left = lot(balance=Balance(available=70, held=30))
    scene.write(c.CloseLot(lot=left))
    closed = lot(balance=Balance(held=30, expired=70), closed=True)
    assert book(scene).lots == ()
    assert book(scene).past == (closed,)
    scene.write(move(movement(State.HELD, State.EXPIRED), at=END))
    assert book(scene).past == (lot(balance=Balance(expired=100), closed=True),)
    assert scene.ledger.lots(scene.program, HERE) == book(scene).past


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
    assert book(scene).owners == (owner(ANN), owner(BOB))
    scene.write(c.RemoveOwner(email=ANN))
    assert book(scene).owners == (owner(BOB),)
    assert not scene.ledger.owns(scene.program, HERE, ANN)
    scene.write(c.AddOwner(owner=owner(ANN, NOON + HOUR)))
    assert book(scene).owners == (owner(ANN, NOON + HOUR), owner(BOB))
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


# Lists and their pages


def walk(read: Callable[[str | None], Page[Any]], limit: int) -> list[Any]:
    """All pages; none is longer than `limit`, and only the last may be empty."""
    found: list[Any] = []
    cursor = None
    for _ in range(20):
        page = read(cursor)
        assert len(page.items) <= limit
        assert page.items or page.cursor is None
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_entries_of_a_period_come_oldest_first_page_by_page(scene: Scene, limit: int) -> None:
    at = [NOON, NOON, NOON + INSTANT, NOON + HOUR - INSTANT, NOON + HOUR]
    written = [entry(f"E{n}", at=when) for n, when in enumerate(at)]
    for one in reversed(written):
        scene.write(c.Record(entry=one))
    scene.write(c.Record(entry=entry("E0", at=NOON - INSTANT)))

    def read(cursor: str | None) -> Page[Any]:
        period = (NOON, NOON + HOUR)
        return scene.ledger.entries(scene.program, HERE, *period, cursor, limit)

    assert walk(read, limit) == written[:4]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("state", RedemptionState)
def test_requests_in_a_state_come_oldest_first_page_by_page(
    scene: Scene, state: RedemptionState, limit: int
) -> None:
    wanted = [redemption(f"R{n}", state, at=NOON + n * INSTANT) for n in range(5)]
    others = [redemption(f"R{other}", other) for other in RedemptionState if other is not state]
    for one in (*reversed(wanted), *others):
        scene.write(c.MakeRequest(redemption=one))

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.requests(scene.program, HERE, state, cursor, limit)

    assert walk(read, limit) == wanted


def test_a_settled_request_leaves_the_pending_ones(scene: Scene) -> None:
    scene.write(c.OpenAccount(account=account()))
    for n in range(3):
        scene.write(c.MakeRequest(redemption=redemption(f"R{n}", at=NOON + n * HOUR)))
    for n, hour in ((0, 9), (1, 5)):
        after = redemption(f"R{n}", RedemptionState.CANCELLED, at=NOON + hour * HOUR)
        scene.write(c.SettleRequest(redemption=after, was=RedemptionState.PENDING))

    def listed(state: RedemptionState) -> list[str]:
        page = scene.ledger.requests(scene.program, HERE, state, None, 100)
        return [one.redemption_id for one in page.items]

    assert listed(RedemptionState.PENDING) == ["R2"]
    assert listed(RedemptionState.CANCELLED) == ["R1", "R0"]
    assert [one.redemption_id for one in book(scene).requests] == ["R2"]


def made_up(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


GARBLED = {
    "empty": "",
    "not base64": "!!!",
    "not ASCII": "ü",
    "not padded": "eyJzayI6",
    "not JSON": base64.urlsafe_b64encode(b"{").decode(),
    "not UTF-8": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "not an object": made_up(["ENTRY#"]),
    "a number": made_up(7),
    "nothing in it": made_up({}),
    "a number for a key": made_up({"sk": 5}),
    "an object for a key": made_up({"sk": {"S": "ENTRY#"}}),
    "another partition": made_up({"pk": "other#ACCOUNT#X", "sk": "ENTRY#2026"}),
    "another item": made_up({"sk": "LOT#L1"}),
    "before the period": made_up({"sk": "ENTRY#1999-01-01T00:00:00.000000Z#E1"}),
    "after the period": made_up({"sk": "ENTRY#2199-01-01T00:00:00.000000Z#E1"}),
    "too long for a key": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#" + "x" * 2000}),
    "half a character": made_up({"sk": "ENTRY#2026-03-01T12:00:00.000000Z#\ud800"}),
}


@pytest.mark.parametrize("cursor", GARBLED.values(), ids=GARBLED.keys())
def test_a_garbled_cursor_is_refused(scene: Scene, cursor: str) -> None:
    scene.write(c.Record(entry=entry("E1")), c.Record(entry=entry("E2")))
    with pytest.raises(Refused) as refused:
        scene.ledger.entries(scene.program, HERE, NOON, NOON + HOUR, cursor, 1)
    assert refused.value.reason is Reason.INVALID_CURSOR
    with pytest.raises(Refused) as refused:
        scene.ledger.requests(scene.program, HERE, RedemptionState.PENDING, cursor, 1)
    assert refused.value.reason is Reason.INVALID_CURSOR


def test_the_cursor_of_one_list_does_not_open_another(scene: Scene) -> None:
    for n in range(2):
        scene.write(
            c.Record(entry=entry(f"E{n}")),
            c.MakeRequest(redemption=redemption(f"R{n}")),
            c.MakeRequest(redemption=redemption(f"S{n}", RedemptionState.DENIED)),
        )

    def entries(cursor: str | None) -> Page[Any]:
        return scene.ledger.entries(scene.program, HERE, NOON, NOON + HOUR, cursor, 1)

    def pending(cursor: str | None) -> Page[Any]:
        state = RedemptionState.PENDING
        return scene.ledger.requests(scene.program, HERE, state, cursor, 1)

    def denied(cursor: str | None) -> Page[Any]:
        state = RedemptionState.DENIED
        return scene.ledger.requests(scene.program, HERE, state, cursor, 1)

    for of, at in itertools.permutations((entries, pending, denied), 2):
        with pytest.raises(Refused) as refused:
            at(of(None).cursor)
        assert refused.value.reason is Reason.INVALID_CURSOR


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


def book(scene: Scene, depth: Depth = Depth.REQUESTS) -> Any:
    found = scene.ledger.book(scene.program, HERE, depth)
    assert found is not None
    return found


def entries_of(scene: Scene) -> list[Any]:
    period = (LONG_AGO, FAR_OFF)
    return list(scene.ledger.entries(scene.program, HERE, *period, None, 100).items)


def recorded(scene: Scene) -> Any:
    return scene.ledger.submission(scene.program, "s-ann", "openAccount", "key-0001")
