"""What holds for every unit test."""

from collections.abc import Iterator

import pytest

from tests.refusing import every_finding_is_plain, every_refusal_is_a_sentence


@pytest.fixture(autouse=True, scope="session")
def what_is_said_is_readable() -> Iterator[None]:
    with every_refusal_is_a_sentence(), every_finding_is_plain():
        yield
