"""The audit finds nothing in what is right: thousands of steps that nobody has chosen."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from audit import violations
from tests.proof.audit import histories
from tests.proof.figures import Counts
from tests.properties.hunting import CALM
from tests.properties.machine import Claiming, Everybody

PROGRAMS = ("atlassian", "cisco", "salesforce")
# What is decided on an older view is dated a moment earlier.
RACE = timedelta(seconds=1)
FEW, MANY, STEPS = 3, 350, 20


def walk(program: str, most: int) -> int:
    """How many histories there were, each audited when it ended: five of all that people do, then
    two about the end of credits.
    """
    walked = 0

    def told(_: Any) -> None:
        nonlocal walked
        walked += 1
        assert violations(histories.dumped().values(), race=RACE) == []

    with histories.kept():
        for kind, share in ((Everybody, 5), (Claiming, 2)):
            machine = histories.machine(program, kind, told)
            calm = settings(CALM, max_examples=max(most * share // 7, 1))
            calm = settings(calm, stateful_step_count=STEPS, phases=[Phase.generate])
            run_state_machine_as_test(machine, settings=calm)
    return walked


@pytest.mark.no_cover
@pytest.mark.timeout(600)
@pytest.mark.proves("G1")
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_few_histories_raise_no_alarm(program: str) -> None:
    assert walk(program, FEW) >= FEW


@pytest.mark.no_cover
@pytest.mark.proof
@pytest.mark.proves("G1")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("program", PROGRAMS)
def test_many_histories_raise_no_alarm(program: str, figure: Counts) -> None:
    walked = walk(program, MANY)
    figure("audit: random valid histories, no false alarm", walked, ">= 1,000")
