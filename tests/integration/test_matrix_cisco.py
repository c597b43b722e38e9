"""Who may do what at Cisco, every cell asked; a file for each program, side by side."""

from collections.abc import Iterator

import pytest

from tests.integration.matrix_check import assert_each_cell
from tests.integration.matrix_table import NEEDS
from tests.integration.matrix_world import Matrix, matrix

pytestmark = pytest.mark.proves("G8", "T5")


@pytest.fixture(scope="module")
def made() -> Iterator[Matrix]:
    with matrix("cisco") as made:
        yield made


@pytest.mark.no_cover
@pytest.mark.parametrize("operation", NEEDS)
def test_each_cell_is_answered_as_the_roles_of_the_program_say(
    made: Matrix, operation: str
) -> None:
    assert_each_cell(made, operation)
