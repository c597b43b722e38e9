"""Loaded by tests/conftest.py: the junit file of a run tells which rules each test shows."""

import pytest

NO_ID = "no id"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As user properties: with xdist, they travel with a test's report from worker to file."""
    for item in items:
        for mark in item.iter_markers("rule"):
            item.user_properties += [("rule", str(one)) for one in mark.args or (NO_ID,)]
