"""What `sam build` made runs in Lambda's own runtime: alone, and once through its emulator."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse

from local.emulator import Emulator, FunctionError

pytestmark = [pytest.mark.emulator, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent.name for path in ROOT.glob("functions/*/app.py"))
# What each sample event is answered with where there is only Olivia's account: a status and,
# of a refusal, its code; or all of it.
ANSWERS: dict[str, int | tuple[int, str] | dict[str, Any]] = {
    "accounts": 201,
    "approve": (404, "redemption_not_found"),
    "balance": 200,
    "bookings": (404, "redemption_not_found"),
    "budgets": (422, "budgets_too_large"),
    "cases": (404, "lot_not_found"),
    "catalogue": 200,
    # The emulator gives it less time than it keeps for a month: it says so, and comes again.
    "close_month": {
        "batchItemFailures": [{"itemIdentifier": "00000000-0000-4000-8000-000000000001"}]
    },
    "codes": 201,
    "deliver": {"batchItemFailures": []},
    "digest": {"sent": 0, "finished": True},
    "dispatch": {"dispatched": 0},
    "documents": 201,
    "expire": {"lots": 0, "credits": 0, "told": 0, "finished": True},
    "journal": 200,
    "lapse": {"lapsed": 0, "reminded": 0, "nudged": 0, "finished": True},
    "month_end": {"accounts": 0, "finished": True},
    "notify": {"sent": 1},
    "orders": (404, "order_not_found"),
    "payments": (400, "signature_invalid"),
    "people": 200,
    "publish": {"batchItemFailures": []},
    "purchase": 201,
    "redeem": (422, "code_not_accepted"),
    "reports": 200,
    "statements": 200,
    "vouchers": (404, "redemption_not_found"),
    "webhooks": (422, "webhook_url_refused"),
}


def function(folder: str) -> str:
    """Its name in the template."""
    return f"{folder.title().replace('_', '')}Function"


def code(built: Path, folder: str) -> Path:
    return built / function(folder)


def layers(built: Path, folder: str) -> list[Path]:
    """Those that the template gives this function, the last one first, as Lambda lays them."""
    declared = yaml_parse((ROOT / "template.yaml").read_text())
    own = declared["Resources"][function(folder)]["Properties"].get("Layers", [])
    every = [*declared["Globals"]["Function"]["Layers"], *own]
    return [built / layer["Ref"] / "python" for layer in reversed(every)]


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "emulator.log"


@pytest.fixture
def emulator(
    built: Path,
    emulator_binary: Path,
    environment: dict[str, str],
    folder: str,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
    python313: Path,
    runtime_client: Path,
) -> Iterator[Emulator]:
    monkeypatch.setenv("LAMBDA_RIE", str(emulator_binary))
    # It starts the interpreter it runs in; what was built is for the runtime's.
    monkeypatch.setattr(sys, "executable", str(python313))
    path = [*layers(built, folder), runtime_client]
    with Emulator(code(built, folder), "app.handler", path, environment, log=log) as found:
        yield found


def test_every_function_has_an_answer_to_expect() -> None:
    assert sorted(ANSWERS) == FOLDERS


def test_a_built_function_needs_nothing_but_its_layers(
    built: Path, python313: Path, environment: dict[str, str], folder: str
) -> None:
    path = os.pathsep.join(map(str, [code(built, folder), *layers(built, folder)]))
    # -S: without any site-packages at all.
    probe = "import app, training_credits; print(app.__file__, training_credits.__file__)"
    run = subprocess.run(
        [str(python313), "-S", "-c", probe],
        env=environment | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert all(Path(file).is_relative_to(built) for file in run.stdout.split())


def test_a_built_function_answers_its_sample_event(
    emulator: Emulator, folder: str, log: Path
) -> None:
    event = json.loads((ROOT / "tests" / "events" / f"{folder}.json").read_text())
    try:
        answer = emulator.invoke(event)
    except FunctionError as error:
        pytest.fail(f"{error}\n{log.read_text()}")
    expected = ANSWERS[folder]
    if isinstance(expected, dict):
        assert answer == expected
    else:
        check_http(answer, *(expected if isinstance(expected, tuple) else (expected,)))


def test_only_who_talks_to_the_payment_provider_carries_its_library(built: Path) -> None:
    carried = {
        folder
        for folder in FOLDERS
        if any((layer / "stripe").is_dir() for layer in layers(built, folder))
    }
    assert carried == {"orders", "payments"}


def test_byte_code_is_shipped_and_trusted(built: Path) -> None:
    for layer in layers(built, "payments"):
        sources = set(layer.rglob("*.py"))
        compiled = {
            path.parent.parent / f"{path.name.removesuffix('.cpython-313.pyc')}.py"
            for path in layer.rglob("*.cpython-313.pyc")
        }
        assert sources == compiled
        cached = next(layer.rglob("__init__.cpython-313.pyc"))
        # PEP 552: hash-based, and never compared with the source.
        assert cached.read_bytes()[4:8] == b"\x01\x00\x00\x00"


def check_http(answer: dict[str, Any], status: int, refusal: str | None = None) -> None:
    """The expected status; a refusal is a problem document with its code."""
    assert answer["statusCode"] == status, answer
    if refusal is not None:
        headers = {key.lower(): value for key, value in answer["headers"].items()}
        assert headers["content-type"].startswith("application/problem+json")
        assert json.loads(answer["body"])["code"] == refusal
