"""How to come by each no that has to do with what is booked."""

from datetime import timedelta
from functools import partial

from tests.http import booking
from tests.http.people import Company
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.errors import Reason
from training_credits.edge import wiring


def booked(case: Case, days: int = 99) -> tuple[Company, str]:
    """A class in so many days."""
    made = case.rich("atlassian")
    start = (wiring.clock() + timedelta(days=days)).date().isoformat()
    booking.lists(made, "S1", "S2", starts_on=start, ends_on=start)
    return made, booking.books(made, "S1")


def not_booked(case: Case) -> Ask:
    made = case.rich("atlassian")
    asked = made.wants().json["redemption"]
    return partial(booking.gives_back, made, f"/v1/redemptions/{asked}")


def done(case: Case) -> Ask:
    made, path = booked(case)
    assert booking.gives_back(made, path).status == 200
    return partial(booking.reports, made, path)


def late(case: Case) -> tuple[Company, str]:
    """Ten days before it begins is the last day on which it is given back or moved."""
    return booked(case, days=9)


SCENARIOS: dict[str, Scenario] = {
    Reason.LINE_NOT_FOUND: lambda case: partial(booking.reports, *booked(case), 2),
    Reason.NOT_BOOKED: not_booked,
    Reason.LINE_DONE: done,
    Reason.NOT_RETURNABLE: lambda case: partial(booking.gives_back, *late(case)),
    Reason.NOT_MOVABLE: lambda case: partial(booking.moves, *late(case), "S2"),
}
