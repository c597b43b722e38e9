"""The demo agrees, twice on one cloud, and it can fail."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from demo.__main__ import main
from demo.checks import Figures
from demo.expected import by_hand
from local.dynamodb_local import missing
from local.localstripe import LocalStripe
from local.processes import NotStarted

ROOT = Path(__file__).parents[3]
SECONDS = 300
EVERY = sum(map(len, by_hand(2027).values()))
# Three companies and a whole year on moto: minutes on a loaded machine.
pytestmark = pytest.mark.timeout(SECONDS)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'layers/credits'}{os.pathsep}{ROOT}"}


@contextmanager
def running(engine: str) -> Iterator[str]:
    """A local cloud in a process of its own, as `make local` has it."""
    command = [sys.executable, "-u", "-m", "local", "--in-memory", "--port", "0"]
    with subprocess.Popen(
        [*command, "--engine", engine],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as cloud:
        try:
            yield url_in(cloud)
        finally:
            cloud.send_signal(signal.SIGINT)


def url_in(cloud: subprocess.Popen[str]) -> str:
    for line in cloud.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise RuntimeError("the local cloud did not start")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """On the quicker engine, if it is there."""
    with running("moto" if missing() else "dynamodb-local") as url:
        yield url


def told_at_once(capsys: pytest.CaptureFixture[str]) -> str:
    """Without the breaks of its lines."""
    return " ".join(capsys.readouterr().out.split())


def wrong(year: int) -> Figures:
    figures: dict[str, Any] = {scene: dict(of) for scene, of in by_hand(year).items()}
    figures["end"]["Credits written off"] += 1
    return figures


def test_one_wrong_figure_is_named_and_fails(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--url", url], wrong)

    told = capsys.readouterr().out
    assert status == 1, told
    assert "Acme. Midnight. Credits written off: 1,100, not 1,101." in told, told
    assert f"{EVERY - 1} of {EVERY} figures agree" in told


@pytest.mark.proof
def test_the_year_after_agrees_on_the_same_cloud_and_is_readable_at_eighty_columns(
    url: str,
) -> None:
    played = subprocess.run(
        [sys.executable, "-m", "demo", "--url", url],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    told = played.stdout
    assert played.returncode == 0, told + played.stderr
    assert f"{EVERY} of {EVERY} figures agree" in told
    assert "✗" not in told
    too_long = [line for line in told.splitlines() if len(line) > 80]
    assert [line for line in too_long if not line.startswith('  "')] == []


def test_a_cloud_that_does_not_answer_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["--url", "http://127.0.0.1:9"])

    assert status == 1
    assert "No local cloud at http://127.0.0.1:9" in capsys.readouterr().out


def test_without_cards_the_story_ends_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(**_: object) -> LocalStripe:
        raise NotStarted

    monkeypatch.setattr(LocalStripe, "start", cannot)
    status = main([])

    assert status == 1
    assert "The first card: payments_unavailable, not payment_declined." in told_at_once(capsys)


@pytest.mark.proof
def test_the_year_agrees_on_moto(capsys: pytest.CaptureFixture[str]) -> None:
    with running("moto") as url:
        assert main(["--url", url]) == 0, capsys.readouterr().out
