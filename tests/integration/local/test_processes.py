"""`python -m local` as a person runs it: it starts, it ends, and nothing is left."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local import dynamodb_local, emulator
from local.cloud import Cloud
from local.dynamodb_local import DynamoDBLocal
from local.processes import listens
from local.template import ROOT
from tests.integration.local.conftest import Caller

START_SECONDS = 60
without_engine = pytest.mark.skipif(bool(dynamodb_local.missing()), reason="no DynamoDB Local")


@contextmanager
def started(tmp_path: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process and all it printed once it was ready."""
    screen = tmp_path / "screen"
    command = [sys.executable, "-m", "local", "--port", "0", "--in-memory", *arguments]
    with screen.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + START_SECONDS
        while "Ctrl-C" not in screen.read_text():
            assert process.poll() is None, screen.read_text()
            assert time.monotonic() < deadline, screen.read_text()
            time.sleep(0.1)
        yield process, screen.read_text()
    finally:
        process.kill()
        process.wait()


def descendants(process: int) -> set[int]:
    """By way of /proc, so that they are known before their parent is gone."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, new = set(), {process}
    while new:
        found |= new
        new = {child for child, parent in parents.items() if parent in new} - found
    return found - {process}


def gone(processes: set[int]) -> bool:
    deadline = time.monotonic() + 5
    while any(_runs(one) for one in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _runs(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_one_screen_says_what_runs_and_what_to_paste(tmp_path: Path) -> None:
    with started(tmp_path, "--engine", "moto") as (process, screen):
        assert "memory only" in screen
        assert "localstripe at http://127.0.0.1:" in screen
        assert len(re.findall(r"export (OWNER|LEARNER|OPERATOR)=ey", screen)) == 3
        paste = screen[screen.index("export API") : screen.index("Ctrl-C")]
        for _ in range(2):
            run = subprocess.run(
                ["bash", "-eu", "-c", paste], capture_output=True, text=True, check=True
            )
            assert '"available":19700' in run.stdout, run.stdout
            assert "problem" not in run.stdout
            assert not run.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


@pytest.mark.engine
@without_engine
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_ends_nothing_is_left(tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path, "--engine", "dynamodb-local") as (process, screen):
        children = descendants(process.pid)
        assert len(children) == 4  # java and localstripe, and who guards each
        process.send_signal(number)
        assert process.wait(timeout=20) == (0 if number != signal.SIGKILL else -signal.SIGKILL)
        assert gone(children)
        port = re.search(r"127\.0\.0\.1:(\d+)", screen)
        assert port
        assert not listens(int(port[1]))


def test_a_port_that_is_taken_is_said_plainly(tmp_path: Path) -> None:
    with started(tmp_path, "--engine", "moto") as (_, screen):
        port = re.search(r"127\.0\.0\.1:(\d+)", screen)
        assert port
        command = [sys.executable, "-m", "local", "--in-memory", "--port", port[1]]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"Port {port[1]} is taken" in second.stdout
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"RUNTIME": "other"}, "Cannot start. RUNTIME is process or emulator, not other."),
        ({"PORT": "abc"}, "PORT is a number from 0 to 65535, not abc"),
        ({"PORT": "65536"}, "PORT is a number from 0 to 65535, not 65536"),
    ],
)
def test_a_setting_that_is_none_is_refused_plainly(environment: dict[str, str], said: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "local", "--in-memory", "--engine", "moto"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in {1, 2}
    assert said in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.engine
@without_engine
def test_the_engine_ends_with_its_block() -> None:
    with DynamoDBLocal.start(in_memory=True) as engine:
        port = int(engine.endpoint_url.rpartition(":")[2])
        assert listens(port)
    assert not listens(port)


@pytest.mark.emulator
@pytest.mark.skipif(bool(emulator.missing()), reason="no runtime emulator")
def test_the_same_routes_run_in_the_real_runtime() -> None:
    others = descendants(os.getpid())  # an engine that this worker keeps for later tests
    with Cloud(port=0, in_memory=True, engine="moto", runtime="emulator") as cloud:
        call = Caller(cloud)
        owner = call.as_("ann@acme.example")
        assert call("GET", "/v1/accounts", **owner) == (200, {"accounts": []})
        assert call("GET", "/v1/accounts") == (401, {"message": "Unauthorized"})
        order = call.ordered(call.opened("ann@acme.example"), "ann@acme.example", 100)
        assert call.paid(order, "ann@acme.example", method="pm_card_visa")[0] == 200
        bought = call("GET", order, **call.as_("ann@acme.example"))[1]
        assert bought["state"] == "activated"
        children = descendants(os.getpid()) - others
        assert children
    assert gone(children)
