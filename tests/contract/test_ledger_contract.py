"""What a ledger promises: kept by the fake, on moto, and on DynamoDB Local."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.guards import GUARDS, Guard
from tests.contract.scene import (
    ANN,
    ELSEWHERE,
    FAR_OFF,
    HERE,
    Scene,
    entry,
    lot,
    move,
    movement,
    submission,
)
from training_credits.domain import change as c
from training_credits.domain.errors import Stale
from training_credits.ports import Replayed

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
        assert scene.entries()[-1] == MARKER.entry
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
    assert scene.entries() == [w.entry for w in guard.before if isinstance(w, c.Record)]


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
    assert scene.entries() == []
    scene.write(*many[:-1])
    assert len(scene.entries()) == c.WRITES_MAX


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


def recorded(scene: Scene) -> Any:
    return scene.ledger.submission(scene.program, "s-ann", "openAccount", "key-0001")
