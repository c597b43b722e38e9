"""Cases come back as they were written, in order; what waits for the vendor, by when it is due."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.contract.nouns import ELSEWHERE, HERE, INSTANT, NOON
from tests.contract.nouns_cases import case, disputed
from tests.contract.scene import Scene
from tests.contract.test_ledger_lists import walk
from training_credits.domain import change as c
from training_credits.domain.model import Case, CaseState
from training_credits.ports import Page

SUBMITTED, REVIEW, APPROVED = CaseState.SUBMITTED, CaseState.IN_REVIEW, CaseState.APPROVED


def found(scene: Scene, case_id: str = "K1") -> Case | None:
    return scene.ledger.case(scene.program, HERE, case_id)


@pytest.mark.parametrize(
    "opened", [case(), disputed("K1"), case("K1", CaseState.DRAFT, due_on=None)]
)
def test_a_case_is_read_as_it_was_opened(scene: Scene, opened: Case) -> None:
    assert found(scene) is None
    scene.write(c.OpenCase(case=opened))
    assert found(scene) == opened
    assert scene.ledger.case(scene.program, ELSEWHERE, "K1") is None


def test_whatever_a_draft_and_a_step_may_change_is_changed(scene: Scene) -> None:
    drafted = case("K1", CaseState.DRAFT, due_on=None)
    scene.write(c.OpenCase(case=drafted))
    again = replace(drafted, reason="Another", days=None, plan=drafted.plan[:1], credits=20)
    scene.write(c.MoveCase(case=again, was=drafted))
    assert found(scene) == again
    granted = replace(
        case("K1", CaseState.DRAFT, SUBMITTED, REVIEW, APPROVED, due_on=None),
        reason="Another",
        days=None,
        plan=again.plan,
        credits=20,
        granted_days=181,
        new_lot_id="L2",
        ends_on=date(2027, 9, 1),
    )
    scene.write(c.MoveCase(case=granted, was=again))
    assert found(scene) == granted


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_cases_of_an_account_come_oldest_first_page_by_page(scene: Scene, limit: int) -> None:
    opened = [case(f"K{n}", at=NOON + n // 2 * INSTANT) for n in range(4)]
    opened.append(disputed("K4", at=NOON + 9 * INSTANT))
    for one in reversed(opened):
        scene.write(c.OpenCase(case=one))
    scene.write(c.OpenCase(case=case("K9")), account_id=ELSEWHERE)

    def read(cursor: str | None) -> Page[Any]:
        return scene.ledger.cases(scene.program, HERE, cursor, limit)

    assert walk(read, limit) == opened


def due(case_id: str, day: int, account_id: str = HERE) -> Case:
    return case(case_id, due_on=date(2027, 3, day), account_id=account_id)


def waiting(scene: Scene, limit: int) -> Callable[[str | None], Page[Any]]:
    return lambda cursor: scene.ledger.open_cases(scene.program, cursor, limit)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_cases_that_wait_come_from_all_accounts_the_one_due_first_before_all(
    scene: Scene, limit: int
) -> None:
    open_ = [due("K4", 1), due("K3", 1, ELSEWHERE), due("K1", 2), due("K2", 3)]
    for one in reversed(open_):
        scene.write(c.OpenCase(case=one), account_id=one.account_id)
    scene.write(c.OpenCase(case=case("K5", CaseState.DRAFT, due_on=None)))
    assert walk(waiting(scene, limit), limit) == open_
    taken_on = replace(open_[2], trail=case("K1", SUBMITTED, REVIEW).trail)
    scene.write(c.MoveCase(case=taken_on, was=open_[2]))
    gone = replace(open_[0], trail=case("K4", SUBMITTED, CaseState.WITHDRAWN).trail, due_on=None)
    scene.write(c.MoveCase(case=gone, was=open_[0]))
    assert walk(waiting(scene, limit), limit) == [open_[1], taken_on, open_[3]]


def test_a_draft_that_is_asked_for_begins_to_wait(scene: Scene) -> None:
    drafted = case("K1", CaseState.DRAFT, due_on=None)
    scene.write(c.OpenCase(case=drafted))
    sent = case("K1", CaseState.DRAFT, SUBMITTED)
    scene.write(c.MoveCase(case=sent, was=drafted))
    assert waiting(scene, 100)(None).items == (sent,)


def test_a_case_that_has_ended_but_is_still_on_the_worklist_is_left_out(scene: Scene) -> None:
    scene.write(c.OpenCase(case=case("K1", SUBMITTED, CaseState.WITHDRAWN)))
    scene.write(c.OpenCase(case=disputed()))
    assert waiting(scene, 100)(None).items == (disputed(),)
