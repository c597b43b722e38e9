"""Long statements are made in little memory."""

import json
import subprocess
import sys

import pytest

from local.template import ROOT

# In a process of its own, as a function is. Not `ru_maxrss`: that begins at what the parent has.
MEASURE = """
import json, pathlib, sys
from tests import stating
from training_credits import papers
count, form = int(sys.argv[1]), papers.Form(sys.argv[2])
names = ["Jira Basics", "Überblick für Führungskräfte", "Администрирование", "北京培训课程"]
stated = stating.statement([f"{names[n % 4]} {n}" for n in range(count)], name="北京 Ltd")
body = papers.statement(stating.PROGRAM, stated, form)
status = pathlib.Path("/proc/self/status").read_text()
print(json.dumps([len(body), int(status.partition("VmHWM:")[2].split()[0])]))
"""
MIB = 1024
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def measured(count: int, form: str) -> tuple[int, float]:
    """Bytes of the paper, and MiB at the most."""
    command = [sys.executable, "-c", MEASURE, str(count), form]
    path = {"PYTHONPATH": f"{ROOT / 'layers/credits'}:{ROOT}"}
    said = subprocess.run(command, check=True, capture_output=True, env=path, cwd=ROOT).stdout
    size, most = json.loads(said)
    return size, most / MIB


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_a_thousand_entries_take_little_memory(form: str) -> None:
    size, most = measured(1_000, form)
    assert size > 20_000
    assert most < 128


@pytest.mark.proof
@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_ten_thousand_entries_fit_in_256_mib(form: str) -> None:
    size, most = measured(10_000, form)
    assert size > 200_000
    assert most < 256
    assert most - measured(1_000, form)[1] < 64  # and most of that are the entries themselves
