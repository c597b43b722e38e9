"""What a ledger promises: kept by the fake, on moto, and on DynamoDB Local."""

import itertools
from typing import Any

import pytest
from pynamodb.exceptions import TransactWriteError

from tests.contract.guards import Guard
from tests.contract.guards_budgets import BUDGETS
from tests.contract.guards_cases import CASES
from tests.contract.guards_catalogue import CATALOGUE
from tests.contract.guards_codes import CODES, FIRST, ROTATED, rotated
from tests.contract.guards_credits import CREDITS
from tests.contract.guards_filing import FILING
from tests.contract.guards_people import OPENED, PEOPLE
from tests.contract.guards_spending import SPENDING
from tests.contract.guards_telling import TELLING
from tests.contract.guards_webhooks import WEBHOOKS
from tests.contract.nouns import (
    ANN,
    ELSEWHERE,
    HERE,
    HOUR,
    NOON,
    code,
    entry,
    lot,
    member,
    move,
    movement,
    submission,
)
from tests.contract.scene import FAR_OFF, Scene
from training_credits.domain import change as c
from training_credits.domain.errors import Stale
from training_credits.domain.model import MemberState, Role
from training_credits.ports import Replayed

GUARDS = (
    *PEOPLE,
    *CODES,
    *CREDITS,
    *SPENDING,
    *BUDGETS,
    *CATALOGUE,
    *FILING,
    *TELLING,
    *WEBHOOKS,
    *CASES,
)
UNGUARDED = {
    *(c.BeginFiling, c.AcceptTerms, c.SetPreferences, c.SetPlan, c.PutOffering, c.PutSession),
    c.ForgetAsked,
}
MARKER = c.Record(entry=entry("marker", at=FAR_OFF - HOUR))
STOPPED = [guard for guard in GUARDS if not guard.holds]
HELD = [guard for guard in GUARDS if guard.holds]


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
    before = scene.kept()
    if guard.holds:
        scene.write(guard.write, MARKER, submission=submission())
        assert scene.entries()[-1] == MARKER.entry
        assert scene.recorded() == submission()
    else:
        with pytest.raises(Stale) as stale:
            scene.write(MARKER, guard.write, submission=submission())
        assert stale.value.write == guard.write
        assert scene.kept() == before


@pytest.mark.parametrize("guard", STOPPED, ids=lambda guard: guard.says)
def test_a_replay_is_told_before_any_other_guard(scene: Scene, guard: Guard) -> None:
    stage(scene, guard)
    scene.write(submission=submission())
    for digest in ("body", "another body"):
        with pytest.raises(Replayed) as replayed:
            scene.write(MARKER, guard.write, submission=submission(digest, answer="{}"))
        assert replayed.value.submission == submission()
    assert scene.entries() == [w.entry for w in guard.before if isinstance(w, c.Record)]


@pytest.mark.parametrize("guard", HELD, ids=lambda guard: guard.says)
def test_every_write_sent_again_under_its_key_changes_nothing(scene: Scene, guard: Guard) -> None:
    stage(scene, guard)
    scene.write(guard.write, MARKER, submission=submission())
    before = scene.kept()
    with pytest.raises(Replayed) as replayed:
        scene.write(guard.write, MARKER, submission=submission(answer="another"))
    assert replayed.value.submission == submission()
    assert scene.kept() == before


def test_every_kind_of_write_has_a_guard_that_holds_and_one_that_stops_it() -> None:
    guarded = {(type(guard.write), guard.holds) for guard in GUARDS}
    needed = set(itertools.product(c.Write.__args__, (True, False)))
    assert guarded == needed - {(kind, False) for kind in UNGUARDED}


def test_every_guard_says_something_of_its_own() -> None:
    said = [guard.says for guard in GUARDS]
    assert sorted({text for text in said if said.count(text) > 1}) == []


def test_of_several_guards_that_fail_one_is_named(scene: Scene) -> None:
    failing = (
        c.StillMember(email=ANN, roles=(Role.OWNER,)),
        move(movement()),
        c.EditAccount(name="New"),
    )
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
    assert scene.entries() == []
    scene.write(*many[:-1])
    assert len(scene.entries()) == c.WRITES_MAX


def test_the_submission_and_every_item_of_a_write_count_among_the_sixty(scene: Scene) -> None:
    issued = c.IssueCode(code=code(), made=None)
    many = [c.Record(entry=entry(f"E{n:02}")) for n in range(c.WRITES_MAX - 3)]
    with pytest.raises(ValueError, match="61"):
        scene.write(issued, *many, c.Record(entry=entry("E99")), submission=submission())
    assert scene.recorded() is None
    scene.write(issued, *many, submission=submission())
    assert len(scene.entries()) == c.WRITES_MAX - 3


TWICE = {
    "a lot": (c.GrantLot(lot=lot()), move(movement())),
    "a member": (
        c.Invite(member=member(ANN)),
        c.RemoveMember(email=ANN, role=Role.OWNER, was=MemberState.ACTIVE, at=NOON),
    ),
    "a header": (c.EditAccount(name="New"), c.OwnerCount(expected=1, change=1)),
    "a code": (ROTATED, rotated(code("d2"), "d3")),
}


@pytest.mark.parametrize("writes", TWICE.values(), ids=TWICE.keys())
def test_two_actions_on_one_item_are_a_defect_and_never_a_refusal(
    scene: Scene, writes: tuple[c.Write, ...]
) -> None:
    scene.write(OPENED)
    scene.write(FIRST)
    with pytest.raises((ValueError, TransactWriteError)):
        scene.write(*writes, MARKER)
    assert scene.entries() == []


# Submissions


def test_a_repeatable_submission_is_carried_out_again_under_the_same_body(scene: Scene) -> None:
    scene.write(c.Record(entry=entry("E1")), submission=submission(repeatable=True))
    scene.write(c.Record(entry=entry("E2")), submission=submission(repeatable=True))
    assert [e.entry_id for e in scene.entries()] == ["E1", "E2"]


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
    assert scene.entries() == []


@pytest.mark.proves("T11")
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
    assert scene.recorded() == submission()


def test_an_empty_answer_is_kept(scene: Scene) -> None:
    scene.write(submission=submission(answer=""))
    assert scene.recorded() == submission(answer="")
