"""Loaded by tests/conftest.py: the junit file of a run tells what each test shows or proves."""

import pytest

NO_ID = "no id"
MARKS = ("rule", "proves")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As user properties: with xdist, they travel with a test's report from worker to file."""
    for item in items:
        for name in MARKS:
            for mark in item.iter_markers(name):
                item.user_properties += [(name, str(one)) for one in mark.args or (NO_ID,)]
