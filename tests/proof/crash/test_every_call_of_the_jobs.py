"""What runs on a schedule, behind the stream, the bus or a queue breaks off at each call."""

import pytest

from tests.proof.crash.jobs import JOBS
from tests.proof.crash.judging import every_call, hurried, undisturbed
from tests.proof.crash.recording import Recorder
from tests.proof.crash.stage import Stage
from tests.proof.figures import Counts

pytestmark = [pytest.mark.engine, pytest.mark.proof, pytest.mark.timeout(900)]


@pytest.mark.proves("F1", "I9", "I16", "I20", "G2")
@pytest.mark.parametrize("name", JOBS)
def test_wherever_it_breaks_off_the_next_run_does_what_was_left_and_nothing_twice(
    stage: Stage, recorder: Recorder, figure: Counts, name: str
) -> None:
    runs, found = every_call(stage, JOBS[name](recorder))
    figure("crash: runs that broke off at a call", runs, "≥ 300")
    figure("crash: violations after those", len(found), "= 0")
    assert found == []


@pytest.mark.proves("F9", "I20")
@pytest.mark.parametrize("name", JOBS)
def test_whenever_its_time_runs_out_the_next_run_does_what_was_left(
    stage: Stage, recorder: Recorder, figure: Counts, name: str
) -> None:
    scene = JOBS[name](recorder)
    golden = undisturbed(stage, scene)
    found = [each for at in range(len(golden.calls)) for each in hurried(stage, scene, golden, at)]
    figure("crash: jobs out of time at a call", len(golden.calls), "≥ 100")
    figure("crash: violations after jobs out of time", len(found), "= 0")
    assert found == []
