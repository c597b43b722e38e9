"""The functions on moto, which stands in for every AWS service but only for one thread."""

from collections.abc import Callable, Iterator

import pytest

from tests import engines
from tests.http.wire import Wire
from tests.http.world import functions_on

Dumps = Callable[[], engines.Dump]


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """One table for the tests of a module: each makes its own company in it."""
    with engines.moto(), functions_on("credits") as wire:
        yield wire


@pytest.fixture(scope="module")
def dump() -> Dumps:
    """All that is in the table of `wire`."""
    return lambda: engines.dump("credits")
