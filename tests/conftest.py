"""Fixtures every folder may use: a stopped clock and the world outside."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import engines
from tests.fakes.clock import StoppedClock
from tests.fakes.outside import RecordedBus, RecordedMailer
from tests.fakes.payments import FakePayments
from tests.stating import plainly
from training_credits import papers

pytest_plugins = ["tests.rules.plugin", "tests.proof.plugin"]
TESTS = Path(__file__).parent
# Slow by nature, and what they run others have covered: to measure it would double their time, and
# make that of a state machine eight times as long.
UNMEASURED = tuple(
    TESTS / place
    for place in (
        "api",
        "emulator",
        "engine",
        "compat",
        "contract/test_ledger_contract.py",
        "contract/test_ledger_cursors.py",
        "contract/test_ledger_lists.py",
        "integration/demo",
        "integration/local",
        "integration/test_every_no.py",
        "integration/test_keys.py",
        "integration/test_matrix_atlassian.py",
        "integration/test_matrix_cisco.py",
        "integration/test_matrix_salesforce.py",
        "integration/test_requests.py",
        "proof",
        "properties/test_ledger_machine.py",
        "rules",
    )
)

# Files that take a minute or more, so that no process is left with one when the others are done.
FIRST = tuple(
    TESTS / place
    for place in (
        "integration/demo",
        "emulator",
        "integration/local",
        "api",
        "contract/test_ledger_contract.py",
        "engine",
        "integration",
    )
)


# What every instant of these days begins with, in seconds.
DAYS = str(int(time.time()))[:5]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(f"{before}{DAYS}" in item.nodeid for before in "[=-"):
            # Processes that collect in two seconds would find two lists, and none would run.
            raise pytest.UsageError(f"a test is named after the moment: {item.nodeid}")
        if any(_within(item, place) for place in UNMEASURED):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=_turn)


def _within(item: pytest.Item, place: Path) -> bool:
    return place in (item.path, *item.path.parents)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, place in enumerate(FIRST) if _within(item, place)), len(FIRST))


@pytest.fixture(scope="session", autouse=True)
def no_engine_is_left() -> Iterator[None]:
    """DynamoDB Local, if a test has started it, ends with the last."""
    yield
    engines.stop()


@pytest.fixture
def clock() -> StoppedClock:
    """Stands at 2026-02-10 09:00 UTC until a test moves it."""
    return StoppedClock()


@pytest.fixture
def untypeset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typesetting is shown elsewhere."""
    monkeypatch.setattr(papers, "statement", plainly)


@pytest.fixture
def payments() -> FakePayments:
    return FakePayments()


@pytest.fixture
def bus() -> RecordedBus:
    return RecordedBus()


@pytest.fixture
def mailer() -> RecordedMailer:
    return RecordedMailer()


@pytest.fixture
def logged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """Log lines, wherever their stream was when Powertools found it, and all that is printed."""
    lines = io.StringIO()
    stream = "training_credits.edge.observability.logger.registered_handler.stream"
    monkeypatch.setattr(stream, lines)
    return lambda: "".join((lines.getvalue(), *capsys.readouterr()))
