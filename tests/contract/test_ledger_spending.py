"""What was written of spending is read again: requests in all states, vouchers, budgets."""

from dataclasses import replace
from typing import Any

import pytest

from tests.contract.guards_people import ANN_IN, OPENED
from tests.contract.guards_spending import DELIVERED, PAID, PUT_PAID, cleared, line_now
from tests.contract.listed import LISTED
from tests.contract.nouns import ANN, ELSEWHERE, HERE, HOUR, LEE, NOON, account, member, redemption
from tests.contract.nouns_spending import (
    LAPSED,
    MAX,
    PENDING,
    REFERRED,
    RESERVED,
    ZOE,
    assigned,
    budget,
    voucher,
    waiting,
)
from tests.contract.scene import Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    LineState,
    Redemption,
    RedemptionState,
    Voucher,
    VoucherState,
)
from training_credits.ports import Depth


def read(scene: Scene, redemption_id: str = "R1") -> Redemption:
    (found,) = scene.ledger.redemptions(scene.program, HERE, [redemption_id])
    return found


def listed(scene: Scene) -> dict[RedemptionState, list[str]]:
    """Ids by state, without states of which there are none."""
    pages = {s: scene.ledger.requests(scene.program, HERE, s, None, 10) for s in RedemptionState}
    return {s: [one.redemption_id for one in p.items] for s, p in pages.items() if p.items}


# Requests


EVERY_FIELD: dict[str, Any] = {
    "decision": "D2",
    "note": "Not now ü",
    "cleared_by": "kim@vendor.example",
    "clearance": "D1",
    "approved_by": ANN,
    "exported_at": NOON + HOUR,
}


@pytest.mark.parametrize("state", RedemptionState)
@pytest.mark.parametrize("facts", [EVERY_FIELD, {}], ids=["all it can be", "no more than asked"])
def test_a_request_in_any_state_comes_back_with_every_field(
    scene: Scene, state: RedemptionState, facts: dict[str, Any]
) -> None:
    whole = waiting(state, **facts)
    scene.write(c.MakeRequest(redemption=whole))
    assert read(scene) == whole
    assert listed(scene) == {state: ["R1"]}


def test_a_request_of_several_lines_keeps_what_became_of_each(scene: Scene) -> None:
    back = replace(LISTED, state=LineState.RETURNED, returned=20, moves=2)
    back = replace(back, work="SOW-1 ü", reference="FL-7 ü")
    whole = replace(PAID, lines=(back, LISTED))
    scene.write(c.MakeRequest(redemption=whole))
    assert read(scene) == whole


def test_what_the_advisor_lets_go_waits_for_an_owner_since_it_was_asked_for(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.MakeRequest(redemption=waiting(REFERRED)))
    scene.write(c.MakeRequest(redemption=waiting(redemption_id="R2", requested_at=NOON + HOUR)))
    assert [one.redemption_id for one in scene.book().requests] == ["R2"]
    assert listed(scene) == {REFERRED: ["R1"], PENDING: ["R2"]}
    scene.write(cleared())
    assert read(scene) == waiting(cleared_by="kim@vendor.example")
    assert [one.redemption_id for one in scene.book().requests] == ["R1", "R2"]
    assert listed(scene) == {PENDING: ["R1", "R2"]}


STEPS = (
    waiting(clearance="D1", cleared_by="kim@vendor.example", decision="D1"),
    redemption(
        state=RESERVED,
        at=NOON + HOUR,
        approved_by=ANN,
        decision="D2",
        lapses_at=NOON + 2 * HOUR,
    ),
    redemption(state=LAPSED, at=NOON + 2 * HOUR, decided_by="system", note="Too late"),
)


def test_every_step_writes_what_it_changes_and_takes_away_what_is_over(scene: Scene) -> None:
    """What a step does not say is gone, but for what was asked."""
    asked = waiting(REFERRED)
    scene.write(c.MakeRequest(redemption=asked))
    was = asked
    for after in STEPS:
        scene.write(c.SettleRequest(redemption=after, was=was.state))
        kept = ("language", "reserve", "budgets", "country", "partner", "terms", "lines")
        expected = replace(after, **{name: getattr(asked, name) for name in kept})
        assert read(scene) == expected
        assert listed(scene) == {after.state: ["R1"]}
        was = expected


def test_a_reminder_changes_nothing_else(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.MakeRequest(redemption=waiting()))
    other = waiting(remind_at=None, note="x", language="de", lapses_at=None, lines=(LISTED,))
    scene.write(c.Remind(redemption=other, was=waiting()))
    assert read(scene) == waiting(remind_at=None)
    assert scene.book().requests == (waiting(remind_at=None),)


def test_what_became_of_a_line_changes_nothing_else(scene: Scene) -> None:
    scene.write(PUT_PAID)
    other = replace(DELIVERED.redemption, note="x", decided_by="x", exported_at=NOON)
    scene.write(replace(DELIVERED, redemption=other))
    assert read(scene) == line_now(state=LineState.DELIVERED)
    assert listed(scene) == {RedemptionState.APPROVED: ["R1"]}


# Vouchers


def vouchers(scene: Scene, redemption_id: str = "R1") -> tuple[Voucher, ...]:
    return scene.ledger.vouchers(scene.program, HERE, redemption_id)


@pytest.mark.parametrize(
    "value",
    [voucher(state=VoucherState.USED, holder=ZOE), voucher(partner=None)],
    ids=["all it can be", "no more than it must"],
)
def test_a_voucher_comes_back_with_every_field(scene: Scene, value: Voucher) -> None:
    scene.write(c.IssueVoucher(voucher=value))
    assert vouchers(scene) == (value,)


def test_vouchers_come_in_the_order_of_their_lines_and_none_of_another_request(
    scene: Scene,
) -> None:
    there = [(1, "V9"), (2, "V1"), (2, "V2"), (9, "V0"), (10, "V0"), (100, "V0")]
    mine = [voucher(voucher_id, line=line) for line, voucher_id in there]
    others = [voucher(redemption_id=other) for other in ("R", "R1-2", "R10", "R2")]
    for one in (*reversed(mine), *others):
        scene.write(c.IssueVoucher(voucher=one))
    scene.write(c.IssueVoucher(voucher=voucher("V8")), account_id=ELSEWHERE)
    assert vouchers(scene) == tuple(mine)
    assert vouchers(scene, "R3") == ()


def test_of_a_voucher_that_moves_only_state_and_holder_change(scene: Scene) -> None:
    scene.write(c.IssueVoucher(voucher=voucher()), c.IssueVoucher(voucher=voucher("V2")))
    other = replace(assigned(), title="x", hint="x", partner="x")
    scene.write(c.MoveVoucher(voucher=other, was=voucher()))
    assert vouchers(scene) == (assigned(), voucher("V2"))
    scene.write(c.MoveVoucher(voucher=assigned(MAX), was=assigned()))
    scene.write(c.MoveVoucher(voucher=voucher(state=VoucherState.VOID), was=assigned(MAX)))
    assert vouchers(scene) == (voucher(state=VoucherState.VOID), voucher("V2"))


def test_vouchers_that_went_out_change_nothing_else_of_their_request(scene: Scene) -> None:
    scene.write(PUT_PAID)
    scene.write(c.ExportVouchers(was=PAID, at=NOON + HOUR))
    assert read(scene) == replace(PAID, exported_at=NOON + HOUR)
    assert listed(scene) == {RedemptionState.APPROVED: ["R1"]}


# Budgets, and what an account counts


def test_budgets_are_read_with_what_can_pay_and_come_by_their_ids(scene: Scene) -> None:
    scene.write(OPENED, ANN_IN)
    bare = budget("B1", learners=(), left=0, limit=0)
    scene.write(*(c.SetBudget(budget=one, was=None) for one in (budget("B2"), bare)))
    scene.write(c.SetBudget(budget=budget("B3"), was=None), account_id=ELSEWHERE)
    for depth in Depth:
        assert scene.book(depth).budgets == (bare, budget("B2"))


def test_what_is_left_moves_with_what_is_asked_for_and_with_the_limit(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.SetBudget(budget=budget(), was=None), c.SetBudget(budget=budget("B2"), was=None))
    steps: list[tuple[c.Write, int, int]] = [
        (c.UseBudget(budget_id="B1", credits=60), 100, 40),
        (c.SetBudget(budget=budget(limit=150, left=7), was=budget(left=9)), 150, 90),
        (c.UseBudget(budget_id="B1", credits=-20), 150, 110),
        (c.SetBudget(budget=budget(limit=40), was=budget(limit=150)), 40, 0),
    ]
    for write, limit, left in steps:
        scene.write(write)
        assert scene.book().budgets == (budget(limit=limit, left=left), budget("B2"))
    named = budget(name="Others", learners=(), limit=40, left=0)
    scene.write(c.SetBudget(budget=named, was=budget(limit=40)))
    assert scene.book().budgets[0] == named


def test_the_sum_of_the_limits_and_the_void_lots_are_counted_apart(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.CountBudgets(expected=0, change=100, voided=0))
    scene.write(c.CountVoided(expected=100, voided=0))
    scene.write(c.CountBudgets(expected=100, change=-30, voided=1))
    assert scene.book().account == account(budgeted=70, voided=1)
    scene.write(c.EditAccount(automatic_below=50))
    scene.write(c.EditAccount(name="New"))
    assert scene.book().account == account(budgeted=70, voided=1, automatic_below=50, name="New")
    scene.write(c.EditAccount(automatic_below=0))
    assert scene.book().account == account(budgeted=70, voided=1, name="New")


def test_a_deputy_is_one_to_a_day_and_not_after_coming_again(scene: Scene) -> None:
    until = NOON.date()
    scene.write(OPENED, ANN_IN)
    scene.write(c.NameDeputy(email=ANN, until=until))
    deputy = replace(member(), decides_until=until)
    assert scene.standing(ANN).member == deputy
    assert scene.book().members == (deputy,)
    scene.write(c.NameDeputy(email=ANN, until=None))
    assert scene.book().members == (member(),)
    scene.write(c.NameDeputy(email=ANN, until=until))
    role, was = member().role, member().state
    scene.write(c.RemoveMember(email=ANN, role=role, was=was, at=NOON))
    scene.write(c.Invite(member=deputy))
    assert scene.book().members == (member(),)


def test_no_learner_is_capped_by_what_another_budget_counts(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.SetBudget(budget=budget(), was=None))
    assert [scene.book().budgets[0].caps(who) for who in (LEE.email, ANN)] == [True, False]
