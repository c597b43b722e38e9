"""Loaded by tests/conftest.py: the fixture `figure`, and what a run's tests counted."""

import json
from pathlib import Path

import pytest

from tests.proof.figures import KEPT, Counts, Goal, Number, keep


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Counts:
    """`figure("crash runs", 312, "≥ 300")`: for the table of `make proof`, and no assertion."""

    named = set[str]()

    def counts(name: str, value: Number, goal: str | Number) -> None:
        Goal.of(goal)  # a goal nobody can read fails here, where it is written
        assert name not in named, f"{name} is counted twice in one test"
        named.add(name)
        request.node.user_properties.append(("figure", json.dumps([name, value, goal])))

    return counts


class Collecting:
    """With xdist, what a test counted travels with its report to the process that began the run."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / KEPT
        self.counted: list[tuple[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            said = [str(value) for name, value in report.user_properties if name == "figure"]
            self.counted += [(report.nodeid, one) for one in said]

    def pytest_sessionfinish(self) -> None:
        if self.counted:
            keep(self.counted, self.kept)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collecting(config.rootpath))
