"""A sample of what `make proof` does to every handler: request and yes, broken at every call."""

import pytest

from local.template import ROOT
from tests.proof.crash.faults import How
from tests.proof.crash.judging import every_call, hurried, undisturbed
from tests.proof.crash.killing import killed_for_real
from tests.proof.crash.recording import Recorder
from tests.proof.crash.scenes import API, SCENES, operation_of
from tests.proof.crash.stage import Stage
from tests.proof.figures import Counts
from training_credits.edge.routes import ROUTES

REQUEST, YES = "redeem (atlassian)", "decide (atlassian)"


@pytest.mark.engine
@pytest.mark.proves("F1", "I7", "I13", "G2")
@pytest.mark.parametrize("name", [REQUEST, YES])
def test_wherever_a_request_or_a_yes_breaks_off_it_has_one_effect_and_one_answer(
    stage: Stage, recorder: Recorder, figure: Counts, name: str
) -> None:
    runs, found = every_call(stage, SCENES[name](recorder))
    figure("crash: runs of the sample in CI", runs, "≥ 15")
    assert found == []


@pytest.mark.engine
@pytest.mark.proves("I7")
def test_a_request_whose_time_runs_out_at_any_call_has_one_effect(
    stage: Stage, recorder: Recorder
) -> None:
    scene = SCENES[REQUEST](recorder)
    golden = undisturbed(stage, scene)
    assert [hurried(stage, scene, golden, at) for at in range(len(golden.calls))] == [[], [], []]


@pytest.mark.engine
@pytest.mark.proves("F1", "G2")
def test_a_process_that_is_killed_after_its_write_leaves_one_effect(
    stage: Stage, recorder: Recorder
) -> None:
    assert killed_for_real(stage, SCENES[REQUEST](recorder), How.AFTER) == []


def test_every_function_and_every_operation_is_broken_off() -> None:
    of = {route.operation: route.function for route in ROUTES}
    asked = {operation_of(name) for name in API}
    assert asked == of.keys()
    jobs = {operation_of(name) for name in SCENES.keys() - API.keys()}
    folders = {path.parent.name for path in ROOT.glob("functions/*/app.py")}
    assert {*of.values()} | jobs == folders
