"""Each operation of the API breaks off at each call it makes, in each of three ways."""

import pytest

from tests.proof.crash.judging import every_call
from tests.proof.crash.recording import Recorder
from tests.proof.crash.scenes import API
from tests.proof.crash.stage import Stage
from tests.proof.figures import Counts

pytestmark = [pytest.mark.engine, pytest.mark.proof, pytest.mark.timeout(900)]


@pytest.mark.proves("F1", "I7", "I13", "I16", "G2")
@pytest.mark.parametrize("name", API)
def test_wherever_it_breaks_off_whoever_asks_again_finds_one_effect_and_one_answer(
    stage: Stage, recorder: Recorder, figure: Counts, name: str
) -> None:
    runs, found = every_call(stage, API[name](recorder))
    figure("crash: runs that broke off at a call", runs, "≥ 300")
    figure("crash: violations after those", len(found), "= 0")
    assert found == []
