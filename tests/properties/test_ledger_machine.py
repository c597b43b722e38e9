"""The laws of the ledger under attack, and the proof that the attack can win."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.bugs_of_buying import BUYING
from tests.properties.bugs_of_spending import SPENDING, Plant
from tests.properties.machine import Everybody, LedgerMachine, of
from training_credits import programs
from training_credits.domain.model import Approval
from training_credits.domain.program import Program

CALM = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
HUNT = settings(CALM, max_examples=150, phases=[Phase.generate], report_multiple_bugs=False)
MANUAL = Approval.MANUAL
BUGS = [*SPENDING, *BUYING]


@pytest.fixture(autouse=True)
def owners_may_decide_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that limits of codes and decisions meet, as in the next vendor's program."""
    versions = programs.program_versions

    @cache
    def both_ways(name: str) -> tuple[Program, ...]:
        return tuple(
            replace(each, approvals=replace(each.approvals, modes=tuple(Approval), default=MANUAL))
            for each in versions(name)
        )

    monkeypatch.setattr(programs, "program_versions", both_ways)


@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_the_laws_hold_whatever_people_and_time_do(program: str) -> None:
    run_state_machine_as_test(of(program, Everybody), settings=CALM)


@pytest.mark.parametrize(
    ("plant", "machine", "program", "law"), BUGS, ids=[bug[0].__name__ for bug in BUGS]
)
def test_the_machine_finds_planted_bugs(
    plant: Plant,
    machine: type[LedgerMachine],
    program: str,
    law: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=f"^({law})"):
        run_state_machine_as_test(of(program, machine), settings=HUNT)
