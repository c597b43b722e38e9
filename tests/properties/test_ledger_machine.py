"""The laws of the ledger under attack."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.hunting import CALM, SHORT
from tests.properties.machine import Claiming, Everybody, of


@pytest.mark.no_cover
@pytest.mark.usefixtures("owners_may_decide_everywhere")
@pytest.mark.parametrize("program", ["atlassian", "cisco", "salesforce"])
def test_the_laws_hold_whatever_people_and_time_do(program: str) -> None:
    run_state_machine_as_test(of(program, Everybody), settings=CALM)


@pytest.mark.no_cover
@pytest.mark.usefixtures("owners_may_decide_everywhere")
@pytest.mark.parametrize("program", ["atlassian", "cisco"])
def test_the_laws_hold_whatever_is_asked_about_the_end(program: str) -> None:
    run_state_machine_as_test(of(program, Claiming), settings=SHORT)
