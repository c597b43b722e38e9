"""A figure is read, added up and judged as its goal says, and travels from a run to its file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.figures import KEPT, Goal, Number, keep, read
from tests.proof.page import missed
from tests.rules.register import ROOT

TESTS = """
import pytest

@pytest.mark.parametrize("runs", [200, 112])
def test_it_counts(figure, runs):
    figure("runs", runs, ">= 300")
    figure("violations", 0, 0)

def test_it_fails_after_counting(figure):
    figure("found in vain", 1, 1)
    assert False

def test_it_counts_twice(figure):
    figure("once", 1, 1)
    figure("once", 1, 1)

def test_it_has_no_goal(figure):
    figure("aimless", 1, "many")
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_keeps_what_its_passing_tests_counted(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_counting.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = "-m pytest -p tests.proof.plugin -n"
    subprocess.run(
        [sys.executable, *command.split(), workers],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert {name: figure.value for name, figure in read(tmp_path / KEPT).items()} == {
        "runs": 312,
        "violations": 0,
    }


@pytest.mark.parametrize(
    ("goal", "values", "together"),
    [
        ("≥ 300", [200, 112], 312),
        (0, [0, 0], 0),
        ("≤ 5", [3, 5, 1], 5),
        ("≥ 95", [100.0, 95.0], 95.0),
    ],
)
def test_counts_add_up_and_of_shares_the_worst_counts(
    goal: str | int, values: list[Number], together: Number
) -> None:
    assert Goal.of(goal).together(values) == together
    assert Goal.of(goal).met(together)


@pytest.mark.parametrize(
    ("goal", "values", "together"),
    [
        (">= 1,000", [999], 999),
        ("= 0", [0, 1], 1),
        ("<= 5", [3, 6], 6),
        ("≥ 99.5", [100.0, 99.1], 99.1),
    ],
)
def test_a_goal_that_is_missed_is_missed_by_all_together(
    goal: str | int, values: list[Number], together: Number
) -> None:
    assert Goal.of(goal).together(values) == together
    assert not Goal.of(goal).met(together)


def test_a_test_that_ran_again_replaces_what_it_counted(tmp_path: Path) -> None:
    kept = tmp_path / "build" / "proof.json"
    keep([("a", json.dumps(["runs", 4, "≥ 9"])), ("b", json.dumps(["runs", 5, "≥ 9"]))], kept)
    keep([("a", json.dumps(["runs", 3, "≥ 9"]))], kept)
    assert read(kept)["runs"].value == 8
    assert [*missed(read(kept))] == ["runs: 8, but the goal is ≥ 9"]
