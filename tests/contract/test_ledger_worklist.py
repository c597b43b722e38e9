"""The worklist: lots that have ended, requests about which something is to be done; the outbox."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.contract.guards_spending import line_now
from tests.contract.nouns import (
    ANN,
    BOB,
    ELSEWHERE,
    END,
    HERE,
    HOUR,
    INSTANT,
    NOON,
    lot,
    redemption,
)
from tests.contract.nouns_spending import LAPSED, PENDING, REFERRED, RESERVED, waiting
from tests.contract.scene import FAR_OFF, LONG_AGO, Scene
from training_credits.domain import change as c
from training_credits.domain.errors import Refused
from training_credits.domain.model import Redemption, RedemptionState, Told
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import SHARDS, DueLot, DueRequest

REMIND_AT = NOON + 3 * HOUR
LAPSES_AT = NOON + 9 * HOUR
L1 = DueLot(account_id=HERE, lot_id="L1")
R1 = DueRequest(account_id=HERE, redemption_id="R1")


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
        page = scene.ledger.due(scene.program, FAR_OFF, n, None, 100).items
        assert list(page) == sorted(page, key=lambda due: due.lot_id)
        assert scene.ledger.due(scene.program, FAR_OFF, n, None, 1).items == page[:1]


def test_a_lot_is_due_at_its_notice_and_then_at_its_end(scene: Scene) -> None:
    soon = lot(notice_at=END - HOUR)
    scene.write(c.GrantLot(lot=soon))
    assert scene.ledger.lot(scene.program, HERE, "L1") == soon
    assert scene.due(END - HOUR - INSTANT) == []
    assert scene.due(END - HOUR) == [L1]
    told = replace(soon, notice_at=None, told=Told(days=1, until=END.date()))
    scene.write(c.TellLot(lot=told, was=soon))
    assert scene.ledger.lot(scene.program, HERE, "L1") == told
    assert scene.due(END - INSTANT) == []
    assert scene.due(END) == [L1]


def test_a_closed_lot_stays_for_its_last_call_and_leaves_after_it(scene: Scene) -> None:
    scene.write(c.GrantLot(lot=lot()))
    scene.write(c.CloseLot(lot=lot(), call_at=END + HOUR))
    closed = scene.ledger.lot(scene.program, HERE, "L1")
    assert closed is not None
    assert (closed.closed, closed.notice_at) == (True, END + HOUR)
    assert scene.due(END + HOUR - INSTANT) == []
    assert scene.due(END + HOUR) == [L1]
    scene.write(c.TellLot(lot=replace(closed, notice_at=None, told=Told(days=-46)), was=closed))
    assert scene.due(FAR_OFF) == []
    assert scene.ledger.lot(scene.program, HERE, "L1") == replace(
        closed, notice_at=None, told=Told(days=-46)
    )


def test_what_is_due_is_read_page_by_page_while_it_is_settled(scene: Scene) -> None:
    for n in range(9):
        scene.write(c.GrantLot(lot=lot(f"L{n}", ends=END + n * INSTANT)))
    seen: list[str] = []
    for shard in range(SHARDS):
        cursor: str | None = None
        while True:
            page = scene.ledger.due(scene.program, FAR_OFF, shard, cursor, 2)
            for due in page.items:
                seen.append(due.lot_id)
                scene.write(c.CloseLot(lot=lot(due.lot_id)))
            cursor = page.cursor
            if cursor is None:
                break
    assert sorted(seen) == [f"L{n}" for n in range(9)]
    assert scene.due(FAR_OFF) == []


def test_a_cursor_of_another_list_is_refused(scene: Scene) -> None:
    for n in range(20):
        scene.write(c.GrantLot(lot=lot(f"L{n}")))
        scene.write(c.MakeRequest(redemption=waiting(redemption_id=f"R{n}")))
    due, due_requests = scene.ledger.due, scene.ledger.due_requests
    cursors = [due_requests(scene.program, FAR_OFF, n, None, 1).cursor for n in range(4)]
    cursor = next(one for one in cursors if one)
    with pytest.raises(Refused):
        due(scene.program, FAR_OFF, 0, cursor, 1)


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


# Requests that wait


def due_from(scene: Scene) -> datetime | None:
    """The first instant at which the only request is due."""
    edges = (REMIND_AT, LAPSES_AT, LAPSES_AT + HOUR)
    for at in edges:
        assert scene.due_requests(at - INSTANT) == []
        if scene.due_requests(at) == [R1]:
            return at
    assert scene.due_requests(FAR_OFF) == []
    return None


@pytest.mark.parametrize("state", [PENDING, REFERRED])
def test_a_request_that_waits_is_due_when_somebody_is_to_be_reminded(
    scene: Scene, state: RedemptionState
) -> None:
    scene.write(c.MakeRequest(redemption=waiting(state)))
    assert due_from(scene) == REMIND_AT
    assert scene.due_requests(LONG_AGO) == []


def test_after_a_reminder_it_is_due_when_its_time_is_over(scene: Scene) -> None:
    scene.write(c.MakeRequest(redemption=waiting()))
    scene.write(c.Remind(redemption=waiting(remind_at=None), was=waiting()))
    assert due_from(scene) == LAPSES_AT
    assert scene.ledger.redemptions(scene.program, HERE, ["R1"]) == (waiting(remind_at=None),)


def test_one_that_never_lapses_is_due_no_more_after_its_reminder(scene: Scene) -> None:
    asked = waiting(lapses_at=None)
    scene.write(c.MakeRequest(redemption=asked))
    assert due_from(scene) == REMIND_AT
    scene.write(c.Remind(redemption=waiting(lapses_at=None, remind_at=None), was=asked))
    assert due_from(scene) is None


def test_one_without_times_is_never_due(scene: Scene) -> None:
    scene.write(c.MakeRequest(redemption=waiting(lapses_at=None, remind_at=None)))
    assert due_from(scene) is None


def test_what_the_advisor_lets_go_stays_due_and_waits_for_an_owner(scene: Scene) -> None:
    scene.write(c.MakeRequest(redemption=waiting(REFERRED)))
    scene.write(c.SettleRequest(redemption=waiting(), was=REFERRED))
    assert due_from(scene) == REMIND_AT


@pytest.mark.parametrize("asked", [waiting(), waiting(remind_at=None, lapses_at=None)])
def test_what_is_set_aside_is_due_when_it_lapses_and_leaves_when_it_is_confirmed(
    scene: Scene, asked: Redemption
) -> None:
    scene.write(c.MakeRequest(redemption=asked))
    kept = redemption(state=RESERVED, lapses_at=LAPSES_AT + HOUR)
    scene.write(c.SettleRequest(redemption=kept, was=PENDING))
    assert due_from(scene) == LAPSES_AT + HOUR
    done = redemption(state=RedemptionState.APPROVED)
    scene.write(c.SettleRequest(redemption=done, was=RESERVED))
    assert due_from(scene) is None


@pytest.mark.parametrize(
    "state",
    [RedemptionState.APPROVED, RedemptionState.DENIED, RedemptionState.CANCELLED, LAPSED],
)
def test_what_was_decided_is_due_no_more_whatever_times_it_keeps(
    scene: Scene, state: RedemptionState
) -> None:
    scene.write(c.MakeRequest(redemption=waiting()))
    over = redemption(state=state, remind_at=REMIND_AT, lapses_at=LAPSES_AT)
    scene.write(c.SettleRequest(redemption=over, was=PENDING))
    assert due_from(scene) is None


def test_what_is_approved_is_due_when_somebody_may_have_forgotten_it(scene: Scene) -> None:
    scene.write(c.MakeRequest(redemption=waiting()))
    idle = redemption(state=RedemptionState.APPROVED, nudge_at=LAPSES_AT)
    scene.write(c.SettleRequest(redemption=idle, was=PENDING))
    assert due_from(scene) == LAPSES_AT
    nudged = replace(idle, nudge_at=None, nudged_at=LAPSES_AT)
    scene.write(c.Nudge(redemption=nudged, was=idle))
    assert due_from(scene) is None
    (kept,) = scene.ledger.redemptions(scene.program, HERE, ["R1"])
    assert (kept.nudge_at, kept.nudged_at) == (None, LAPSES_AT)


def test_a_line_edited_by_whoever_read_before_a_nudge_puts_nothing_back(scene: Scene) -> None:
    idle = redemption(state=RedemptionState.APPROVED, nudge_at=REMIND_AT)
    scene.write(c.MakeRequest(redemption=idle))
    scene.write(c.Nudge(redemption=replace(idle, nudge_at=None), was=idle))
    scene.write(c.EditLines(redemption=line_now(idle, reference="P-1"), was=idle))
    assert due_from(scene) is None


def test_requests_are_due_in_all_accounts_of_a_program_and_in_no_other(scene: Scene) -> None:
    scene.write(c.MakeRequest(redemption=waiting()))
    away = waiting(redemption_id="R2", account_id=ELSEWHERE)
    scene.write(c.MakeRequest(redemption=away), account_id=ELSEWHERE)
    found = sorted(scene.due_requests(FAR_OFF), key=lambda due: due.redemption_id)
    assert found == [R1, DueRequest(account_id=ELSEWHERE, redemption_id="R2")]
    assert Scene(scene.ledger, program=f"{scene.program}-other").due_requests(FAR_OFF) == []
    assert scene.due(FAR_OFF) == []


def test_requests_come_in_the_order_they_are_due_shard_by_shard(scene: Scene) -> None:
    many = [f"R{n:02}" for n in range(20)]
    for n, one in enumerate(many):
        asked = waiting(redemption_id=one, remind_at=None, lapses_at=NOON + (n * 7 % 20) * HOUR)
        scene.write(c.MakeRequest(redemption=asked))
    due = scene.ledger.due_requests
    shards = [due(scene.program, FAR_OFF, n, None, 100).items for n in range(SHARDS)]
    for n, found in enumerate(shards):
        at = [many.index(one.redemption_id) * 7 % 20 for one in found]
        assert at == sorted(at)
        assert due(scene.program, FAR_OFF, n, None, 2).items == found[:2]
        early = [one for one, hour in zip(found, at, strict=True) if hour <= 9]
        assert due(scene.program, NOON + 9 * HOUR, n, None, 100).items == tuple(early)
    assert sorted(one.redemption_id for shard in shards for one in shard) == many
    assert sum(map(bool, shards)) == (4 if isinstance(scene.ledger, DynamoLedger) else 1)
