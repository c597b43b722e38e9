"""The proof that the attack can win: planted bugs of spending are found."""

import pytest

from tests.properties.bugs_of_spending import SPENDING, Plant
from tests.properties.hunting import find
from tests.properties.machine import LedgerMachine

pytestmark = pytest.mark.proves("G20")


@pytest.mark.proof
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("owners_may_decide_everywhere")
@pytest.mark.parametrize(
    ("plant", "machine", "program", "law"), SPENDING, ids=[bug[0].__name__ for bug in SPENDING]
)
def test_the_machine_finds_planted_bugs(
    plant: Plant,
    machine: type[LedgerMachine],
    program: str,
    law: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    find(plant, machine, program, law, monkeypatch)
