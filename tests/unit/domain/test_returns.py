"""What comes back of a booking on the day on which it begins."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.fakes.clock import BEGIN
from training_credits.domain.model import Item, Line, Mode, Offering, Session
from training_credits.domain.program import Cancelling, Rung
from training_credits.domain.returns import percent_back
from training_credits.programs import program_named

DAY = date(2027, 6, 10)
RUN = Session(
    session_id="S1", offering_id="C", starts_on=DAY, ends_on=DAY, mode=Mode.VIRTUAL, country="US"
)
CLASS = Item(offering=Offering(offering_id="C", type="class", title="A class"), session=RUN)


@pytest.mark.parametrize(("days_before", "percent"), [(0, 50), (1, 0)])
def test_on_its_first_day_it_has_not_begun_and_no_day_is_left_before_it(
    days_before: int, percent: int
) -> None:
    program = program_named("cisco", BEGIN)
    ladder = Cancelling(rungs=(Rung(days_before=days_before, percent=50),))
    rules = replace(program, spending=replace(program.spending, cancelling=(ladder,)))
    line = Line(title="A class", credits=300, item=CLASS)
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    assert [percent_back(rules, line, day) for day in days] == [50, percent, 0]
