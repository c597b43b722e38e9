"""A plugin of pytest for runs of mutmut 3.7, which reads an attribute that pytest 9 has renamed."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        vars(item)["_nodeid"] = item.nodeid
