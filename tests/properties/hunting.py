"""How long the machine walks, and how long it looks for a planted bug."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.bugs_of_spending import Plant
from tests.properties.machine import LedgerMachine, of

CALM = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
SHORT = settings(CALM, max_examples=25)
# Most are found within 30 walks, the rarest in 200. What is drawn depends on which modules the
# process has loaded, so the hunt has time; it ends with the first find.
HUNT = settings(CALM, max_examples=2_000, phases=[Phase.generate], report_multiple_bugs=False)


def find(
    plant: Plant,
    machine: type[LedgerMachine],
    program: str,
    law: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted bug breaks one of the laws that start like this (ValueError: the model's own)."""
    plant(monkeypatch)
    with pytest.raises((AssertionError, ValueError), match=f"^({law})"):
        run_state_machine_as_test(of(program, machine), settings=HUNT)
