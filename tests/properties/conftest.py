from dataclasses import replace
from functools import cache

import pytest

from training_credits import programs
from training_credits.domain.model import Approval
from training_credits.domain.program import Program


@pytest.fixture
def owners_may_decide_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that limits of codes and decisions meet, as in the next vendor's program."""
    versions = programs.program_versions

    @cache
    def both_ways(name: str) -> tuple[Program, ...]:
        modes, default = tuple(Approval), Approval.MANUAL
        return tuple(
            replace(each, approvals=replace(each.approvals, modes=modes, default=default))
            for each in versions(name)
        )

    monkeypatch.setattr(programs, "program_versions", both_ways)
