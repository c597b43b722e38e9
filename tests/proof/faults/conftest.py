"""`wire` and `dump` for a table that fails, on DynamoDB Local; `cloud` for all else, on moto."""

import pytest

from tests.engine.conftest import crowd, dump, engine, table, unaudited, wire
from tests.integration.conftest import cloud, delivery

__all__ = ["cloud", "crowd", "delivery", "dump", "engine", "table", "unaudited", "wire"]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long somebody would have waited between tries; nobody does."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited
