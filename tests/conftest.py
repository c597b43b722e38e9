"""Fixtures every folder may use: a stopped clock and the world outside."""

import pytest

from tests.fakes.clock import StoppedClock
from tests.fakes.outside import RecordedBus, RecordedMailer, RecordedPayments

pytest_plugins = ["tests.rules.plugin"]


@pytest.fixture
def clock() -> StoppedClock:
    """Stands at 2026-02-10 09:00 UTC until a test moves it."""
    return StoppedClock()


@pytest.fixture
def payments() -> RecordedPayments:
    return RecordedPayments()


@pytest.fixture
def bus() -> RecordedBus:
    return RecordedBus()


@pytest.fixture
def mailer() -> RecordedMailer:
    return RecordedMailer()
